package io.github.bitnetmaven.report.markdown;

import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.configuration.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What grew, as rows of tables and lists. */
final class GrowthRows {
    private static final int NAME = 120;
    private static final int COMPONENTS = 10;
    private static final int FILES = 15;
    private static final int MOVED = 5;

    private final Growth growth;

    GrowthRows(Growth growth) {
        this.growth = growth;
    }

    /** The heading, and what became of the base image. */
    String heading() {
        String base = switch (growth.base()) {
            case REFRESHED -> "\n\nThe base image is another one: what it grew is told apart.";
            case UNKNOWN -> "\n\nThe base image is known on one side only, so all layers are compared.";
            case NONE, SAME -> "";
        };
        return "#### What grew since " + Markdown.code(growth.against().where(), NAME) + base + "\n\n"
                + "| | before | after | change |\n|---|--:|--:|--:|";
    }

    /** Parts of the image, then the components that changed. */
    List<String> sums() {
        List<String> rows = new ArrayList<>();
        for (PartGrowth part : growth.parts()) {
            boolean isShown = part.part() != Growth.Part.BASE || growth.base() != BaseChange.NONE;
            if (isShown && (part.beforeBytes() != 0 || part.afterBytes() != 0)) {
                rows.add(row("**" + part.part().name().toLowerCase(Locale.ROOT) + "**", part.beforeBytes(), part.afterBytes()));
            }
        }
        for (NamedGrowth component : growth.components().stream().limit(COMPONENTS).toList()) {
            rows.add(row(Markdown.text(component.name(), NAME), component.beforeBytes(), component.afterBytes()));
        }
        return rows;
    }

    private static String row(String name, long before, long after) {
        return "| " + name + " | " + ByteSize.print(before) + " | " + ByteSize.print(after) + " | "
                + change(after - before) + " |";
    }

    /** The files that changed most, then those that only moved. */
    List<String> files() {
        List<String> rows = new ArrayList<>();
        for (FileGrowth file : growth.files().stream().limit(FILES).toList()) {
            rows.add("- " + change(file.bytes()) + ' ' + Markdown.path(file.path(), NAME) + ' ' + kind(file));
        }
        for (FileGrowth file : growth.moved().stream().limit(MOVED).toList()) {
            rows.add("- moved, " + ByteSize.print(file.afterBytes()) + ": "
                    + Markdown.path(String.valueOf(file.from()), NAME) + " → " + Markdown.path(file.path(), NAME)
                    + (file.kind() == Growth.Kind.MOVED_BY_NAME ? " (same name and size)" : ""));
        }
        return rows;
    }

    private static String kind(FileGrowth file) {
        return switch (file.kind()) {
            case ADDED -> "(new)";
            case REMOVED -> "(gone)";
            default -> "(" + ByteSize.print(file.beforeBytes()) + " before)";
        };
    }

    static String change(long bytes) {
        return bytes == 0 ? "0 B" : (bytes > 0 ? "+" : "−") + ByteSize.print(Math.abs(bytes));
    }
}
