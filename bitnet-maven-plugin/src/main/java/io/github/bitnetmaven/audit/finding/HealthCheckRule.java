package io.github.bitnetmaven.audit.finding;

import java.util.List;

/** Nothing tells whether the server still answers. An image that starts nothing is not asked. */
final class HealthCheckRule implements Rule {
    @Override
    public String id() {
        return "BN014";
    }

    @Override
    public String title() {
        return "no health check";
    }

    @Override
    public void look(Inspection image, Found found) {
        List<String> test = image.image().configuration().healthCheck();
        if ((test.isEmpty() || test.get(0).equals("NONE")) && image.startsAnything()) {
            found.add(-1, "", 0, "Add a HEALTHCHECK that asks the server, such as one of GET /health, with a program that is in"
                    + " the image.");
        }
    }
}
