package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trials as lines of text, in columns. */
final class TrialTable<E> {

    /** Letters of a failure; the rest is in the trial. */
    private static final int SHOWN = 60;

    /** Trials; the rest is told in a line. */
    private static final int MOST = 50;

    private final List<List<String>> lines = new ArrayList<>();
    private final int more;

    TrialTable(List<Trial<E>> trials, List<Metric> metrics) {
        boolean halving = trials.stream().mapToInt(Trial::epochs).distinct().count() > 1;
        List<String> head = new ArrayList<>(List.of("trial"));
        trials.get(0).values().keySet().forEach(name -> head.add(Words.shown(name)));
        if (halving) {
            head.add("epochs");
        }
        metrics.forEach(metric -> head.add(metric.name()));
        lines.add(head);
        trials.stream().limit(MOST).forEach(trial -> lines.add(line(trial, metrics, halving)));
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

    private static String shown(Object value) {
        return value instanceof Double number ? Figures.short3(number) : Words.shown(String.valueOf(value));
    }

    private static String cut(String failure) {
        String line = failure.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(i -> lines.stream()
                        .filter(line -> line.size() == columns || i < line.size() - 1)
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, line.size())
                        .mapToObj(i -> padded(line.get(i), widths[i]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", more == 0 ? "" : "\nand " + more + " more"));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }
}
