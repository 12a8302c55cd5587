package io.github.bitnetmaven.audit.finding;


/** What the image starts has all rights in its container. An image that starts nothing is not asked. */
final class RootUserRule implements Rule {
    @Override
    public String id() {
        return "BN013";
    }

    @Override
    public String title() {
        return "runs as root";
    }

    @Override
    public void look(Inspection image, Found found) {
        String user = image.image().configuration().user();
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        boolean root = name.isBlank() || name.equals("root") || name.matches("0+");
        if (root && image.startsAnything()) {
            found.add(-1, "", 0, "Add USER 65532:65532, or another user than root, before the entry point.");
        }
    }
}
