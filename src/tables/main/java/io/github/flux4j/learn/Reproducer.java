package io.github.flux4j.learn;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Fits a model again by what its report says of its making, and compares. */
record Reproducer(Fitted then, Report report, Report.Provenance provenance) {

    /** What of a file says how it predicts. */
    private static final List<String> CONTENT = List.of("networks", "features", "target", "columns", "ranges");

    Reproducer {
        if (provenance == null) {
            throw new IllegalArgumentException(
                    "expected a model that records its origin, but this one comes from an early flux4j; fit it again");
        }
    }

    Reproducer(Fitted then) {
        this(then, then.report(), then.report().provenance());
    }

    Fitted.Reproduction again(Table table) {
        String data = data(table);
        if (!data.isEmpty()) {
            return new Fitted.Reproduction(false, List.of("data: " + data), null);
        }
        Estimator<?, ?> estimator;
        try {
            estimator = estimator();
        } catch (IllegalArgumentException refused) {
            return new Fitted.Reproduction(false, List.of("setting: " + refused.getMessage()), null);
        }
        Fitted now = estimator.fit(table, report.targets().toArray(String[]::new));
        String content = content(then.document().file(), now.document().file());
        List<String> differences = new ArrayList<>();
        if (!content.isEmpty()) {
            differences.addAll(missing());
        }
        differences.addAll(versions(now.report().environment()));
        if (!content.isEmpty()) {
            differences.add(content);
        }
        return new Fitted.Reproduction(content.isEmpty(), differences, now);
    }

    /** The estimator that the report says. */
    Estimator<?, ?> estimator() {
        return Estimator.parse(Estimator.text(provenance.kind(), report.settings()));
    }

    /** Empty if the table is the one that was fitted. */
    private String data(Table table) {
        if (table.sha256().equals(provenance.table())) {
            return "";
        }
        List<String> names = List.copyOf(report.data().columns().keySet());
        List<String> absent = names.stream()
                .filter(name -> !table.names().contains(name))
                .map(Names::shown)
                .toList();
        if (!absent.isEmpty()) {
            return "the table has no column " + String.join(", ", absent);
        }
        if (!table.names().equals(names)) {
            return "the table's columns are " + Names.shown(String.join(", ", table.names())) + ", but training's were "
                    + Names.shown(String.join(", ", names));
        }
        return table.rows() != provenance.rows()
                ? "the table has " + Words.count(table.rows(), "row") + ", but training's had " + provenance.rows()
                : "a cell, the order of the rows or a column's format differs; the table's SHA-256 is " + table.sha256()
                        + ", but training's was " + provenance.table();
    }

    /** What a fit to the same table lacks. */
    private List<String> missing() {
        if (!provenance.without().isEmpty()) {
            return List.of("setting: the file lacks " + provenance.without());
        }
        Ending ending = report.training().ending();
        return ending != Ending.INTERRUPTED && ending != Ending.TIME_LIMIT
                ? List.of()
                : List.of("setting: "
                        + (ending == Ending.TIME_LIMIT ? "the time limit" : "an interrupt")
                        + " ended training after "
                        + Words.count(report.training().epochs().size(), "epoch")
                        + ", and another run's speed differs");
    }

    private List<String> versions(Map<String, String> now) {
        return report.environment().entrySet().stream()
                .filter(each ->
                        !each.getKey().equals("made") && !Objects.equals(each.getValue(), now.get(each.getKey())))
                .map(each -> (each.getKey().matches("processors?|threads|system") ? "processor" : "version") + ": "
                        + each.getKey() + " is " + now.get(each.getKey()) + ", but was " + each.getValue())
                .toList();
    }

    /** Empty if both predict the same, to the bit. */
    private static String content(ModelFile then, ModelFile now) {
        for (String key : CONTENT) {
            if (!Objects.equals(then.document().get(key), now.document().get(key))) {
                return "the " + key + " differ";
            }
        }
        if (!then.tensors().keySet().equals(now.tensors().keySet())) {
            return "the tensors' names differ";
        }
        for (Map.Entry<String, Tensor> each : then.tensors().entrySet()) {
            double apart = apart(each.getValue(), now.tensors().get(each.getKey()));
            if (apart != 0) {
                return "the numbers of " + each.getKey() + " differ, by " + apart + " at most";
            }
        }
        return "";
    }

    /** The largest difference, above 0 of 0 and −0, too; infinite where there are more numbers, or they are of another type. */
    private static double apart(Tensor then, Tensor now) {
        if (then.type() != now.type() || then.length() != now.length()) {
            return Double.POSITIVE_INFINITY;
        }
        double[] some = then.doubles();
        double[] others = now.doubles();
        return IntStream.range(0, some.length)
                .filter(i -> Double.doubleToLongBits(some[i]) != Double.doubleToLongBits(others[i]))
                .mapToDouble(i -> Math.max(Double.MIN_VALUE, Math.abs(some[i] - others[i])))
                .max()
                .orElse(0);
    }
}
