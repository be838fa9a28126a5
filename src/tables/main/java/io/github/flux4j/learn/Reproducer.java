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

/** Fits a model again by what its report says of its making, and compares. */
final class Reproducer {

    /** What of a file says how it predicts. */
    private static final List<String> CONTENT = List.of("networks", "features", "target", "columns", "ranges");

    private final Fitted then;
    private final Report report;
    private final Report.Provenance provenance;

    Reproducer(Fitted then) {
        this.then = then;
        this.report = then.report();
        this.provenance = report.provenance();
        if (provenance == null) {
            throw new IllegalArgumentException(
                    "a model that says where it comes from was expected, but this one is of an earlier flux4j; fit it again");
        }
    }

    static Fitted.Reproduction of(Fitted then, Table table) {
        return new Reproducer(then).again(table);
    }

    private Fitted.Reproduction again(Table table) {
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
        List<String> versions = versions(now.report().environment());
        if (content.isEmpty()) {
            return new Fitted.Reproduction(true, versions, now);
        }
        List<String> reasons = new ArrayList<>(reasons());
        reasons.addAll(versions);
        reasons.add(content);
        return new Fitted.Reproduction(false, reasons, now);
    }

    /** The estimator that the report says. */
    Estimator<?, ?> estimator() {
        StringBuilder text = new StringBuilder(provenance.kind());
        report.settings()
                .forEach((name, value) ->
                        text.append('\n').append(name).append(": ").append(value));
        return Estimator.parse(text.toString());
    }

    /** Empty if the table is the one that was fitted. */
    private String data(Table table) {
        if (table.sha256().equals(provenance.table())) {
            return "";
        }
        List<String> names = List.copyOf(report.data().columns().keySet());
        for (String name : names) {
            if (!table.names().contains(name)) {
                return "the table has no column " + Names.shown(name);
            }
        }
        if (!table.names().equals(names)) {
            return "the table's columns are " + Names.shown(String.join(", ", table.names())) + ", but training's were "
                    + Names.shown(String.join(", ", names));
        }
        return table.rows() != provenance.rows()
                ? "the table has " + Words.count(table.rows(), "row") + ", but training's had " + provenance.rows()
                : "a cell, the order of the rows or the way in which a column is read differs; the table's SHA-256 is "
                        + table.sha256() + ", but training's was " + provenance.table();
    }

    private List<String> reasons() {
        Ending ending = report.training().ending();
        String without = provenance.without();
        return !without.isEmpty()
                ? List.of("setting: the file lacks " + without)
                : ending == Ending.INTERRUPTED || ending == Ending.TIME_LIMIT
                        ? List.of("setting: "
                                + (ending == Ending.TIME_LIMIT ? "the time limit ended" : "somebody interrupted")
                                + " training after "
                                + Words.count(report.training().epochs().size(), "epoch")
                                + ", and no other run is as fast")
                        : List.of();
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

    /** The largest difference; infinite where the shapes or the bits of a NaN differ. */
    private static double apart(Tensor then, Tensor now) {
        if (then.type() != now.type() || then.length() != now.length()) {
            return Double.POSITIVE_INFINITY;
        }
        double[] some = then.doubles();
        double[] others = now.doubles();
        double most = 0;
        for (int i = 0; i < some.length; i++) {
            if (Double.doubleToLongBits(some[i]) != Double.doubleToLongBits(others[i])) {
                double apart = Math.abs(some[i] - others[i]);
                most = apart > 0 ? Math.max(most, apart) : Math.max(most, Double.MIN_VALUE); // 0 and −0
            }
        }
        return most;
    }
}
