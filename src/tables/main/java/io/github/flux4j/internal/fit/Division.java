package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Words;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which rows each network is trained on, and which it holds out.
 *
 * <table>
 * <caption>What is held out</caption>
 * <tr><td>by chance</td><td>another share of the rows for each network, with its share of each class; copies of a row together</td></tr>
 * <tr><td>groups</td><td>another share of the groups for each</td></tr>
 * <tr><td>in time</td><td>of the last half of the rows another block for each, which is trained on all rows before it</td></tr>
 * <tr><td>one network</td><td>the first of the shares, or the last block: a tenth of the rows, from 5000 rows on a fifth, from 50 000 a third</td></tr>
 * </table>
 *
 * @param splits a network each
 * @param words for people; empty if rows are held out by chance alone
 */
public record Division(List<RowSplit> splits, String words) {

    private static final int ORDER = -1;
    private static final int BLOCKS = 5;

    /** For so many networks, or fewer where there are too few groups or times. */
    static Division of(EstimatorSettings settings, Prepared data) {
        Table table = data.intake().table();
        int told = settings.networks(table.rows());
        if (settings.get(EstimatorSetting.TIME) != null) {
            return inTime(settings, table, settings.isUsual(EstimatorSetting.NETWORKS) ? BLOCKS : told);
        }
        return settings.get(EstimatorSetting.GROUPS) == null
                ? shares(settings, data, told)
                : groups(settings, table, told);
    }

    private static Division shares(EstimatorSettings settings, Prepared data, int networks) {
        Copies copies = Copies.of(data);
        int parts = Math.min(
                copies.different(), networks == 1 ? EstimatorSettings.usualNetworks(copies.different()) : networks);
        int[] classes = data.goal().strata(data.intake().table());
        return new Division(
                parts(parts, Math.min(parts, networks), classes, seed(settings), copies.first()), copies.words());
    }

    /**
     * Each of the first parts, held out of all other rows. Parts are as large, within one row but for copies, and have their share of each class: rows are dealt out
     * in turn, class after class, each in random order, and a copy goes with the first of its kind.
     *
     * @param classes of the rows; null if there are none
     * @param first of each row, the first that is the same
     */
    static List<RowSplit> parts(int count, int heldOut, int[] classes, long seed, int... first) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] dealt = new int[first.length];
        int next = 0;
        for (int[] stratum : strata(first.length, classes)) {
            Shuffle.shuffle(stratum, random);
            for (int row : stratum) {
                dealt[row] = first[row] == row ? next++ % count : 0;
            }
        }
        int[] parts = IntStream.of(first).map(row -> dealt[row]).toArray();
        return IntStream.range(0, heldOut)
                .mapToObj(part -> new RowSplit(rows(parts, of -> of != part), rows(parts, of -> of == part)))
                .toList();
    }

    private static int[] rows(int[] parts, IntPredicate chosen) {
        return IntStream.range(0, parts.length)
                .filter(row -> chosen.test(parts[row]))
                .toArray();
    }

    private static List<int[]> strata(int rows, int... classes) {
        if (classes == null) {
            return List.of(IntStream.range(0, rows).toArray());
        }
        return IntStream.of(classes)
                .distinct()
                .sorted()
                .mapToObj(k -> IntStream.range(0, rows)
                        .filter(row -> classes[row] == k)
                        .toArray())
                .toList();
    }

    private static long seed(EstimatorSettings settings) {
        return Seed.mix(settings.get(EstimatorSetting.SEED), ORDER);
    }

    private static Division groups(EstimatorSettings settings, Table table, int networks) {
        Column column = table.column(settings.get(EstimatorSetting.GROUPS));
        int groups = column.different();
        if (groups < 2) {
            throw new IllegalArgumentException("groupedBy needs two groups or more, but all rows have the same "
                    + Names.shown(column.name()) + "; name another column");
        }
        int parts = Math.min(groups, networks == 1 ? EstimatorSettings.usualNetworks(table.rows()) : networks);
        Folds folds = settings.divided(Folds.kfold(parts)).seed(seed(settings));
        return new Division(
                folds.of(table, column.name()).subList(0, Math.min(parts, networks)),
                "held out by " + Names.shown(column.name()) + ": each of its " + Words.count(groups, "group")
                        + " as a whole");
    }

    private static Division inTime(EstimatorSettings settings, Table table, int networks) {
        String time = settings.get(EstimatorSetting.TIME);
        int times = times(settings, table);
        int blocks = Math.min(networks, times / 2);
        Folds folds = blocks > 1
                ? Folds.kfold(2 * blocks - 1)
                : Folds.holdout(1.0 / EstimatorSettings.usualNetworks(table.rows()));
        List<RowSplit> all = settings.divided(folds).of(table, time);
        List<RowSplit> splits = all.subList(all.size() - Math.max(1, blocks), all.size());
        int heldOut = splits.stream().mapToInt(split -> split.test().length).sum();
        String groups = settings.get(EstimatorSetting.GROUPS);
        return new Division(
                splits,
                "held out in the order of " + Names.shown(time)
                        + (groups == null ? "" : ", each " + Names.shown(groups) + " as a whole at its latest")
                        + ": the last "
                        + heldOut + " of " + Words.count(table.rows(), "row")
                        + (splits.size() == 1 ? ", predicted" : " in " + splits.size() + " blocks, each predicted")
                        + " from the rows before");
    }

    /** How many different ones there are, a group's being that of its latest row. */
    private static int times(EstimatorSettings settings, Table table) {
        Column time = table.column(settings.get(EstimatorSetting.TIME));
        if (settings.get(EstimatorSetting.GROUPS) == null || !(time instanceof Numbers numbers)) {
            return time.different();
        }
        Column groups = table.column(settings.get(EstimatorSetting.GROUPS));
        Map<String, Double> latest = new HashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            latest.merge(groups.text(row), numbers.value(row), Math::max);
        }
        return (int) latest.values().stream().distinct().count();
    }
}
