package io.github.bitnetmaven.audit.finding;

/** Symbols and debug data in programs and libraries. What packages bring is as its makers ship it, and left alone. */
final class UnstrippedRule implements Rule {
    /** Stripping that saves less is not worth a finding. */
    private static final long SMALLEST = 4096;

    @Override
    public String id() {
        return "BN007";
    }

    @Override
    public String title() {
        return "unstripped executables and libraries";
    }

    @Override
    public void look(Inspection image, Found found) {
        image.forEachProgram((file, elf) -> {
            long saved = Math.min(elf.strippableBytes(), file.bytes());
            if (saved >= SMALLEST && image.contents().owner(file.index()) == null) {
                found.add(
                        file.layer(),
                        file.path(),
                        saved,
                        "Strip it in the build stage: strip, install -s, cmake --install --strip, or the linker flag -s.");
            }
        });
    }
}
