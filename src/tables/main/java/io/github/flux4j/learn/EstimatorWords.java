package io.github.flux4j.learn;

import io.github.flux4j.fit.Epoch;
import io.github.flux4j.fit.Network;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings that regressors and classifiers share: each word returns a copy with one setting changed. */
abstract class EstimatorWords<E> {

    private final EstimatorSettings settings;

    EstimatorWords(EstimatorSettings settings) {
        this.settings = settings;
    }

    EstimatorSettings settings() {
        return settings;
    }

    /** The same kind with other settings. */
    abstract E of(EstimatorSettings changed);

    <T> E with(EstimatorSetting<T> setting, T value) {
        return of(settings.with(setting, value));
    }

    /**
     * Sets the network; default {@code dense(64, relu), dropout(0.1), dense(64, relu), dropout(0.1), dense}. A fit builds one for each of {@link #networks(int)}.
     * {@code mlp(64, 64)} and lambdas are networks, too.
     */
    public E network(Network network) {
        return with(EstimatorSetting.NETWORK, network);
    }

    /** Sets the network from text such as {@code dense(64, relu), dropout(0.1)}; {@link Network#of(String)} reads it and appends the output layer. */
    public E network(String text) {
        return network(Network.of(text));
    }

    public Network network() {
        return settings.get(EstimatorSetting.NETWORK);
    }

    /** Sets the optimisation rule; default {@code adamW(0.001, 0.01)}, which does not decay biases. */
    public E rule(Rule rule) {
        return with(EstimatorSetting.RULE, rule);
    }

    public Rule rule() {
        return settings.get(EstimatorSetting.RULE);
    }

    /** Sets the loss; default {@code mse} on the standardised target for a regressor, {@code logitcrossentropy} on outputs before softmax for a classifier. */
    public E loss(LossFunction loss) {
        return with(EstimatorSetting.LOSS, loss);
    }

    public LossFunction loss() {
        return settings.get(EstimatorSetting.LOSS);
    }

    /** Sets the learning rate of epochs 1, 2, …; default null, the rule's own rate. {@link Estimator} says what changes for 10 000 rows or more. */
    public E schedule(@Nullable Schedule schedule) {
        return with(EstimatorSetting.SCHEDULE, schedule);
    }

    public @Nullable Schedule schedule() {
        return settings.get(EstimatorSetting.SCHEDULE);
    }

    /** Sets the maximum number of epochs; default 400. {@link Estimator} says what changes for 10 000 rows or more. */
    public E epochs(int most) {
        return with(EstimatorSetting.EPOCHS, most);
    }

    public int epochs() {
        return settings.get(EstimatorSetting.EPOCHS);
    }

    /** Sets the rows per batch; default 32, 64 for 1200 rows or more, 128 for 3000, 256 for 10 000. */
    public E batchSize(int rows) {
        return with(EstimatorSetting.BATCH_SIZE, rows);
    }

    /** Rows per batch; −1 if the number of rows decides. */
    public int batchSize() {
        return settings.get(EstimatorSetting.BATCH_SIZE);
    }

    /**
     * Adds MLJFlux's penalty {@code λ·((1 − α)·Σp² + α·Σ|p|)}, divided by the number of batches; default λ = 0. The optimiser applies it as {@code weightDecay} and
     * {@code signDecay} before the rule, biases included.
     */
    public E penalty(double lambda, double alpha) {
        EstimatorSetting.requirePenalty(lambda, alpha);
        return of(settings.with(EstimatorSetting.LAMBDA, lambda).with(EstimatorSetting.ALPHA, alpha));
    }

    /** λ of the penalty; default 0. */
    public double lambda() {
        return settings.get(EstimatorSetting.LAMBDA);
    }

    /** α of the penalty, from 0 to 1; default 0. */
    public double alpha() {
        return settings.get(EstimatorSetting.ALPHA);
    }

    /**
     * Sets how many networks are trained and averaged; default 10, 5 for 5000 rows or more, 3 for 50 000. Each holds out a different share of the rows. A single
     * network holds out a tenth, a fifth or a third, by the same numbers of rows.
     */
    public E networks(int count) {
        return with(EstimatorSetting.NETWORKS, count);
    }

    /** How many networks; −1 if the number of rows decides. */
    public int networks() {
        return settings.get(EstimatorSetting.NETWORKS);
    }

    /**
     * Stops training after this many epochs without a lower loss on the held-out rows; default 40. The best epoch counts. 0 trains all epochs and takes the last one;
     * a single network then trains on all rows.
     */
    public E patience(int epochs) {
        return with(EstimatorSetting.PATIENCE, epochs);
    }

    public int patience() {
        return settings.get(EstimatorSetting.PATIENCE);
    }

    /**
     * Limits the time of each training; default null, no limit. At the limit, even within an epoch, training ends with the best epoch so far; judging the model takes
     * some seconds more. With a limit, the result depends on the speed of the machine.
     */
    public E timeLimit(@Nullable Duration most) {
        return with(EstimatorSetting.TIME_LIMIT, most);
    }

    public @Nullable Duration timeLimit() {
        return settings.get(EstimatorSetting.TIME_LIMIT);
    }

    /** Sets the seed of everything random; default 0. The same data, settings and seed give the same model on any number of threads. */
    public E seed(long seed) {
        return with(EstimatorSetting.SEED, seed);
    }

    public long seed() {
        return settings.get(EstimatorSetting.SEED);
    }

    /** Shuffles the rows before each epoch; default true. */
    public E shuffle(boolean shuffled) {
        return with(EstimatorSetting.SHUFFLE, shuffled);
    }

    public boolean shuffle() {
        return settings.get(EstimatorSetting.SHUFFLE);
    }

    /** Also trains on a last batch with fewer rows than the others; default false. */
    public E partial(boolean keep) {
        return with(EstimatorSetting.PARTIAL, keep);
    }

    public boolean partial() {
        return settings.get(EstimatorSetting.PARTIAL);
    }

    /**
     * Scales features and target for the networks; default true. With false, numbers stay as they are, and there is no clipping, no periodic function and no input
     * factor.
     */
    public E scale(boolean scaled) {
        return with(EstimatorSetting.SCALE, scaled);
    }

    public boolean scale() {
        return settings.get(EstimatorSetting.SCALE);
    }

    /**
     * Adds this many features {@code cos(2πwx + b)} for each number x; default 0. w comes from N(0, σ²), by default with σ = 0.1, and b is uniform; the seed draws
     * both, and training leaves them. −1 adds eight for each of up to 30 number columns, given ten rows per column.
     */
    public E cosines(int count, double sigma) {
        return of(settings.with(EstimatorSetting.COSINES, count).with(EstimatorSetting.SIGMA, sigma));
    }

    /** Cosines for each number; −1 if rows and columns decide. */
    public int cosines() {
        return settings.get(EstimatorSetting.COSINES);
    }

    /** σ of the cosines; default 0.1. */
    public double sigma() {
        return settings.get(EstimatorSetting.SIGMA);
    }

    /**
     * Adds three learnt periodic functions of each number, with this many frequencies ({@link io.github.flux4j.layers.Layer#periodic}); default 16, 8 for 50 000 rows
     * or more. 0 adds none. Nor does the default for more than 30 number columns, or fewer than ten rows per column.
     */
    public E periodic(int frequencies) {
        return with(EstimatorSetting.FREQUENCIES, frequencies);
    }

    /** Frequencies of the periodic functions; −1 if rows and columns decide. */
    public int periodic() {
        return settings.get(EstimatorSetting.FREQUENCIES);
    }

    /**
     * Learns a factor for each network input at this multiple of the learning rate, so that uninformative columns fade; default 30, 0 for no factors. Factors start
     * at 1. Their rate is at most 0.1. With a schedule, or a rule other than Adam and AdamW, it is the rule's own.
     */
    public E inputRate(double times) {
        return with(EstimatorSetting.INPUT_RATE, times);
    }

    /** The multiple of the learning rate that trains the input factors; 0 without factors. */
    public double inputRate() {
        return settings.get(EstimatorSetting.INPUT_RATE);
    }

    /** Adds the normal quantile of numbers with heavy tails, and the arcsinh of numbers that are mostly one value; default true. */
    public E curves(boolean wanted) {
        return with(EstimatorSetting.CURVES, wanted);
    }

    public boolean curves() {
        return settings.get(EstimatorSetting.CURVES);
    }

    /**
     * Replaces each text of at least this many levels by min(levels − 1, 10) learnt numbers, MLJFlux's {@code embedding_dims}; default 0, none. Published comparisons
     * find no better predictions this way. It suits texts with hundreds of levels, and {@link Fitted#transform}, which hands the numbers to other models.
     */
    public E embeddings(int levels) {
        return with(EstimatorSetting.EMBEDDINGS, levels);
    }

    /** The least number of levels at which a text is embedded; 0 for none. */
    public int embeddings() {
        return settings.get(EstimatorSetting.EMBEDDINGS);
    }

    /**
     * Tries each date also as season and weekday, and each text with too many levels as its 50 most frequent levels and "other"; default true. It keeps those that
     * improve ridge regression on held-out rows. With false, dates are years alone, and such texts are dropped.
     */
    public E deriveColumns(boolean wanted) {
        return with(EstimatorSetting.DERIVE, wanted);
    }

    public boolean deriveColumns() {
        return settings.get(EstimatorSetting.DERIVE);
    }

    /** Ignores these columns as well, in training and in predictions; default none. */
    public E drop(String... columns) {
        return with(EstimatorSetting.DROP, more(EstimatorSetting.DROP, columns));
    }

    /** The dropped columns. */
    public Set<String> drop() {
        return settings.get(EstimatorSetting.DROP);
    }

    private Set<String> more(EstimatorSetting<Set<String>> setting, String... columns) {
        Set<String> all = new TreeSet<>(settings.get(setting));
        all.addAll(List.of(columns));
        return Set.copyOf(all);
    }

    /** Also learns from these text columns, which would be dropped because they have too many levels ({@link io.github.flux4j.table.Use}); default none. */
    public E keep(String... columns) {
        return with(EstimatorSetting.KEEP, more(EstimatorSetting.KEEP, columns));
    }

    /** The kept columns. */
    public Set<String> keep() {
        return settings.get(EstimatorSetting.KEEP);
    }

    /** Sets what happens to a text that training did not see; default {@link Unknown#ZEROS}. */
    public E unknown(Unknown zerosOrError) {
        return with(EstimatorSetting.UNKNOWN, zerosOrError);
    }

    public Unknown unknown() {
        return settings.get(EstimatorSetting.UNKNOWN);
    }

    /** Names a column that weights the rows, in training and in the held-out loss; default null, all rows count the same. */
    public E weights(@Nullable String column) {
        return with(EstimatorSetting.WEIGHTS, column);
    }

    public @Nullable String weights() {
        return settings.get(EstimatorSetting.WEIGHTS);
    }

    /**
     * Holds out rows with the same value of this column together, such as all rows of a customer; default null, each row by itself. Error, intervals and the best
     * epoch then hold for customers that no network saw. The model does not learn from the column, and predictions don't need it. Rows without a value are dropped.
     * {@code crossValidate}, {@code tune} and {@code learningCurve} do the same unless they get folds.
     */
    public E groupedBy(@Nullable String column) {
        return with(EstimatorSetting.GROUPS, column);
    }

    public @Nullable String groupedBy() {
        return settings.get(EstimatorSetting.GROUPS);
    }

    /**
     * Judges the model on later rows, in the order of this column of dates or numbers; default null, no order. It holds out the last half of the rows in five blocks,
     * or as many as {@code networks} says; for 1, only the last rows. Networks that saw only earlier rows predict each block; rows of the same time share a block.
     * The final model then trains on all rows for the best number of epochs.
     *
     * <p>The column stays a feature. Rows without a value are dropped. With {@code groupedBy}, a group has the time of its latest row. {@code crossValidate},
     * {@code tune} and {@code learningCurve} follow unless they get folds.
     */
    public E orderedBy(@Nullable String column) {
        return with(EstimatorSetting.TIME, column);
    }

    public @Nullable String orderedBy() {
        return settings.get(EstimatorSetting.TIME);
    }

    /**
     * Allows the report and the model file to contain single rows of the table; default false. Without it, they hold means and most frequent texts of at least five
     * rows, and name single rows only by number.
     */
    public E keepRows(boolean wanted) {
        return with(EstimatorSetting.KEEP_ROWS, wanted);
    }

    public boolean keepRows() {
        return settings.get(EstimatorSetting.KEEP_ROWS);
    }

    /** Chooses the best epoch by these rows; default null, by the held-out shares. All networks then train on all other rows. */
    public E validation(@Nullable Table rows) {
        return with(EstimatorSetting.VALIDATION, rows);
    }

    public @Nullable Table validation() {
        return settings.get(EstimatorSetting.VALIDATION);
    }

    /** Also fits a linear model to the same rows for comparison; default true. */
    public E yardstick(boolean wanted) {
        return with(EstimatorSetting.YARDSTICK, wanted);
    }

    public boolean yardstick() {
        return settings.get(EstimatorSetting.YARDSTICK);
    }

    /** Makes {@code resume} start again if the rule changed; default false. */
    public E restartOnRuleChange(boolean restarts) {
        return with(EstimatorSetting.RESTART_ON_RULE_CHANGE, restarts);
    }

    /** Receives each epoch, and one report a second within a long epoch, on the thread that fits; default none. */
    public E progress(Consumer<? super Epoch> progress) {
        return with(EstimatorSetting.PROGRESS, progress);
    }

    /**
     * One linear model in place of networks: ridge regression in closed form, or logistic regression, on standardised numbers, gaps and zeros and ones of texts. Held-out
     * rows choose its penalty. It has neither cosines nor curves.
     */
    public E linear() {
        return of(settings.with(EstimatorSetting.LINE, "alone")
                .with(EstimatorSetting.COSINES, 0)
                .with(EstimatorSetting.CURVES, false));
    }

    /**
     * Sets what a model with a line predicts beyond the ranges of training: {@code line} goes on along it, {@code range} stays within the range of the target. The default,
     * {@code automatic}, lets outer rows of training decide. Networks alone always stay.
     */
    public E beyond(String lineOrRange) {
        return with(EstimatorSetting.BEYOND, lineOrRange);
    }

    public String beyond() {
        return settings.get(EstimatorSetting.BEYOND);
    }

    /** MLJFlux's defaults but for the network. */
    E asMljFlux(Network network) {
        return of(settings.with(EstimatorSetting.NETWORK, network)
                .with(EstimatorSetting.RULE, new Adam(0.001))
                .with(EstimatorSetting.SCHEDULE, null)
                .with(EstimatorSetting.EPOCHS, 10)
                .with(EstimatorSetting.BATCH_SIZE, 1)
                .with(EstimatorSetting.NETWORKS, 1)
                .with(EstimatorSetting.PATIENCE, 0)
                .with(EstimatorSetting.SHUFFLE, false)
                .with(EstimatorSetting.PARTIAL, true)
                .with(EstimatorSetting.SCALE, false));
    }
}
