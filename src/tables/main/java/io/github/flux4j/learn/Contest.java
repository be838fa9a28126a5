package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.judge.Judge;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.learn.Evaluation.Leaderboard;
import io.github.flux4j.learn.Evaluation.Leaderboard.Entry;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Candidates judged by the same folds: one estimator in several sizes, an average of these, and others' models. */
final class Contest {

    private static final int FOLDS = 5;
    private static final double LEVEL = 0.95;
    private static final int PICKS = 20;
    private static final int TRIALS = 6;
    private static final double INNER = 0.25; // of a fold's rows, by which it is tuned
    private static final String AVERAGE = "average";
    private static final List<String> AVERAGED = List.of("small", "default", "wide");

    private final Estimator<?, ?> estimator;
    private final String target;
    private final FoldFit fits;
    private final Splits splits;
    private final Metric metric;
    private final long end;
    private final Map<String, Estimator<?, ?>> own = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Contest(Estimator<?, ?> estimator, Table table, String target, Duration limit) {
        this.estimator = Objects.requireNonNull(estimator, "estimator is null");
        this.target = target;
        this.fits = FoldFit.of(estimator, table.rows(FoldFit.known(estimator, table, target)), target);
        this.splits = Splits.of(estimator.folds(FOLDS), fits);
        this.metric = fits.judge().ranking().get(0);
        this.end = System.nanoTime() + limit.toNanos();
        own.put("linear", estimator.linear());
        own.put("small", estimator.network("dense(16, relu), dense"));
        own.put("default", estimator);
        own.put("wide", estimator.network("dense(256, relu), dropout(0.2), dense(256, relu), dropout(0.2), dense"));
    }

    static Leaderboard of(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Duration limit,
            Map<String, Contender> others,
            Consumer<String> progress) {
        Contest contest = new Contest(estimator, table, target, limit);
        contest.own.forEach(
                (name, each) -> contest.enter(name, contest.contender(each), contest.fits.table(), 1, progress));
        Table seen = contest.seen();
        others.forEach((name, each) -> contest.enter(name, each, seen, 1, progress));
        contest.enter("tuned", contest::tuned, contest.fits.table(), TRIALS + 1, progress);
        int[] weights = contest.average(progress);
        progress.accept("the best of all rows");
        return contest.leaderboard(weights, table);
    }

    /** What others learn from: the target, and what ours learn from. */
    private Table seen() {
        List<String> others = new ArrayList<>(estimator.settings().get(EstimatorSetting.DROP));
        Stream.of(estimator.groupedBy(), estimator.weights())
                .filter(Objects::nonNull)
                .forEach(others::add);
        fits.table().columns().stream()
                .filter(column ->
                        Use.of(column, estimator.keep().contains(column.name())).isLeftOut())
                .forEach(column -> others.add(column.name()));
        others.removeIf(target::equals);
        return others.isEmpty() ? fits.table() : fits.table().drop(others.toArray(String[]::new));
    }

    private record Fold(Evaluation.Tested tested, double seconds, double micros, long bytes) {}

    /** Unless the time is over. */
    private void enter(String name, Contender contender, Table table, int fitsAFold, Consumer<String> progress) {
        Entry cheapest = entries.get("default");
        double needed = cheapest == null ? 0 : cheapest.seconds() * fitsAFold * splits.count() / Threads.limit();
        if (System.nanoTime() + needed * 1e9 > end && !entries.isEmpty()) {
            notes.add(name + " was not tried: its folds would take longer than the time that is left");
            return;
        }
        progress.accept(name);
        entries.put(
                name, entry(name, Tasks.all(Threads.limit(), splits.count(), fold -> fold(contender, table, fold))));
    }

    private Fold fold(Contender contender, Table table, int fold) {
        RowSplit split = splits.get(fold);
        long start = System.nanoTime();
        Contender.Model model =
                contender.fit(table.rows(split.train()), target, fits.judge().classes(), splits.seed(estimator, fold));
        long fitted = System.nanoTime();
        double[][] predicted = model.predict(table.rows(split.test()));
        long done = System.nanoTime();
        return new Fold(
                new Evaluation.Tested(split.test(), split.train().length, fits.actual(split.test()), predicted, null),
                (fitted - start) / 1e9,
                (done - fitted) / 1e3 / split.test().length,
                model.bytes());
    }

    private Entry entry(String name, List<Fold> folds) {
        Evaluation evaluation = evaluation(folds.stream().map(Fold::tested).toList());
        return entry(
                name,
                evaluation,
                folds.stream().mapToDouble(Fold::seconds).average().orElseThrow(),
                folds.stream().mapToDouble(Fold::micros).average().orElseThrow(),
                folds.get(0).bytes());
    }

    private Entry entry(String name, Evaluation evaluation, double seconds, double micros, long bytes) {
        double[] scores = evaluation.perFold(metric);
        ScoreDifference error = ScoreDifference.of(scores, new double[scores.length], splits.testToTrain(), LEVEL);
        return new Entry(
                name, evaluation, error.mean(), Math.max(0, error.low()), error.high(), seconds, micros, bytes);
    }

    private Evaluation evaluation(List<Evaluation.Tested> folds) {
        return new Evaluation(fits.judge(), List.of(metric), folds, 0, "", Duration.ZERO);
    }

    /** An estimator of ours, fitted within its share of the time. */
    private Contender contender(Estimator<?, ?> each) {
        return (rows, name, classes, seed) -> {
            Model model = Model.of(each.of(each.settings()
                            .with(EstimatorSetting.SEED, seed)
                            .with(EstimatorSetting.PROGRESS, epoch -> {})
                            .with(EstimatorSetting.TIME_LIMIT, share()))
                    .trained(rows, name));
            long numbers = model.networks().stream()
                    .map(Layer::flatParameters)
                    .filter(Objects::nonNull)
                    .mapToLong(parameters -> parameters.length())
                    .sum();
            return new Contender.Model() {
                @Override
                public double[][] predict(Table table) {
                    return fits.judge().predicted(model.goal(), Model.mean(model.meant(table)));
                }

                @Override
                public long bytes() {
                    return numbers * Float.BYTES;
                }
            };
        };
    }

    /** Of what is left, so that all folds of a candidate take half of it at most. */
    private Duration share() {
        long left = Math.max(0, end - System.nanoTime());
        return Duration.ofNanos(left / 2 * Threads.limit() / splits.count()).plusSeconds(1);
    }

    private Contender.Model tuned(Table rows, String name, List<String> classes, long seed) {
        return contender(best(estimator.of(estimator.settings().with(EstimatorSetting.SEED, seed)), rows))
                .fit(rows, name, classes, seed);
    }

    /** The best of a few random settings for rows that are held out of these. */
    @SuppressWarnings("unchecked") // an estimator is of its own kind
    private <E extends Estimator<E, F>, F extends Fitted> Estimator<?, ?> best(Estimator<?, ?> usual, Table rows) {
        Tuning<E, F> tuning = Learn.tune((E) usual)
                .over("eta=3e-4..1e-2 log")
                .over("hidden=16,64,256")
                .over("dropout=0,0.1,0.3")
                .folds(usual.settings().divided(Folds.holdout(INNER)))
                .random(TRIALS)
                .threads(1);
        return tuning.fit(rows, target).best().estimator();
    }

    /** Enters the average, judged in each fold by weights that the rows of the others choose; gives those that all rows choose. */
    private int[] average(Consumer<String> progress) {
        List<Entry> members =
                AVERAGED.stream().map(entries::get).filter(Objects::nonNull).toList();
        if (members.size() < AVERAGED.size()) {
            return new int[0];
        }
        progress.accept(AVERAGE);
        List<List<Evaluation.Tested>> tested =
                members.stream().map(member -> member.evaluation().tested()).toList();
        List<Evaluation.Tested> folds = new ArrayList<>();
        for (int k = 0; k < splits.count(); k++) {
            int fold = k;
            int[] others =
                    IntStream.range(0, splits.count()).filter(i -> i != fold).toArray();
            Evaluation.Tested any = tested.get(0).get(k);
            folds.add(new Evaluation.Tested(
                    any.rows(), any.trained(), any.actual(), mean(tested, picks(tested, others), k), null));
        }
        int[] weights = picks(tested, IntStream.range(0, splits.count()).toArray());
        List<Entry> used = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > 0)
                .mapToObj(members::get)
                .toList();
        entries.put(
                AVERAGE,
                entry(
                        AVERAGE,
                        evaluation(folds),
                        used.stream().mapToDouble(Entry::seconds).sum(),
                        used.stream().mapToDouble(Entry::micros).sum(),
                        used.stream().mapToLong(Entry::bytes).sum()));
        return weights;
    }

    /** Greedy selection with replacement (Caruana and others 2004) by the predictions for these folds: how often each member is taken. */
    private int[] picks(List<List<Evaluation.Tested>> tested, int... folds) {
        int[] best = new int[tested.size()];
        int[] counts = new int[tested.size()];
        double least = Double.POSITIVE_INFINITY;
        for (int pick = 0; pick < PICKS; pick++) {
            double[] errors = IntStream.range(0, counts.length)
                    .mapToDouble(i -> error(tested, oneMore(counts, i), folds))
                    .toArray();
            int chosen = IntStream.range(0, counts.length)
                    .boxed()
                    .min(Comparator.comparingDouble(i -> errors[i]))
                    .orElseThrow();
            counts[chosen]++;
            if (errors[chosen] < least) {
                least = errors[chosen];
                System.arraycopy(counts, 0, best, 0, counts.length);
            }
        }
        return best;
    }

    private static int[] oneMore(int[] counts, int i) {
        int[] more = counts.clone();
        more[i]++;
        return more;
    }

    private double error(List<List<Evaluation.Tested>> tested, int[] counts, int... folds) {
        return IntStream.of(folds)
                .mapToDouble(k -> Judge.worse(
                        metric,
                        0,
                        fits.judge().score(metric, tested.get(0).get(k).actual(), mean(tested, counts, k))))
                .sum();
    }

    private static double[][] mean(List<List<Evaluation.Tested>> tested, int[] counts, int fold) {
        double[][] mean = Stream.of(tested.get(0).get(fold).predicted())
                .map(row -> new double[row.length])
                .toArray(double[][]::new);
        double all = IntStream.of(counts).sum();
        for (int i = 0; i < counts.length; i++) {
            double[][] each = tested.get(i).get(fold).predicted();
            for (int row = 0; row < mean.length; row++) {
                for (int k = 0; k < mean[row].length; k++) {
                    mean[row][k] += counts[i] / all * each[row][k];
                }
            }
        }
        return mean;
    }

    private Leaderboard leaderboard(int[] weights, Table table) {
        List<Entry> ranked = entries.values().stream()
                .sorted((one, other) -> Double.compare(0, Judge.worse(metric, one.error(), other.error())))
                .toList();
        Entry winner = ranked.stream()
                .filter(entry -> own.containsKey(entry.name())
                        || List.of("tuned", AVERAGE).contains(entry.name()))
                .findFirst()
                .orElseThrow();
        Leaderboard found = new Leaderboard(metric, ranked, winner, notes, null);
        return found.of(fitted(winner.name(), weights, table).noted(found.lines()));
    }

    /** The winner, of all rows. */
    private Fitted fitted(String winner, int[] weights, Table table) {
        if (winner.equals("tuned")) {
            return best(estimator, fits.table()).fit(table, target);
        }
        return winner.equals(AVERAGE)
                ? averaged(
                        estimator,
                        AVERAGED.stream().<Estimator<?, ?>>map(own::get).toList(),
                        weights,
                        table,
                        target)
                : own.get(winner).fit(table, target);
    }

    /** Networks of several fits, each as often as its fit counts. Held-out figures and intervals are those of the default. */
    static Fitted averaged(
            Estimator<?, ?> usual, List<? extends Estimator<?, ?>> parts, int[] weights, Table table, String target) {
        int[] used =
                IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
        if (used.length == 1) {
            return parts.get(used[0]).fit(table, target);
        }
        int unit = Arrays.stream(weights).reduce(0, Contest::divisor);
        List<Layer> networks = new ArrayList<>();
        for (int i : used) {
            Trained fit = parts.get(i).trained(table, target);
            for (int k = 0; k < weights[i] / unit; k++) {
                networks.addAll(fit.networks());
            }
        }
        return usual.fitted(usual.trained(table, target).with(networks, "the other parts of an average"));
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
