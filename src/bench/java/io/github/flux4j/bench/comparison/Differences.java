package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Columns;
import io.github.flux4j.bench.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All of a comparison of two commits, as it is kept.
 *
 * @param versionsThere of the libraries that the other commit was given; the environment has those of this one
 * @param refused what doesn't agree with the baseline or failed, with the reason; these are not timed
 */
record Differences(
        Environment environment,
        Commit here,
        Commit there,
        Map<String, String> versionsThere,
        List<Difference> rows,
        List<Agreement> refused) {

    private static final List<String> HEADER =
            List.of("", "this", "that", "this/that", "95 % interval", "processes", "verdict");

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("this: " + here.line() + "\nthat: " + there.line() + "\n\n");
        if (!rows.isEmpty()) {
            List<List<String>> lines = new ArrayList<>(List.of(HEADER));
            rows.forEach(row -> lines.add(line(row)));
            text.append(Columns.aligned(lines));
            text.append(
                    "\nWhere nothing differs, one verdict in twenty or so is chance; --rounds with more processes tells.\n");
        }
        refused.forEach(one -> text.append("not timed: ").append(one.line()).append('\n'));
        return text.toString();
    }

    private static List<String> line(Difference row) {
        Ratio ratio = row.ratio();
        return List.of(
                row.here().problem()
                        + (row.here().contender().equals("FLUX4J")
                                ? ""
                                : " " + row.here().contender()),
                Units.time(row.here().medianNanos()),
                Units.time(row.there().medianNanos()),
                String.format(Locale.ROOT, "%.3f", ratio.value()),
                String.format(Locale.ROOT, "%.3f … %.3f", ratio.low(), ratio.high()),
                row.here().forkNanos().size() + " + " + row.there().forkNanos().size(),
                row.verdict());
    }
}
