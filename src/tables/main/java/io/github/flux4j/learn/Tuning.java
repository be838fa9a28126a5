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
 * Searches for the best settings of an estimator; made by {@code tune(estimator)}. An immutable value: each word returns a changed copy.
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
 * <p>By default, it tries 30 random trials on {@link Estimator#folds(int) five folds of the estimator}, and ranks them by rms or log loss. All trials have the same
 * folds and seeds, so they differ only in their values, and their scores are those of {@code crossValidate}. Fits run side by side, each on one thread; their number
 * does not change the result. The best of many scores is somewhat optimistic, so judge the choice on rows outside the tuning.
 *
 * @param <E> the estimator
 * @param <F> the fitted model
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
     * Tries values from a range.
     *
     * @param name heading in the table of trials
     * @param change returns the estimator with a value
     */
    public <V> Tuning<E, F> over(String name, BiFunction<E, V, E> change, Range<V> range) {
        Objects.requireNonNull(range, "range is null");
        return over(dimension(name, change, null, range::at));
    }

    /**
     * Tries these values.
     *
     * @param name heading in the table of trials
     * @param change returns the estimator with a value
     * @throws IllegalArgumentException if there is no value, or one is repeated
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

    /** The names that {@link #over(String)} knows, such as {@code eta}. */
    public static List<String> names() {
        return Tunable.names();
    }

    /**
     * Tries what a text says: {@code eta=1e-4..1e-1 log} or {@code hidden=16,64,256}, with one of {@link #names}.
     *
     * @throws IllegalArgumentException if the text can't be read; lists the names
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

    /** Tries all combinations, with this many points of each range, its ends among them. */
    public Tuning<E, F> grid(int points) {
        return search(new Search.Grid(points));
    }

    /** Tries this many random combinations, none twice; default 30. */
    public Tuning<E, F> random(int trials) {
        return search(new Search.Random(trials));
    }

    /**
     * Tries this many random combinations by successive halving (Jamieson and Talwalkar 2016). All start with few epochs; the better third continues with three times
     * as many, and so on. The last round has the estimator's own number of epochs.
     */
    public Tuning<E, F> halving(int trials) {
        return search(new Search.Halving(trials));
    }

    private Tuning<E, F> search(Search search) {
        return with(p -> p.search = search);
    }

    /** Sets the folds that test each trial; default {@link Estimator#folds(int) five of the estimator}. */
    public Tuning<E, F> folds(Folds folds) {
        Objects.requireNonNull(folds, "folds is null");
        return with(p -> p.folds = folds);
    }

    /** Sets the metric that ranks the trials, and further ones to report; default rms, or log loss for classes. */
    public Tuning<E, F> by(Metric metric, Metric... others) {
        List<Metric> all = new ArrayList<>(List.of(metric));
        all.addAll(List.of(others));
        return with(p -> p.metrics = List.copyOf(all));
    }

    /** Sets the seed of the drawn combinations; default 0. The estimator's own seed drives the fits. */
    public Tuning<E, F> seed(long seed) {
        return with(p -> p.seed = seed);
    }

    /** Fits on this many threads of this process; default as many as flux4j may use. */
    public Tuning<E, F> threads(int threads) {
        return executor(FoldExecutor.onThreads(threads));
    }

    /** Fits on another executor, such as a cluster; default this process's threads. */
    public Tuning<E, F> executor(FoldExecutor executor) {
        Objects.requireNonNull(executor, "executor is null");
        return with(p -> p.executor = executor);
    }

    /**
     * Saves the scores of all fits to this JSON file, within a second of each fit; default none. The same tuning of the same rows, started again, continues from the
     * file. A file of another tuning is refused.
     */
    public Tuning<E, F> saveTo(Path file) {
        return with(p -> p.file = Objects.requireNonNull(file, "file is null"));
    }

    /** Receives each finished fit, from any thread, one at a time; default none. The estimator's own listener follows the final fit. */
    public Tuning<E, F> progress(Consumer<? super Progress> progress) {
        return with(p -> p.progress = Objects.requireNonNull(progress, "progress is null; omit it for silence"));
    }

    FoldExecutor executor() {
        return executor == null ? FoldExecutor.onThreads(Threads.limit()) : executor;
    }

    /**
     * Runs the trials, ranks them, and fits the best to all rows. If the calling thread is interrupted, it stays interrupted, and the result has the finished trials
     * and no fitted model.
     *
     * @throws IllegalArgumentException if nothing is tuned, a value is refused, the table, folds or a metric don't fit, all trials fail, an estimator has no text
     *     where one is needed, or the file is of another tuning
     * @throws java.util.concurrent.CancellationException if the thread is interrupted before the first trial is done
     * @throws java.io.UncheckedIOException if the file can't be read or written
     */
    public Tuned<E, F> fit(Table table, String target) {
        return new TuningRun<>(this, table, target).tuned();
    }

    /**
     * The state of a tuning after one of its fits. {@code toString} is a line, {@code trial 12/30  best rms 2.61  20 s left}.
     *
     * @param trials whose folds are all done, those of earlier rounds of halving included
     * @param ofTrials the total
     * @param fits done, one for each trial and fold
     * @param ofFits the total
     * @param metric that ranks the trials
     * @param best mean of this round's trials; NaN if none is done
     * @param left the expected time, if the remaining fits take as long as the others
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
         * All numbers, equally likely.
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
         * All numbers, with a uniform logarithm, so that each order of magnitude is equally likely.
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
         * All integers, equally likely, both ends included.
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
         * All integers, with a uniform logarithm, both ends included.
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
                throw new IllegalArgumentException(expected + ", but got " + low + " and " + high);
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
