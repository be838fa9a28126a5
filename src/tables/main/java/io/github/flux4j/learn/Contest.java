package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.ScoreDifference;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.fit.Trained;
import io.github.flux4j.internal.prepare.Intake;
import io.github.flux4j.internal.threads.Tasks;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.learn.Evaluation.Leaderboard;
import io.github.flux4j.learn.Evaluation.Leaderboard.Entry;
import io.github.flux4j.learn.Evaluation.Tested;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.util.ArithmeticUtils;

/** Candidates judged by the same folds: one estimator in several sizes, an average of these, and others' models. */
final class Contest {

    /** What a saved average lacks, to be made again or gone on with. */
    static final String OTHER_PARTS = "the other parts of an average";

    private static final int FOLDS = 5;
    private static final double LEVEL = 0.95;
    private static final int PICKS = 20;
    private static final int TRIALS = 6;
    private static final double INNER = 0.25; // of a fold's rows, by which it is tuned
    private static final String DEFAULT = "default";
    private static final String TUNED = "tuned";
    private static final String AVERAGE = "average";
    private static final List<String> AVERAGED = List.of("small", DEFAULT, "wide");

    private final Estimator<?, ?> estimator;
    private final Table given;
    private final String target;
    private final int[] known;
    private final FoldFit fits;
    private final Splits splits;
    private final Metric metric; // an error: rms or log loss
    private final long end;
    private final Consumer<String> progress;
    private final Map<String, Estimator<?, ?>> own = new LinkedHashMap<>();
    private final Map<String, List<Fold>> tried = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Contest(Estimator<?, ?> estimator, Table table, String target, Duration limit, Consumer<String> progress) {
        this.estimator = Objects.requireNonNull(estimator, "estimator is null");
        this.given = table;
        this.target = target;
        this.known = FoldFit.known(estimator, table, target);
        this.fits = FoldFit.of(estimator, table.rows(known), target);
        this.splits = Splits.of(estimator.folds(FOLDS), fits);
        this.metric = fits.judge().ranking().get(0);
        this.end = System.nanoTime() + limit.toNanos();
        this.progress = progress;
        own.put("linear", estimator.linear());
        own.put("small", estimator.network("dense(16, relu), dense"));
        own.put(DEFAULT, estimator);
        own.put("wide", estimator.network("dense(256, relu), dropout(0.2), dense(256, relu), dropout(0.2), dense"));
    }

    static Leaderboard of(
            Estimator<?, ?> estimator,
            Table table,
            String target,
            Duration limit,
            Map<String, Contender> others,
            Consumer<String> progress) {
        Contest contest = new Contest(estimator, table, target, limit, progress);
        others.keySet().forEach(contest::requireOther);
        contest.own.forEach((name, each) -> contest.enter(name, contest.contender(each), contest.fits.table(), 1));
        Table seen = contest.seen();
        others.forEach((name, each) -> contest.enter(name, each, seen, 1));
        contest.enter(TUNED, contest::tuned, contest.fits.table(), TRIALS + 1);
        int[] weights = contest.average();
        progress.accept("the best of all rows");
        return contest.leaderboard(weights);
    }

    private boolean isOurs(String name) {
        return own.containsKey(name) || name.equals(TUNED) || name.equals(AVERAGE);
    }

    private void requireOther(String name) {
        if (isOurs(name)) {
            throw new IllegalArgumentException(
                    "the leaderboard already has a " + name + "; give the other model another name");
        }
    }

    /** What others learn from: the target, and what ours learn from. */
    private Table seen() {
        List<Column> columns = new ArrayList<>(
                Intake.of(fits.table(), estimator.settings(), target).features());
        columns.add(fits.table().column(target));
        return Table.of(columns.toArray(Column[]::new));
    }

    private record Fold(Tested tested, double seconds, double micros, long bytes) {}

    /** Unless the time is over. */
    private void enter(String name, Contender contender, Table table, int fitsAFold) {
        double needed = fitsAFold * splits.count() * mean(tried.get(DEFAULT), Fold::seconds) / Threads.limit();
        if (!tried.isEmpty() && needed * 1e9 > end - System.nanoTime()) {
            notes.add(name + " was skipped: its folds would take longer than the remaining time");
            return;
        }
        progress.accept(name);
        tried.put(name, Tasks.all(Threads.limit(), splits.count(), fold -> fold(contender, table, fold)));
    }

    private static double mean(List<Fold> folds, ToDoubleFunction<Fold> of) {
        return folds == null ? 0 : folds.stream().mapToDouble(of).average().orElseThrow();
    }

    private Fold fold(Contender contender, Table table, int fold) {
        RowSplit split = splits.get(fold);
        long start = System.nanoTime();
        Contender.Model model =
                contender.fit(table.rows(split.train()), target, fits.judge().classes(), splits.seed(estimator, fold));
        long fitted = System.nanoTime();
        double[][] predicted = model.predict(table.rows(split.test()));
        long done = System.nanoTime();
        int[] rows = Arrays.stream(split.test()).map(row -> known[row]).toArray();
        return new Fold(
                new Tested(rows, split.train().length, fits.actual(split.test()), predicted, null),
                (fitted - start) / 1e9,
                (done - fitted) / 1e3 / rows.length,
                model.bytes());
    }

    private Entry entry(String name, List<Fold> folds) {
        List<Tested> tested = folds.stream().map(Fold::tested).toList();
        Evaluation evaluation =
                new Evaluation(fits.judge(), List.of(metric), tested, given.rows() - known.length, "", Duration.ZERO);
        double[] scores = evaluation.perFold(metric);
        ScoreDifference error = ScoreDifference.of(scores, new double[scores.length], splits.testToTrain(), LEVEL);
        return new Entry(
                name,
                evaluation,
                error.mean(),
                Math.max(0, error.low()),
                error.high(),
                mean(folds, Fold::seconds),
                mean(folds, Fold::micros),
                folds.get(0).bytes());
    }

    /** An estimator of ours, fitted within its share of the time. */
    private Contender contender(Estimator<?, ?> each) {
        return (rows, name, classes, seed) -> {
            int[] all = IntStream.range(0, rows.rows()).toArray();
            Model model = Model.of(new FoldFit(fits.judge(), rows, name).fit(each.timeLimit(share()), seed, all));
            return new Contender.Model() {
                @Override
                public double[][] predict(Table table) {
                    return fits.judge().predicted(model.goal(), Model.mean(model.meant(table)));
                }

                @Override
                public long bytes() {
                    return model.networks().stream()
                                    .mapToLong(Layer::parameterCount)
                                    .sum()
                            * Float.BYTES;
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
        return contender(best(estimator.seed(seed), rows)).fit(rows, name, classes, seed);
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

    /** Enters the average, judged in each fold by those that the rows of the others pick; gives how often all rows pick each. */
    private int[] average() {
        List<List<Fold>> members =
                AVERAGED.stream().map(tried::get).filter(Objects::nonNull).toList();
        if (members.size() < AVERAGED.size()) {
            return new int[0];
        }
        progress.accept(AVERAGE);
        List<List<Fold>> folds = IntStream.range(0, splits.count())
                .mapToObj(k -> members.stream().map(member -> member.get(k)).toList())
                .toList();
        List<Integer> picks = picks(folds);
        List<Integer> used = picks.stream().distinct().toList();
        tried.put(
                AVERAGE,
                folds.stream()
                        .map(fold -> average(
                                fold,
                                picks(folds.stream()
                                        .filter(other -> other != fold)
                                        .toList()),
                                used))
                        .toList());
        return IntStream.range(0, members.size())
                .map(i -> Collections.frequency(picks, i))
                .toArray();
    }

    /** It takes what those take that are used. */
    private static Fold average(List<Fold> fold, List<Integer> picks, List<Integer> used) {
        Tested any = fold.get(0).tested();
        return new Fold(
                new Tested(any.rows(), any.trained(), any.actual(), mean(fold, picks), null),
                used.stream().mapToDouble(i -> fold.get(i).seconds()).sum(),
                used.stream().mapToDouble(i -> fold.get(i).micros()).sum(),
                used.stream().mapToLong(i -> fold.get(i).bytes()).sum());
    }

    /** Greedy selection with replacement (Caruana and others 2004) by the predictions for these folds. */
    private List<Integer> picks(List<List<Fold>> folds) {
        List<Integer> picks = new ArrayList<>();
        List<Integer> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int pick = 0; pick < PICKS; pick++) {
            double[] errors = IntStream.range(0, AVERAGED.size())
                    .mapToDouble(next -> error(
                            folds,
                            Stream.concat(picks.stream(), Stream.of(next)).toList()))
                    .toArray();
            picks.add(IntStream.range(0, errors.length)
                    .reduce(0, (one, other) -> errors[other] < errors[one] ? other : one));
            if (errors[picks.get(pick)] < least) {
                least = errors[picks.get(pick)];
                best = List.copyOf(picks);
            }
        }
        return best;
    }

    private double error(List<List<Fold>> folds, List<Integer> picks) {
        return folds.stream()
                .mapToDouble(
                        fold -> fits.judge().score(metric, fold.get(0).tested().actual(), mean(fold, picks)))
                .sum();
    }

    private static double[][] mean(List<Fold> fold, List<Integer> picks) {
        return IntStream.range(0, fold.get(0).tested().rows().length)
                .mapToObj(row -> Model.mean(picks.stream()
                        .map(i -> fold.get(i).tested().predicted()[row])
                        .toArray(double[][]::new)))
                .toArray(double[][]::new);
    }

    private Leaderboard leaderboard(int... weights) {
        List<Entry> ranked = tried.entrySet().stream()
                .map(each -> entry(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingDouble(Entry::error))
                .toList();
        Entry winner = ranked.stream()
                .filter(entry -> isOurs(entry.name()))
                .findFirst()
                .orElseThrow();
        Leaderboard found = new Leaderboard(metric, ranked, winner, notes, null);
        return found.of(fitted(winner.name(), weights).noted(found.said()));
    }

    /** The winner, of all rows. */
    private Fitted fitted(String winner, int... weights) {
        if (winner.equals(AVERAGE)) {
            return averaged(
                    estimator, AVERAGED.stream().<Estimator<?, ?>>map(own::get).toList(), weights, given, target);
        }
        return (winner.equals(TUNED) ? best(estimator, fits.table()) : own.get(winner)).fit(given, target);
    }

    /** Networks of several fits, each as often as its fit counts. Held-out figures and intervals are those of the default. */
    static Fitted averaged(
            Estimator<?, ?> usual, List<? extends Estimator<?, ?>> parts, int[] weights, Table table, String target) {
        int[] used =
                IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
        if (used.length == 1) {
            return parts.get(used[0]).fit(table, target);
        }
        int unit = Arrays.stream(weights).reduce(0, ArithmeticUtils::gcd);
        Trained judged = usual.trained(table, target);
        List<Layer> networks = new ArrayList<>();
        for (int i : used) {
            boolean isUsual =
                    usual.settings().differences(parts.get(i).settings()).isEmpty();
            Trained fit = isUsual ? judged : parts.get(i).trained(table, target);
            IntStream.range(0, weights[i] / unit).forEach(k -> networks.addAll(fit.networks()));
        }
        return usual.fitted(judged.with(networks, OTHER_PARTS));
    }
}
