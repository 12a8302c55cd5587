package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.content.Linker;
import io.github.bitnetmaven.audit.measurement.Printable;
import java.util.Map;
import java.util.stream.Collectors;

/** Programs that the loader refuses to start. Nothing is saved by mending it: such a finding has no bytes. */
final class MissingLibraryRule implements Rule {
    private static final int SHOWN = 5;

    @Override
    public String id() {
        return "BN012";
    }

    @Override
    public String title() {
        return "an executable whose shared libraries are not in the image";
    }

    @Override
    public void look(Inspection image, Found found) {
        image.forEachProgram((file, elf) -> {
            if (!elf.executable() || elf.interpreter().isEmpty()) {
                return;
            }
            Linker.Links links = image.contents().linker().links(file.index(), elf);
            if (!links.missing().isEmpty()) {
                found.add(file.layer(), file.path(), 0, advice(file, links.missing()));
            }
        });
    }

    private static String advice(OwnFile file, Map<String, String> missing) {
        String names = missing.entrySet().stream()
                .limit(SHOWN)
                .map(one -> Printable.of(one.getKey(), 80)
                        + (one.getValue().equals(file.path()) ? "" : " (for " + Inspection.shown(one.getValue()) + ")"))
                .collect(Collectors.joining(", "));
        return "Copy " + names + (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "")
                + " to where the loader looks (beside the program with RPATH $ORIGIN, or a directory that ldconfig has seen),"
                + " or link statically: without, the program cannot start.";
    }
}
