package io.github.flux4j.internal.prepare;

import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table as networks see it.
 *
 * @param intake what of the table is learnt from
 * @param goal what its targets mean
 * @param preparation fitted to it
 * @param learnt the rows with the numbers to be learnt
 * @param judged the same rows with those by which networks are judged
 * @param validationTable rows to be judged by instead; null if there are none
 * @param validation these, prepared
 */
public record Prepared(
        Intake intake,
        Goal goal,
        Preparation preparation,
        Examples learnt,
        Examples judged,
        Table validationTable,
        Examples validation) {

    public static Prepared of(Intake intake, Goal goal, EstimatorSettings settings) {
        return of(
                intake,
                goal,
                PreparationFit.of(intake.features(), settings).within(intake.features(), settings),
                settings);
    }

    /** By a preparation that is there. */
    public static Prepared of(Intake intake, Goal goal, Preparation preparation, EstimatorSettings settings) {
        Table table = intake.table();
        float[] features = preparation.rows(table);
        double[] weights = product(intake.weights(), goal.weights(table));
        Examples learnt = new Examples(features, preparation.width(), goal.learnt(table), goal.outputs(), weights);
        Examples judged = new Examples(features, preparation.width(), goal.judged(table), goal.outputs(), weights);
        Table rows = settings.get(EstimatorSetting.VALIDATION) == null
                ? null
                : goal.known(settings.get(EstimatorSetting.VALIDATION));
        return new Prepared(intake, goal, preparation, learnt, judged, rows, validation(rows, goal, preparation));
    }

    /** For a model that is gone on with: prepared as it was for other rows. */
    public static Prepared again(
            Table table, Goal goal, Preparation preparation, EstimatorSettings settings, String... targets) {
        Set<String> kept = new HashSet<>(preparation.names());
        kept.addAll(settings.get(EstimatorSetting.KEEP));
        Intake intake = Intake.of(table, settings.with(EstimatorSetting.KEEP, Set.copyOf(kept)), targets);
        return of(
                intake, goal.again(intake.table(), settings), preparation.widened(intake.table(), settings), settings);
    }

    private static Examples validation(Table rows, Goal goal, Preparation preparation) {
        return rows == null
                ? null
                : new Examples(
                        preparation.rows(rows),
                        preparation.width(),
                        goal.judged(rows),
                        goal.outputs(),
                        goal.weights(rows));
    }

    /** The same with what linear models see of numbers; classes end without an activation. */
    public Prepared straight(EstimatorSettings settings) {
        return of(intake, goal.ofLogits(), preparation.straight(intake.table()), settings);
    }

    /** The same without cosines. */
    public Prepared plain() {
        int[] columns = preparation.plain();
        return new Prepared(
                intake,
                goal.ofLogits(),
                preparation,
                learnt.only(columns),
                judged.only(columns),
                validationTable,
                validation == null ? null : validation.only(columns));
    }

    private static double[] product(double[] some, double[] others) {
        if (some == null || others == null) {
            return some == null ? others : some;
        }
        double[] product = IntStream.range(0, some.length)
                .mapToDouble(i -> some[i] * others[i])
                .toArray();
        double mean = Arrays.stream(product).average().orElseThrow();
        return Arrays.stream(product).map(weight -> weight / mean).toArray();
    }

    private static int hash(Table table, List<String> names) {
        return names.stream()
                .map(table::column)
                .mapToInt(column -> column instanceof Numbers numbers
                        ? Arrays.hashCode(numbers.values())
                        : Arrays.hashCode(((Texts) column).codes()))
                .reduce(1, (hash, next) -> 31 * hash + next);
    }

    /** As good as different for other rows, columns or targets. */
    public long fingerprint() {
        return Seed.mix(
                hash(intake.table(), preparation.names()),
                Arrays.hashCode(learnt.targets()),
                Arrays.hashCode(learnt.weights()),
                validation == null ? 0 : hash(validationTable, preparation.names()),
                validation == null ? 0 : Arrays.hashCode(validation.targets()),
                intake.features().stream().map(column -> column.name()).toList().hashCode());
    }
}
