package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.charts.Sheet;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.learn.Tuned.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Trials as a table, of text or of a page. */
final class TrialTable<E> {

    /** Letters of a failure; the rest is in the trial. */
    private static final int SHOWN = 60;

    /** Trials; the rest is told in a line. */
    private static final int MOST = 50;

    private final List<List<String>> all = new ArrayList<>();
    private final int more;

    TrialTable(List<Trial<E>> trials, List<Metric> metrics) {
        boolean halving = trials.stream().mapToInt(Trial::epochs).distinct().count() > 1;
        List<String> head = new ArrayList<>(List.of("trial"));
        trials.get(0).values().keySet().forEach(name -> head.add(Names.shown(name)));
        if (halving) {
            head.add("epochs");
        }
        metrics.forEach(metric -> head.add(metric.name()));
        all.add(head);
        trials.forEach(trial -> all.add(line(trial, metrics, halving)));
        this.more = Math.max(0, trials.size() - MOST);
    }

    private static <E> List<String> line(Trial<E> trial, List<Metric> metrics, boolean halving) {
        List<String> line = new ArrayList<>(List.of(String.valueOf(trial.number())));
        trial.values().values().forEach(value -> line.add(shown(value)));
        if (halving) {
            line.add(String.valueOf(trial.epochs()));
        }
        if (trial.failed()) {
            line.add("failed: " + cut(trial.failure()));
        } else {
            metrics.forEach(metric -> line.add(Spread.text(trial.mean(metric), trial.std(metric))));
        }
        return line;
    }

    static String shown(Object value) {
        return value instanceof Double number ? Figures.short3(number) : Names.shown(String.valueOf(value));
    }

    private static String cut(String failure) {
        String line = failure.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    @Override
    public String toString() {
        return String.join("\n", Words.aligned(all.subList(0, all.size() - more)))
                + (more == 0 ? "" : "\nand " + more + " more");
    }

    /** The same as a table of a page, with nothing left out. */
    Sheet sheet() {
        int columns = all.get(0).size();
        return new Sheet(
                "",
                all.get(0),
                all.stream().skip(1).map(line -> cells(line, columns)).toList(),
                "");
    }

    private static List<Sheet.Cell> cells(List<String> line, int columns) {
        return IntStream.range(0, columns)
                .mapToObj(i -> Sheet.Cell.of(i < line.size() ? line.get(i) : ""))
                .toList();
    }
}
