package io.github.bitnetmaven.report.console;

import io.github.bitnetmaven.audit.component.Component;
import io.github.bitnetmaven.audit.component.ComponentGroup;
import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Style;
import io.github.bitnetmaven.report.format.Style.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the visible bytes are, largest first; packages of one kind are one line that names the largest. */
final class ComponentTable {
    private static final int NAMED = 4;
    private static final int NAME_COLUMNS = 15;

    private final RecordedAudit audit;
    private final Style style;

    ComponentTable(RecordedAudit audit, Style style) {
        this.audit = audit;
        this.style = style;
    }

    private record Line(String name, long bytes, String note) {}

    /** Empty when there are not two components to be told apart. */
    List<String> lines() {
        List<Component> left = new ArrayList<>(audit.components());
        List<Line> table = new ArrayList<>();
        for (ComponentGroup group : ComponentGroup.values()) {
            List<Component> members = group.of(left);
            if (!members.isEmpty()) {
                table.add(line(group, members));
                left.removeAll(members);
            }
        }
        left.forEach(one -> table.add(new Line(one.name(), one.bytes(), "")));
        List<String> lines = new ArrayList<>();
        if (table.size() < 2) {
            return lines;
        }
        table.sort(Comparator.comparingLong(Line::bytes).reversed().thenComparing(Line::name));
        lines.add(style.paint(Tone.BOLD, "Components"));
        for (Line one : table) {
            String start = String.format(
                    Locale.ROOT,
                    "  %-" + NAME_COLUMNS + "s  %8s",
                    style.cut(Printable.of(one.name), NAME_COLUMNS),
                    ByteSize.print(one.bytes));
            lines.add(one.note.isEmpty()
                    ? start
                    : start + "  " + style.paint(Tone.DIM, style.cut(one.note, style.width() - start.length() - 2)));
        }
        lines.add("");
        return lines;
    }

    private static Line line(ComponentGroup group, List<Component> members) {
        List<String> largest = members.stream()
                .limit(NAMED)
                .map(one -> Printable.of(one.name().substring(group.prefix().length())) + " " + ByteSize.print(one.bytes()))
                .toList();
        String more = members.size() > NAMED ? ", and " + (members.size() - NAMED) + " more" : "";
        return new Line(
                group.title(), members.stream().mapToLong(Component::bytes).sum(), String.join(", ", largest) + more);
    }
}
