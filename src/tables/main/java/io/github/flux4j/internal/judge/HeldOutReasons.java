package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Unseen.Group;
import io.github.flux4j.evaluate.Unseen.Reasons;
import io.github.flux4j.evaluate.Unseen.Row;
import io.github.flux4j.format.Target.Explanation;
import io.github.flux4j.internal.charts.Digits;
import io.github.flux4j.internal.figures.Order;
import io.github.flux4j.internal.figures.Spread;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where predictions of held-out rows are bad, and why single ones are what they are, by the network that never saw the row. For one thread. */
public final class HeldOutReasons {

    private static final int CURVES = 4;
    private static final int CURVE_ROWS = 50;
    private static final int WORST = 10;
    private static final int SHOWN = 6; // columns of an explanation
    private static final int FEWEST = 10; // rows of a group
    private static final int FEW_VALUES = 8; // of numbers, each of which is a group
    private static final int MOST_COLUMNS = 100;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_GROUPS = 200;
    private static final double Z95 = 1.96;
    private static final double STUDENT = 2.4; // 1.96 + 2.4/(n − 1) is Student's quantile within 2 % from ten rows on

    private final Trained fit;
    private final Model model;
    private final Held held;
    private final String target;
    private final Classes classes;
    private final int[] numbers; // of the rows, in the table that was given
    private final double[] actual;
    private final double[][] predicted;

    private HeldOutReasons(Trained fit, Model model, Judge judge, Held held) {
        this.fit = fit;
        this.model = model;
        this.held = held;
        this.target = judge.target();
        this.classes = model.goal() instanceof Classes known ? known : null;
        this.numbers = held.numbers(fit);
        this.actual = judge.actual(held.table());
        this.predicted = judge.predicted(model.goal(), held.outputs());
    }

    /** Of one target. */
    public static Reasons of(Trained fit, Model model, Judge judge, Held held, Importance importance) {
        HeldOutReasons reasons = new HeldOutReasons(fit, model, judge, held);
        int output = reasons.output();
        String name = reasons.classes == null ? judge.target() : judge.classes().get(output);
        return new Reasons(
                reasons.groups(),
                importance.columns().isEmpty() ? List.of() : reasons.rows(output, name),
                importance.columns().stream()
                        .limit(CURVES)
                        .map(column ->
                                PartialDependence.of(model, held.table(), CURVE_ROWS, column.name(), output, name))
                        .toList());
    }

    /** The class that is looked for, of two; else the most frequent one. */
    private int output() {
        if (classes == null) {
            return 0;
        }
        int[] labels = Arrays.stream(actual).mapToInt(k -> (int) k).toArray();
        int[] rows = Evidence.counts(classes.outputs(), labels);
        return rows.length == 2
                ? Evidence.positive(classes.target(), labels)
                : IntStream.range(0, rows.length)
                        .reduce((one, other) -> rows[other] > rows[one] ? other : one)
                        .orElseThrow();
    }

    private List<Row> rows(int output, String name) {
        int last = actual.length - 1;
        int[] byPrediction = Order.by(actual.length, i -> predicted[i][output]);
        int[] byError = Order.by(actual.length, i -> classes == null ? -error(i) : predicted[i][(int) actual[i]]);
        return Stream.concat(
                        Stream.of(0, last / 2, last).map(i -> row(byPrediction[i], name)),
                        IntStream.of(byError).limit(WORST).mapToObj(i -> row(i, null)))
                .toList();
    }

    private double error(int i) {
        return classes == null
                ? Math.abs(actual[i] - predicted[i][0])
                : classes.target().most(predicted[i]) == (int) actual[i] ? 0 : 1;
    }

    private Row row(int i, String name) {
        int member = held.member()[i];
        Table one = held.table().rows(i);
        Model asked = member == Held.ALL ? model : model.judges(fit).only(member);
        Explanation why = asked.explanation(model.prepared(one)[0], name);
        Map<String, Double> columns = new LinkedHashMap<>();
        why.values().entrySet().stream().limit(SHOWN).forEach(value -> columns.put(value.getKey(), value.getValue()));
        Map<String, String> values = new LinkedHashMap<>();
        if (fit.settings().get(EstimatorSetting.KEEP_ROWS)) {
            model.preparation().names().forEach(column -> values.put(column, text(one.column(column), 0)));
        }
        return new Row(
                numbers[i],
                one.column(target).text(0),
                classes == null ? Digits.of(predicted[i][0]) : classes.most(predicted[i]),
                why.name(),
                why.background(),
                why.prediction(),
                columns,
                values);
    }

    private static String text(Column column, int row) {
        return column.isMissing(row) ? "missing" : column.text(row);
    }

    private List<Group> groups() {
        return fit.data().intake().offered().stream()
                .limit(MOST_COLUMNS)
                .flatMap(column -> groups(held.table().column(column.name())))
                .sorted(Comparator.comparingDouble(group -> -group.low()))
                .limit(MOST_GROUPS)
                .toList();
    }

    /** By text, by number where these are few, or by quarters, which keep equal numbers together. */
    private Stream<Group> groups(Column column) {
        Numbers numbers = column instanceof Numbers many && column.different() > FEW_VALUES ? many : null;
        double[] sorted = numbers == null ? new double[0] : Examples.sorted(numbers);
        return IntStream.of(Examples.spread(actual.length, Math.min(MOST_ROWS, actual.length)))
                .boxed()
                .collect(Collectors.groupingBy(row -> numbers == null || column.isMissing(row)
                        ? text(column, row)
                        : 4 * Neighbours.first(sorted, numbers.value(row)) / sorted.length))
                .entrySet()
                .stream()
                .filter(part ->
                        part.getValue().size() >= FEWEST && part.getValue().size() < actual.length)
                .map(part -> group(
                        column.name(),
                        part.getKey() instanceof Integer ? range(numbers, part.getValue()) : (String) part.getKey(),
                        part.getValue()));
    }

    private static String range(Numbers column, List<Integer> rows) {
        Comparator<Integer> byValue = Comparator.comparingDouble(column::value);
        return column.text(Collections.min(rows, byValue)) + " to " + column.text(Collections.max(rows, byValue));
    }

    private Group group(String column, String name, List<Integer> rows) {
        double[] errors = rows.stream().mapToDouble(this::error).toArray();
        int n = errors.length;
        double mean = Spread.mean(errors);
        double half = (Z95 + STUDENT / (n - 1)) * Spread.std(errors) / Math.sqrt(n);
        return classes == null
                ? new Group(column, name, n, mean, Math.max(0, mean - half), mean + half)
                : new Group(column, name, n, mean, Spread.wilson(mean, n, -Z95), Spread.wilson(mean, n, Z95));
    }
}
