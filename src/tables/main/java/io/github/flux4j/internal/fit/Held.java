package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that were not trained on, and what networks say of them that never saw them: those left out by each network, or a validation table's, for
 * which it is all networks.
 *
 * @param table the rows
 * @param member which network said it; {@link #ALL}
 * @param outputs row after row
 */
public record Held(Table table, int[] member, double[] outputs) {

    /** In place of a network's number: the mean of all. */
    public static final int ALL = HeldOutIntervals.ALL;

    private static final int SHARES = 5;

    /** Empty if nothing was left out. */
    public static Held of(Trained fit, Model model) {
        Prepared data = fit.data();
        if (data.validation() != null) {
            return ofValidation(data, model);
        }
        int outputs = model.goal().outputs();
        List<LeftOut.Kept> shares = fit.outcome().leftOut();
        int[] rows = shares.stream()
                .flatMapToInt(share -> Arrays.stream(share.rows()))
                .toArray();
        int[] member = new int[rows.length];
        double[] all = new double[Examples.numbers(rows.length, outputs)];
        int at = 0;
        for (int k = 0; k < shares.size(); k++) {
            double[] kept = shares.get(k).outputs();
            Arrays.fill(member, at, at + kept.length / outputs, k);
            System.arraycopy(model.goal().meant(kept), 0, all, at * outputs, kept.length);
            at += kept.length / outputs;
        }
        return new Held(data.intake().table().rows(rows), member, all);
    }

    private static Held ofValidation(Prepared data, Model model) {
        Examples rows = data.validation();
        int[] member = new int[rows.count()];
        Arrays.fill(member, ALL);
        return new Held(
                data.validationTable(),
                member,
                Threads.within(1, () -> Model.mean(model.meant(rows.features(), rows.count()))));
    }

    /** Which share of the rows each is of: those that one network held out, or, where all are judged by the same, one of five. */
    public int[] shares() {
        return Arrays.stream(member).distinct().count() > 1
                ? member
                : IntStream.range(0, member.length).map(i -> i % SHARES).toArray();
    }

    /** The number of each row, from 1, in the table that was given. */
    public int[] numbers(Trained fit) {
        Table given = fit.settings().get(EstimatorSetting.VALIDATION);
        int[] places = given == null
                ? fit.data().intake().places()
                : Intake.places(given, fit.data().goal().target().names());
        IntStream rows = given == null
                ? fit.outcome().heldOutRows().stream().flatMapToInt(Arrays::stream)
                : IntStream.range(0, places.length);
        return rows.map(row -> places[row] + 1).toArray();
    }

    public boolean isEmpty() {
        return member.length == 0;
    }
}
