package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.threads.Threads;
import io.github.flux4j.internal.tune.Dimension;
import io.github.flux4j.internal.tune.Search;
import io.github.flux4j.table.Folds;
import io.github.flux4j.table.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * A search for the best of an estimator's settings: an immutable value; each word gives another. Made by {@code tune(estimator)}.
 *
 * <pre>{@code
 * var tuned = tune(regressor())
 *         .over("eta", (r, eta) -> r.rule(adamW(eta, 0.01)), logUniform(1e-4, 1e-1))
 *         .over("hidden", (r, n) -> r.network(mlp(n)), 16, 64, 256)
 *         .random(30).fit(cars, "Miles_per_Gallon");
 * System.out.println(tuned);                  // all trials, best first
 * tuned.fitted().save(Path.of("mpg.flux4j")); // the best one, fitted to all rows
 * }</pre>
 *
 * <p>Left alone, 30 random trials are tried by five folds in random order (of a classifier stratified) or as the estimator is told
 * by {@code groupedBy} and {@code orderedBy}, and ranked by rms or log loss. A trial's
 * scores are what {@code crossValidate} gives for its estimator: all trials have the same folds and seeds, so that they differ by their values
 * alone. Fits are done side by side, each on one thread; the answer is the same on any number. The best of many scores is a bit too good to be
 * true, so judge the choice by rows that were not tuned on.
 *
 * @param <E> the estimator
 * @param <F> what it gives when it is fitted
 */
public final class Tuning<E extends Estimator<E, F>, F extends Fitted> {

    private static final int FOLDS = 5;
    private static final int TRIALS = 30;

    final E estimator;
    List<Dimension<E>> dimensions = List.of();
    Search search = new Search.Random(TRIALS);
    Folds folds;
    /** The first ranks; none for the usual ones. */
    List<Metric> metrics = List.of();

    long seed;
    /** Null for threads of this process. */
    private FoldExecutor executor;
    /** Null for none. */
    Path file;

    Consumer<? super Progress> progress = done -> {};

    private Tuning(E estimator) {
        this.estimator = Objects.requireNonNull(estimator, "estimator is null");
        this.folds = estimator.folds(FOLDS);
    }

    static <E extends Estimator<E, F>, F extends Fitted> Tuning<E, F> of(E estimator) {
        return new Tuning<>(estimator);
    }

    /** A changed copy; nobody changes one that another has seen. */
    private Tuning<E, F> with(Consumer<Tuning<E, F>> change) {
        Tuning<E, F> copy = new Tuning<>(estimator);
        copy.dimensions = dimensions;
        copy.search = search;
        copy.folds = folds;
        copy.metrics = metrics;
        copy.seed = seed;
        copy.executor = executor;
        copy.file = file;
        copy.progress = progress;
        change.accept(copy);
        return copy;
    }

    /**
     * Tries values of a range.
     *
     * @param name for the table of trials
     * @param change gives the estimator with a value
     */
    public <V> Tuning<E, F> over(String name, BiFunction<E, V, E> change, Range<V> range) {
        Objects.requireNonNull(range, "range is null");
        return over(dimension(name, change, null, range::at));
    }

    /**
     * Tries these values.
     *
     * @param name for the table of trials
     * @param change gives the estimator with a value
     * @throws IllegalArgumentException if there is no value, or one is there twice
     */
    @SafeVarargs
    public final <V> Tuning<E, F> over(String name, BiFunction<E, V, E> change, V... values) {
        List<Object> all = new ArrayList<>();
        for (V value : values) {
            all.add(value);
        }
        if (all.isEmpty() || all.contains(null) || all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("over(\"" + Names.shown(String.valueOf(name))
                    + "\", …) needs values, none of them null or twice, but they were " + all);
        }
        return over(dimension(name, change, List.copyOf(all), null));
    }

    /** What {@link #over(String)} takes by name, such as {@code eta}. */
    public static List<String> names() {
        return Tunable.names();
    }

    /**
     * Tries what a text says: {@code eta=1e-4..1e-1 log}, {@code hidden=16,64,256}. The names are {@link #names}.
     *
     * @throws IllegalArgumentException if it can't be read; with the names that there are
     */
    public Tuning<E, F> over(String text) {
        return over(Tunable.<E>dimension(text, estimator));
    }

    @SuppressWarnings("unchecked") // its values are given to it alone
    private static <E, V> Dimension<E> dimension(
            String name, BiFunction<E, V, E> change, List<Object> values, DoubleFunction<V> range) {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(change, "change is null");
        return new Dimension<>(name, (BiFunction<E, Object, E>) change, values, range);
    }

    private Tuning<E, F> over(Dimension<E> dimension) {
        if (dimensions.stream().anyMatch(other -> other.name().equals(dimension.name()))) {
            throw new IllegalArgumentException(
                    Names.shown(dimension.name()) + " is tuned twice; name it once, with all its values");
        }
        List<Dimension<E>> all = new ArrayList<>(dimensions);
        all.add(dimension);
        return with(p -> p.dimensions = List.copyOf(all));
    }

    /** Tries all combinations: of each range so many points, its ends among them. */
    public Tuning<E, F> grid(int points) {
        return search(new Search.Grid(points));
    }

    /** Tries so many combinations drawn by chance, none twice. */
    public Tuning<E, F> random(int trials) {
        return search(new Search.Random(trials));
    }

    /**
     * Successive halving (Jamieson and Talwalkar 2016) of so many combinations drawn by chance: all of them with few epochs, the better third with three
     * times as many, and so on; the last round has the estimator's own.
     */
    public Tuning<E, F> halving(int trials) {
        return search(new Search.Halving(trials));
    }

    private Tuning<E, F> search(Search search) {
        return with(p -> p.search = search);
    }

    /** By which rows trials are tested. */
    public Tuning<E, F> folds(Folds folds) {
        Objects.requireNonNull(folds, "folds is null");
        return with(p -> p.folds = folds);
    }

    /** What trials are ranked by, and what else is to be known of them. */
    public Tuning<E, F> by(Metric metric, Metric... others) {
        List<Metric> all = new ArrayList<>(List.of(metric));
        all.addAll(List.of(others));
        return with(p -> p.metrics = List.copyOf(all));
    }

    /** Of the combinations drawn; the estimator's own seed is for its fits. */
    public Tuning<E, F> seed(long seed) {
        return with(p -> p.seed = seed);
    }

    /** On so many threads of this process, in place of as many as flux4j may use. */
    public Tuning<E, F> threads(int threads) {
        return executor(FoldExecutor.onThreads(threads));
    }

    /** Another one does the fits. */
    public Tuning<E, F> executor(FoldExecutor executor) {
        Objects.requireNonNull(executor, "executor is null");
        return with(p -> p.executor = executor);
    }

    /**
     * Keeps the scores of all fits in this file, a second after they are there at the latest, so that the same tuning of the same rows, when it is
     * called again, goes on where it was interrupted or killed. It is JSON; a file of another tuning is refused, as is anything else.
     */
    public Tuning<E, F> saveTo(Path file) {
        return with(p -> p.file = Objects.requireNonNull(file, "file is null"));
    }

    /** Is told of each fit that is done, of one at a time, on any thread. The estimator's own listener is told when the best is fitted. */
    public Tuning<E, F> progress(Consumer<? super Progress> progress) {
        return with(p -> p.progress = Objects.requireNonNull(progress, "progress is null; for silence say nothing"));
    }

    FoldExecutor executor() {
        return executor == null ? FoldExecutor.onThreads(Threads.limit()) : executor;
    }

    /**
     * Tries, ranks, and fits the best to all rows. If the calling thread is interrupted, it stays so, and what has been tried until then is the
     * result, without a fitted model.
     *
     * @throws IllegalArgumentException if nothing is tuned, a value is refused, the table, folds or a metric don't fit, all trials fail, an estimator
     *     that must be written as text can't be, or the file is of another tuning
     * @throws java.util.concurrent.CancellationException if the thread is interrupted before a trial is done
     * @throws java.io.UncheckedIOException if the file can't be read or written
     */
    public Tuned<E, F> fit(Table table, String target) {
        return TuningRun.of(this, table, target).tuned();
    }

    /**
     * How far a tuning has come, after one of its fits. {@code toString} is a line, {@code trial 12/30  best rms 2.61  20 s left}.
     *
     * @param trials whose folds are all done; of successive halving, those of earlier rounds, too
     * @param ofTrials how many there will be
     * @param fits that are done: one for each trial and fold
     * @param ofFits how many there will be
     * @param metric by which trials are ranked
     * @param best mean of a trial of this round; NaN if none is done
     * @param left if what is left takes as long for each fit
     */
    public record Progress(int trials, int ofTrials, int fits, int ofFits, Metric metric, double best, Duration left) {

        @Override
        public String toString() {
            return "trial " + trials + "/" + ofTrials
                    + (Double.isNaN(best) ? "" : "  best " + metric.name() + " " + Figures.short3(best)) + "  "
                    + Figures.left(left);
        }
    }

    /**
     * Values from low to high that a tuning tries. Immutable.
     *
     * @param <V> {@code Double} or {@code Integer}
     */
    public static final class Range<V> {

        private final DoubleFunction<V> at;
        private final String text;

        private Range(DoubleFunction<V> at, String text) {
            this.at = at;
            this.text = text;
        }

        /**
         * All numbers alike.
         *
         * @throws IllegalArgumentException unless both are finite and low is below high
         */
        public static Range<Double> uniform(double low, double high) {
            require(
                    low < high && Double.isFinite(high - low),
                    "uniform(low, high) needs finite numbers, low below high",
                    low,
                    high);
            return new Range<>(share -> within(low + share * (high - low), low, high), low + ".." + high);
        }

        /**
         * All orders of magnitude alike: the logarithm is uniform.
         *
         * @throws IllegalArgumentException unless both are finite and above 0, and low is below high
         */
        public static Range<Double> logUniform(double low, double high) {
            require(
                    low > 0 && low < high && high < Double.POSITIVE_INFINITY,
                    "logUniform(low, high) needs finite numbers above 0, low below high",
                    low,
                    high);
            return new Range<>(share -> logarithmic(share, low, high), low + ".." + high + " log");
        }

        /**
         * All whole numbers alike, both ends included.
         *
         * @throws IllegalArgumentException unless low is below high
         */
        public static Range<Integer> integers(int low, int high) {
            require(low < high, "integers(low, high) needs low below high", low, high);
            return new Range<>(
                    share -> (int) within(Math.floor(low + share * ((double) high - low + 1)), low, high),
                    low + ".." + high);
        }

        /**
         * Whole numbers, all orders of magnitude alike, both ends included.
         *
         * @throws IllegalArgumentException unless both are above 0 and low is below high
         */
        public static Range<Integer> logIntegers(int low, int high) {
            require(low > 0 && low < high, "logIntegers(low, high) needs numbers above 0, low below high", low, high);
            return new Range<>(
                    share -> (int) within(Math.floor(logarithmic(share, low, high + 1.0)), low, high),
                    low + ".." + high + " log");
        }

        private static void require(boolean good, String expected, Object low, Object high) {
            if (!good) {
                throw new IllegalArgumentException(expected + ", but they are " + low + " and " + high);
            }
        }

        /** By {@link StrictMath}, since {@code Math.exp} may differ between machines. */
        private static double logarithmic(double share, double low, double high) {
            return share == 1 ? high : within(low * StrictMath.exp(share * StrictMath.log(high / low)), low, high);
        }

        private static double within(double value, double low, double high) {
            return Math.min(high, Math.max(low, value));
        }

        /** The value at this share of the way, from 0 to 1. */
        V at(double share) {
            return at.apply(share);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
