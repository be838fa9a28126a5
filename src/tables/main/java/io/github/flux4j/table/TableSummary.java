package io.github.flux4j.table;

import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import io.github.flux4j.internal.figures.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A table in words: one line on the whole, one on each column. */
final class TableSummary {

    private static final int MOST_COLUMNS = 200;
    private static final int FEW = 5; // levels that are all told

    private final Table table;
    private final TableOrigin origin;
    private final Set<String> targets;
    private final Set<String> kept;
    /** Null for none. */
    private final String groups;

    TableSummary(Table table, TableOrigin origin, Set<String> targets, Set<String> kept, String groups) {
        this.table = table;
        this.origin = origin;
        this.targets = targets;
        this.kept = kept;
        this.groups = groups;
    }

    String text() {
        List<Column> shown = table.columns().stream().limit(MOST_COLUMNS).toList();
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        if (origin.hasRowNames()) {
            lines.add("  the first column has no name, so it counts as row names and is dropped; name it to keep it");
        }
        Words.aligned(shown.stream().map(this::line).toList()).forEach(line -> lines.add("  " + line));
        shown.stream()
                .filter(column -> !targets.contains(column.name())
                        && !column.name().equals(groups)
                        && CodeAdvice.isLikeCode(column))
                .forEach(column -> lines.add("  " + CodeAdvice.text(column)));
        int more = table.columns().size() - shown.size();
        if (more > 0) {
            lines.add("  … and " + more + " more columns");
        }
        return String.join("\n", lines);
    }

    private String heading() {
        return (origin.name().isEmpty() ? "" : Names.shown(origin.name()) + ": ")
                + Words.count(table.rows(), "row") + ", "
                + Words.count(table.columns().size(), "column")
                + (origin.how().isEmpty() ? "" : ", " + origin.how());
    }

    private List<String> line(Column column) {
        return List.of(Names.shown(column.name()), column.type(), found(column), use(column));
    }

    private String found(Column column) {
        int missing = column.missing();
        String values = missing == column.size() ? "" : values(column);
        String gaps = missing == 0 ? "" : missing + " missing";
        String note = origin.notes().getOrDefault(column.name(), "");
        return List.of(values, gaps, note).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String values(Column column) {
        return column instanceof Numbers numbers ? range(numbers) : levels((Texts) column);
    }

    private static String range(Numbers numbers) {
        double least = numbers.known().min().orElseThrow();
        double most = numbers.known().max().orElseThrow();
        boolean date = numbers.kind() == Numbers.Kind.DATE;
        String from = date ? numbers.text(least) : Numeral.brief(least);
        String to = date ? numbers.text(most) : Numeral.brief(most);
        return (least == most ? from : from + " … " + to) + (date ? ", " + numbers.different() + " different" : "");
    }

    private static String levels(Texts texts) {
        int different = texts.different();
        if (different > FEW) {
            return different + " different in " + texts.size() + " rows";
        }
        return texts.counts().entrySet().stream()
                .filter(level -> level.getValue() > 0)
                .map(level -> Names.shown(level.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String use(Column column) {
        if (targets.contains(column.name())) {
            return column.missing() == 0 ? "target" : "target: rows without it are dropped";
        }
        if (column.name().equals(groups)) {
            return "groups, held out whole" + (column.missing() == 0 ? "" : ": rows without one are dropped");
        }
        return Use.of(column, kept.contains(column.name())).text(column.different());
    }
}
