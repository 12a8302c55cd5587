package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.growth.Growth;
import io.github.bitnetmaven.audit.growth.Growth.BaseChange;
import io.github.bitnetmaven.audit.growth.Growth.FileGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Kind;
import io.github.bitnetmaven.audit.growth.Growth.LayerGrowth;
import io.github.bitnetmaven.audit.growth.Growth.NamedGrowth;
import io.github.bitnetmaven.audit.growth.Growth.Part;
import io.github.bitnetmaven.audit.growth.Growth.PartGrowth;
import io.github.bitnetmaven.audit.measurement.Instruction;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an image has more or less than another one, and where that comes from: parts, components, layers, files. */
public final class GrowthTable {
    private static final int SHOWN = 5;
    private static final int SHOWN_FILES = 10;

    private final Growth growth;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private GrowthTable(Growth growth, Style style) {
        this.growth = growth;
        this.style = style;
    }

    /** The lines; the first is a heading. */
    public static List<String> of(Growth growth, Style style) {
        GrowthTable table = new GrowthTable(growth, style);
        table.parts();
        table.named("by component", growth.components());
        table.layers();
        table.named("by directory", growth.directories());
        table.files();
        table.moved();
        return List.copyOf(table.lines);
    }

    private void parts() {
        String against = Printable.of(growth.against().where(), 200);
        lines.add(style.paint(Tone.BOLD, "Growth") + style.paint(Tone.DIM, style.cut(" against " + against, style.width() - 6)));
        boolean base = growth.base() == BaseChange.SAME || growth.base() == BaseChange.REFRESHED;
        for (PartGrowth part : growth.parts()) {
            if (part.part() == Part.BASE && !base || part.part() == Part.MODEL && part.beforeBytes() + part.afterBytes() == 0) {
                continue;
            }
            String name = switch (part.part()) {
                case OWN -> base ? "own" : "without model";
                case MODEL -> "model";
                case BASE -> growth.base() == BaseChange.REFRESHED ? "base, refreshed" : "base";
                case IMAGE -> "image";
            };
            change(part.bytes(), String.format(
                    Locale.ROOT, "%-15s  %8s -> %s", name, ByteSize.print(part.beforeBytes()), ByteSize.print(part.afterBytes())));
        }
        if (growth.base() == BaseChange.UNKNOWN) {
            lines.add("  The base image is not known on both sides: all layers are compared.");
        }
    }

    private void named(String heading, List<NamedGrowth> items) {
        heading(heading, items.isEmpty());
        items.stream().limit(SHOWN).forEach(item -> change(item.bytes(), Printable.of(item.name().isEmpty() ? "/" : item.name(), 200)));
        more(items.size() - SHOWN);
    }

    private void layers() {
        heading("by layer", growth.layers().isEmpty());
        for (LayerGrowth layer : growth.layers().stream().limit(SHOWN).toList()) {
            Instruction instruction = Instruction.of(layer.createdBy());
            Integer index = layer.afterIndex() == null ? layer.beforeIndex() : layer.afterIndex();
            String what = layer.beforeIndex() == null ? " (new)" : layer.afterIndex() == null ? " (gone)" : "";
            change(layer.bytes(), "layer " + index + what + "  "
                    + (instruction.isUnknown() ? "(not told by the history)" : instruction.text()));
        }
        more(growth.layers().size() - SHOWN);
    }

    private void files() {
        if (!growth.totals().compared()) {
            lines.add("  Files were not compared: those of one side are not known.");
            return;
        }
        heading("by file", growth.files().isEmpty());
        for (FileGrowth file : growth.files().stream().limit(SHOWN_FILES).toList()) {
            String path = "/" + Printable.of(file.path(), 1_000);
            String what = file.path().endsWith("/") ? " (smaller files)"
                    : file.kind() == Kind.ADDED ? " (new)" : file.kind() == Kind.REMOVED ? " (gone)" : "";
            change(file.bytes(), style.cutStart(path.replace("//", "/"), style.width() - 16 - what.length()) + what);
        }
        more(growth.files().size() - SHOWN_FILES);
    }

    private void moved() {
        long files = growth.totals().movedFiles();
        if (files == 0) {
            return;
        }
        lines.add("  " + style.paint(Tone.DIM, "moved, which is no growth: " + files + (files == 1 ? " file" : " files") + " with "
                + ByteSize.print(growth.totals().movedBytes())));
        for (FileGrowth file : growth.moved().stream().limit(SHOWN).toList()) {
            String from = "/" + Printable.of(String.valueOf(file.from()), 1_000);
            String how = file.kind() == Kind.MOVED ? "same content" : "same name and size";
            lines.add(style.cut(String.format(Locale.ROOT, "  %9s  ", ByteSize.print(file.afterBytes())) + from + " -> /"
                    + Printable.of(file.path(), 1_000) + " (" + how + ")", style.width()));
        }
    }

    private void heading(String text, boolean empty) {
        if (!empty) {
            lines.add("  " + style.paint(Tone.DIM, text));
        }
    }

    private void change(long bytes, String text) {
        String number = (bytes > 0 ? "+" : bytes < 0 ? "-" : "") + ByteSize.print(Math.abs(bytes));
        Tone tone = bytes > 0 ? Tone.YELLOW : bytes < 0 ? Tone.GREEN : Tone.DIM;
        String start = String.format(Locale.ROOT, "  %9s  ", number);
        lines.add(style.paint(tone, start) + style.cut(text, style.width() - start.length()));
    }

    private void more(int count) {
        if (count > 0) {
            lines.add("             and " + count + " more");
        }
    }
}
