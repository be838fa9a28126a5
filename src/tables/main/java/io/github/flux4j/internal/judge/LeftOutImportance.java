package io.github.flux4j.internal.judge;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.format.Feature;
import io.github.flux4j.internal.arrays.Shuffle;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.fit.Held;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.prepare.Examples;
import io.github.flux4j.internal.prepare.Seed;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much predictions lean on each column: its numbers are shuffled among the rows, which are predicted again. A row that was left out is predicted by the
 * network that never saw it; a fit takes some of many such rows, and no columns if there are many, to spend little time. Any other row is predicted by the whole
 * model.
 */
public final class LeftOutImportance {

    public static final int MOST_COLUMNS = 200;

    private static final int REPEATS = 5;
    private static final int MOST_ROWS = 2000;
    private static final int FEW_ROWS = 50;
    private static final int MOST_NUMBERS = 1_000_000;
    private static final int CHANCE = -7; // apart from that of networks, which are counted from 0

    private final Model model;
    private final Judge judge;
    private final Metric metric;
    private final double[] actual;
    private final float[] features;
    private final List<Share> shares;
    private final int rows;
    private final double whole;

    /** Rows next to each other that the same network left out. */
    private record Share(int member, int from, int to) {}

    private LeftOutImportance(Model model, Judge judge, Metric metric, Table table, int... member) {
        this.model = model;
        this.judge = judge;
        this.metric = metric;
        this.rows = table.rows();
        this.actual = judge.actual(table);
        this.features = model.preparation().rows(table);
        this.shares = shares(member);
        this.whole = score(features);
    }

    /** {@link Importance#NONE} if nothing was left out, or there are more columns than {@link #MOST_COLUMNS}. */
    public static Importance of(Model model, Judge judge, Held held, long seed) {
        int columns = model.preparation().names().size();
        if (held.isEmpty() || columns > MOST_COLUMNS || columns == 0) {
            return Importance.NONE;
        }
        int[] taken = taken(held.member().length, model.preparation().width());
        int[] member = Arrays.stream(taken).map(i -> held.member()[i]).toArray();
        int repeats = Math.min(REPEATS, MOST_COLUMNS / columns);
        LeftOutImportance measured = new LeftOutImportance(
                model, judge, judge.ranking().get(0), held.table().rows(taken), member);
        return measured.importance(
                repeats,
                IntStream.range(0, columns * repeats)
                        .mapToObj(i -> measured.worse(i / repeats, Seed.mix(seed, CHANCE, i / repeats, i % repeats)))
                        .toList());
    }

    /** The same of any rows, which the whole model predicts; on so many threads. */
    public static Importance of(
            int threads, Model model, Judge judge, Metric metric, Table table, int repeats, long seed) {
        int[] member = new int[table.rows()];
        Arrays.fill(member, Held.ALL);
        LeftOutImportance measured = new LeftOutImportance(model, judge, metric, table, member);
        int shuffles = Math.multiplyExact(model.preparation().names().size(), repeats);
        return measured.importance(
                repeats,
                Tasks.all(
                        threads, shuffles, i -> measured.worse(i / repeats, Seed.mix(seed, i / repeats, i % repeats))));
    }

    /** As far apart as they can be. */
    private static int[] taken(int rows, int width) {
        int count = Math.min(rows, Math.max(FEW_ROWS, Math.min(MOST_ROWS, MOST_NUMBERS / width)));
        return Examples.spread(rows, count);
    }

    private static List<Share> shares(int... member) {
        List<Share> shares = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= member.length; to++) {
            if (to == member.length || member[to] != member[from]) {
                shares.add(new Share(member[from], from, to));
                from = to;
            }
        }
        return shares;
    }

    /** Of how much worse each shuffle is, column after column. */
    private Importance importance(int repeats, List<Double> worse) {
        List<String> names = model.preparation().names();
        return Importance.of(
                metric,
                whole,
                rows,
                IntStream.range(0, names.size())
                        .mapToObj(i ->
                                new Importance.OfColumn(names.get(i), worse.subList(i * repeats, (i + 1) * repeats)))
                        .toList());
    }

    private double worse(int column, long chance) {
        List<Feature> all = model.preparation().features().list();
        int at = all.subList(0, column).stream().mapToInt(Feature::width).sum();
        return Judge.worse(metric, whole, score(shuffled(at, all.get(column).width(), chance)));
    }

    private float[] shuffled(int at, int width, long seed) {
        int[] order = Shuffle.permutation(rows, new SplitMix(seed));
        int all = features.length / rows;
        float[] shuffled = features.clone();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(features, order[row] * all + at, shuffled, row * all + at, width);
        }
        return shuffled;
    }

    private double score(float... prepared) {
        int outputs = model.goal().outputs();
        double[] all = new double[Examples.numbers(rows, outputs)];
        for (Share share : shares) {
            double[] said = said(share, prepared);
            System.arraycopy(said, 0, all, share.from() * outputs, said.length);
        }
        double[][] predicted = judge.predicted(model.goal(), all);
        boolean finite =
                Arrays.stream(predicted).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
        return finite ? judge.score(metric, actual, predicted) : Double.NaN;
    }

    private double[] said(Share share, float... prepared) {
        int width = prepared.length / rows;
        float[] block = Arrays.copyOfRange(prepared, share.from() * width, share.to() * width);
        Model asked = share.member() == Held.ALL ? model : model.only(share.member());
        return Model.mean(asked.meant(block, share.to() - share.from()));
    }
}
