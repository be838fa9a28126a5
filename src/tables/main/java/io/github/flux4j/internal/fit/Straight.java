package io.github.flux4j.internal.fit;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.format.Feature;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.Target;
import io.github.flux4j.internal.line.Line;
import io.github.flux4j.internal.line.LinearRows;
import io.github.flux4j.internal.line.Lines;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The linear models of a fit's rows: one of all, and one for each share that is held out, which never saw it.
 *
 * @param data with what linear models see of numbers
 * @param held what networks hold out; empty if nothing is, or validation rows are
 */
public record Straight(Prepared data, LinearRows rows, Lines lines, List<RowSplit> held) {

    private static final int PARTS = 5;
    private static final double SMALLEST = 1e-6;

    /** Of prepared rows, for what this division holds out; null if it holds out nothing. */
    static Straight of(EstimatorSettings settings, Prepared plain, Division division) {
        Prepared data = plain.straight(settings);
        LinearRows rows = LinearRows.of(
                data.preparation(), data.intake().table(), data.intake().table());
        List<RowSplit> held = division == null ? List.of() : division.splits();
        List<RowSplit> splits = held.size() > 1 ? held : withParts(settings, plain, held);
        Lines lines = new Lines(
                rows,
                data.goal().scaled(data.intake().table()),
                data.learnt().weights(),
                data.goal() instanceof Classes,
                splits);
        return new Straight(data, rows, lines, held);
    }

    /** One share or none can't choose a penalty: parts of the rows that are trained on do. */
    private static List<RowSplit> withParts(EstimatorSettings settings, Prepared data, List<RowSplit> held) {
        int[] train = held.isEmpty() ? data.learnt().rows() : held.get(0).train();
        EstimatorSettings parts = settings.with(
                EstimatorSetting.NETWORKS, Math.min(PARTS, data.learnt().count()));
        Stream<RowSplit> inner = Division.of(parts, data).splits().stream()
                .map(split -> new RowSplit(within(split.train(), train), within(split.test(), train)))
                .filter(split -> split.train().length > 0 && split.test().length > 0);
        List<RowSplit> all = Stream.concat(held.stream(), inner).toList();
        return all.isEmpty() ? List.of(new RowSplit(train, train)) : all;
    }

    private static int[] within(int[] rows, int... others) {
        return IntStream.of(rows)
                .filter(row -> Arrays.binarySearch(others, row) >= 0)
                .toArray();
    }

    /** What the lines say of the rows held out, share after share; of validation rows what the line of all says. */
    double[] heldOut() {
        if (data.validationTable() != null) {
            return of(data.validationTable());
        }
        return IntStream.range(0, held.size())
                .mapToObj(lines::heldOut)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** What the line of all rows says of another table's. */
    double[] of(Table table) {
        LinearRows others = LinearRows.of(data.preparation(), data.intake().table(), table);
        return lines.all().outputs(others, IntStream.range(0, table.rows()).toArray());
    }

    /** The same by share. */
    List<LeftOut.Kept> kept() {
        return IntStream.range(0, held.size())
                .mapToObj(k -> new LeftOut.Kept(held.get(k).test(), lines.heldOut(k), 0))
                .toList();
    }

    /** The squared error of each row that is kept, or its log loss. */
    double[] losses(List<LeftOut.Kept> kept) {
        return kept.stream()
                .flatMapToDouble(share -> Arrays.stream(lines.losses(share.outputs(), share.rows())))
                .toArray();
    }

    /** The line alone, with words on why. */
    Trained trained(EstimatorSettings settings, Division division, String restarted, long start, String choice) {
        List<Layer> judged = IntStream.range(0, held.size())
                .mapToObj(k -> layer(lines.of(k)))
                .toList();
        List<Layer> networks = List.of(layer(lines.all()));
        Outcome outcome = new Outcome(
                judged.isEmpty() ? networks : judged,
                kept(),
                List.of(),
                List.of(),
                0,
                List.of(),
                Ending.LAST_EPOCH,
                List.of());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Trained(settings, data, division, outcome, networks, elapsed, "", restarted, this, choice);
    }

    /** Whether a fit's networks are the line, or beside it. */
    boolean isIn(Trained fit) {
        return fit.data().preparation().equals(data.preparation());
    }

    /** What the same model of the inner rows alone says of outer ones; null if its training diverges. */
    double[] outer(Trained fit, int[] inner, int... outer) {
        Line line = lines.of(inner);
        return fit.outcome().bestEpoch() == 0
                ? line.outputs(rows, outer)
                : Team.outer(fit, Beside.of(Team.network(fit.settings(), data), this, line, size()), inner, outer);
    }

    /** How far the line goes for a standard deviation of each column of numbers. */
    Map<String, Double> strengths() {
        Map<String, Double> strengths = new LinkedHashMap<>();
        double[] units = rows.units(data.learnt().weights());
        eachSlope((name, term) -> strengths.put(name, Math.abs(lines.all().weights()[0][term]) * units[term]));
        return strengths;
    }

    /** The standard error of the slope of each column of numbers, in units of the target; without those that aren't known. */
    Map<String, Double> slopeErrors() {
        Map<String, Double> errors = new LinkedHashMap<>();
        double std = data.goal().target() instanceof Target.Numbers numbers
                ? numbers.targets().get(0).std()
                : 1;
        eachSlope((name, term) -> {
            double[] contrast = new double[rows.places().length];
            contrast[term] = 1;
            NumberFeature number = (NumberFeature) data.preparation().features().list().stream()
                    .filter(feature -> feature.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            double error = lines.error(contrast) * std * number.scale();
            if (Double.isFinite(error)) {
                errors.put(name, error);
            }
        });
        return errors;
    }

    private void eachSlope(ObjIntConsumer<String> receiver) {
        int at = 0;
        for (Feature feature : data.preparation().features().list()) {
            if (feature instanceof NumberFeature number && number.straight()) {
                int term = Arrays.binarySearch(rows.places(), 0, rows.dense(), at + number.curvedWidth());
                receiver.accept(number.name(), term);
            }
            at += feature.width();
        }
    }

    /** The line of a share's training rows; −1 for that of all rows. */
    Line line(int share) {
        return share < 0 ? lines.all() : lines.of(share);
    }

    /** How large what this line leaves is, in units of the target; of classes 1. */
    double size() {
        return data.goal() instanceof Classes ? 1 : Math.max(SMALLEST, Math.sqrt(lines.meanError()));
    }

    private Layer layer(Line line) {
        return line.layer(rows, data.preparation().width());
    }
}
