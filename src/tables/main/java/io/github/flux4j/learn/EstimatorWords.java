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

/** The words that regressors and classifiers have in common: each gives another estimator with one setting changed. */
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

    /** What all networks are, built anew for each: a lambda, or words such as {@code mlp(64, 64)}. */
    public E network(Network network) {
        return with(EstimatorSetting.NETWORK, network);
    }

    /** What all networks are, as {@link Network#of(String)} reads it: {@code dense(64, relu), dropout(0.1)}. */
    public E network(String text) {
        return network(Network.of(text));
    }

    public Network network() {
        return settings.get(EstimatorSetting.NETWORK);
    }

    /** How parameters move. */
    public E rule(Rule rule) {
        return with(EstimatorSetting.RULE, rule);
    }

    public Rule rule() {
        return settings.get(EstimatorSetting.RULE);
    }

    /** What is made small: of a regressor on the scaled target, of a classifier on outputs before softmax. */
    public E loss(LossFunction loss) {
        return with(EstimatorSetting.LOSS, loss);
    }

    public LossFunction loss() {
        return settings.get(EstimatorSetting.LOSS);
    }

    /** The learning rate of epoch 1, 2, …, in place of the rule's; null for that. */
    public E schedule(@Nullable Schedule schedule) {
        return with(EstimatorSetting.SCHEDULE, schedule);
    }

    public @Nullable Schedule schedule() {
        return settings.get(EstimatorSetting.SCHEDULE);
    }

    /** At most so many passes over the rows. */
    public E epochs(int most) {
        return with(EstimatorSetting.EPOCHS, most);
    }

    public int epochs() {
        return settings.get(EstimatorSetting.EPOCHS);
    }

    /** So many rows a batch. */
    public E batchSize(int rows) {
        return with(EstimatorSetting.BATCH_SIZE, rows);
    }

    /** Rows a batch; −1 if it depends on how many there are. */
    public int batchSize() {
        return settings.get(EstimatorSetting.BATCH_SIZE);
    }

    /**
     * MLJFlux's penalty: {@code λ·((1 − α)·Σp² + α·Σ|p|)} over the number of batches, as {@code weightDecay} and {@code signDecay} before the
     * rule, biases included.
     */
    public E penalty(double lambda, double alpha) {
        EstimatorSetting.requirePenalty(lambda, alpha);
        return of(settings.with(EstimatorSetting.LAMBDA, lambda).with(EstimatorSetting.ALPHA, alpha));
    }

    /** λ of the penalty. */
    public double lambda() {
        return settings.get(EstimatorSetting.LAMBDA);
    }

    /** α of the penalty. */
    public double alpha() {
        return settings.get(EstimatorSetting.ALPHA);
    }

    /** So many networks, each without its share of the rows; of one, a tenth is left out (a fifth from 5000 rows on). */
    public E networks(int count) {
        return with(EstimatorSetting.NETWORKS, count);
    }

    /** How many networks; −1 if it depends on how many rows there are. */
    public int networks() {
        return settings.get(EstimatorSetting.NETWORKS);
    }

    /**
     * Ends training so many epochs after the one with the best joint loss on what is left out. 0: all epochs are made and the last one counts;
     * one network is then trained on all rows.
     */
    public E patience(int epochs) {
        return with(EstimatorSetting.PATIENCE, epochs);
    }

    public int patience() {
        return settings.get(EstimatorSetting.PATIENCE);
    }

    /**
     * Ends each training after this time with the best so far, also within an epoch; null, the default, for no limit. Judging takes some seconds
     * more. How far a training comes then depends on the machine; without a limit, nothing depends on time.
     */
    public E timeLimit(@Nullable Duration most) {
        return with(EstimatorSetting.TIME_LIMIT, most);
    }

    public @Nullable Duration timeLimit() {
        return settings.get(EstimatorSetting.TIME_LIMIT);
    }

    /** All chance comes from this. */
    public E seed(long seed) {
        return with(EstimatorSetting.SEED, seed);
    }

    public long seed() {
        return settings.get(EstimatorSetting.SEED);
    }

    /** Whether rows are in another order each epoch, as they are unless told otherwise. */
    public E shuffle(boolean shuffled) {
        return with(EstimatorSetting.SHUFFLE, shuffled);
    }

    public boolean shuffle() {
        return settings.get(EstimatorSetting.SHUFFLE);
    }

    /** Whether a last batch of fewer rows is trained on, too. */
    public E partial(boolean keep) {
        return with(EstimatorSetting.PARTIAL, keep);
    }

    public boolean partial() {
        return settings.get(EstimatorSetting.PARTIAL);
    }

    /** Without, numbers go into the network as they are, and so does the target: no scaling, no clipping, no periodic functions, no factors. */
    public E scale(boolean scaled) {
        return with(EstimatorSetting.SCALE, scaled);
    }

    public boolean scale() {
        return settings.get(EstimatorSetting.SCALE);
    }

    /**
     * Features {@code cos(2πwx + b)} beside each number x, with w from N(0, σ²) and b uniform, drawn from the seed and not trained; 0, the default, for none; −1 for
     * eight where there are at most 30 columns of numbers and ten rows for each.
     */
    public E cosines(int count, double sigma) {
        return of(settings.with(EstimatorSetting.COSINES, count).with(EstimatorSetting.SIGMA, sigma));
    }

    /** Cosines beside each number; −1 if it depends on rows and columns. */
    public int cosines() {
        return settings.get(EstimatorSetting.COSINES);
    }

    /** σ of the cosines. */
    public double sigma() {
        return settings.get(EstimatorSetting.SIGMA);
    }

    /**
     * Learns three periodic functions of each number, of so many frequencies ({@link io.github.flux4j.layers.Layer#periodic}), which go into the network beside it; 0
     * for none. By default 16 (8 from 50 000 rows on), where there are at most 30 columns of numbers and ten rows for each.
     */
    public E periodic(int frequencies) {
        return with(EstimatorSetting.FREQUENCIES, frequencies);
    }

    /** Frequencies of the periodic functions; −1 if it depends on rows and columns. */
    public int periodic() {
        return settings.get(EstimatorSetting.FREQUENCIES);
    }

    /**
     * Learns a factor for each of the network's inputs, which starts at 1, with so many times the learning rate, so that columns that tell little fade; 0 for none. By
     * default 30, but no rate above 0.1, and the usual one where a schedule moves that, or the rule is neither Adam nor AdamW.
     */
    public E inputRate(double times) {
        return with(EstimatorSetting.INPUT_RATE, times);
    }

    /** How many times the learning rate the inputs' factors have; 0 without factors. */
    public double inputRate() {
        return settings.get(EstimatorSetting.INPUT_RATE);
    }

    /**
     * Whether numbers with heavy tails have their normal quantile beside them, and those that are mostly one value an arcsinh; they do by default.
     */
    public E curves(boolean wanted) {
        return with(EstimatorSetting.CURVES, wanted);
    }

    public boolean curves() {
        return settings.get(EstimatorSetting.CURVES);
    }

    /**
     * Texts of at least so many levels become min(levels − 1, 10) learnt numbers each, MLJFlux's {@code embedding_dims}; 0, the default, for none.
     * Published comparisons see no better predictions by it: it is for texts of hundreds of levels, and for {@link Fitted#transform}, which
     * gives these numbers to other models.
     */
    public E embeddings(int levels) {
        return with(EstimatorSetting.EMBEDDINGS, levels);
    }

    /** From how many levels on texts are embedded; 0 if none is. */
    public int embeddings() {
        return settings.get(EstimatorSetting.EMBEDDINGS);
    }

    /**
     * Whether a date may become its season and weekday beside the years, and a text of too many levels its most frequent fifty and "other": each where ridge
     * regression of held-out rows is better for it, as it is unless told otherwise. False: dates are years alone, and such texts are dropped.
     */
    public E deriveColumns(boolean wanted) {
        return with(EstimatorSetting.DERIVE, wanted);
    }

    public boolean deriveColumns() {
        return settings.get(EstimatorSetting.DERIVE);
    }

    /** Learns nothing from these columns, and predictions don't need them. */
    public E drop(String... columns) {
        return with(EstimatorSetting.DROP, more(EstimatorSetting.DROP, columns));
    }

    /** Those. */
    public Set<String> drop() {
        return settings.get(EstimatorSetting.DROP);
    }

    private Set<String> more(EstimatorSetting<Set<String>> setting, String... columns) {
        Set<String> all = new TreeSet<>(settings.get(setting));
        all.addAll(List.of(columns));
        return Set.copyOf(all);
    }

    /** Learns from these columns of text, though they have so many levels that they would be left out. */
    public E keep(String... columns) {
        return with(EstimatorSetting.KEEP, more(EstimatorSetting.KEEP, columns));
    }

    /** Those. */
    public Set<String> keep() {
        return settings.get(EstimatorSetting.KEEP);
    }

    /** What is made of texts that aren't known. */
    public E unknown(Unknown zerosOrError) {
        return with(EstimatorSetting.UNKNOWN, zerosOrError);
    }

    public Unknown unknown() {
        return settings.get(EstimatorSetting.UNKNOWN);
    }

    /** A column that says how much each row counts, in training and in the loss on what is left out; null for none. */
    public E weights(@Nullable String column) {
        return with(EstimatorSetting.WEIGHTS, column);
    }

    public @Nullable String weights() {
        return settings.get(EstimatorSetting.WEIGHTS);
    }

    /**
     * Holds rows with the same value of this column out together, such as those of a customer: so that the error, the intervals and the epoch taken are
     * those for customers that no network has seen. Nothing is learnt from the column, and predictions don't need it. Rows without a value are dropped.
     * {@code crossValidate}, {@code tune} and {@code learningCurve} do the same unless folds are given. Null for none.
     */
    public E groupedBy(@Nullable String column) {
        return with(EstimatorSetting.GROUPS, column);
    }

    public @Nullable String groupedBy() {
        return settings.get(EstimatorSetting.GROUPS);
    }

    /**
     * Judges by what comes later in this column of dates or numbers: of the last half of the rows, each block is predicted by networks that saw only
     * rows before it, with rows of the same time in one block. There are five blocks, or as many as {@code networks} says; if that is 1, the last rows are one. The
     * model then learns from all rows for as many epochs as was best. The column is learnt from as any other. Rows without a value are dropped. With
     * {@code groupedBy}, a group has the time of its latest row. {@code crossValidate}, {@code tune} and {@code learningCurve} follow unless folds are given. Null for none.
     */
    public E orderedBy(@Nullable String column) {
        return with(EstimatorSetting.TIME, column);
    }

    public @Nullable String orderedBy() {
        return settings.get(EstimatorSetting.TIME);
    }

    /**
     * Whether a report and a model's file may have some rows of the table as they are: the rows that the report explains, and those that stand for the others.
     * Unless that is wanted, they have means and most frequent texts of five rows at least, and of single rows their numbers.
     */
    public E keepRows(boolean wanted) {
        return with(EstimatorSetting.KEEP_ROWS, wanted);
    }

    public boolean keepRows() {
        return settings.get(EstimatorSetting.KEEP_ROWS);
    }

    /** Takes these rows to decide which epoch is best, in place of shares of the rows that are trained on; null for those. */
    public E validation(@Nullable Table rows) {
        return with(EstimatorSetting.VALIDATION, rows);
    }

    public @Nullable Table validation() {
        return settings.get(EstimatorSetting.VALIDATION);
    }

    /** Whether a fit also makes a linear model of the same rows, to compare with. */
    public E yardstick(boolean wanted) {
        return with(EstimatorSetting.YARDSTICK, wanted);
    }

    public boolean yardstick() {
        return settings.get(EstimatorSetting.YARDSTICK);
    }

    /** Whether {@code resume} starts again where the rule has changed. */
    public E restartOnRuleChange(boolean restarts) {
        return with(EstimatorSetting.RESTART_ON_RULE_CHANGE, restarts);
    }

    /** Is told of each epoch, and each second within a long one, on the thread that fits. */
    public E progress(Consumer<? super Epoch> progress) {
        return with(EstimatorSetting.PROGRESS, progress);
    }

    /** A linear model in place of networks, about as good as the yardstick: one {@code dense} without cosines, by {@code adam(0.01)} in 1000 epochs at most. */
    public E linear() {
        return of(settings.with(EstimatorSetting.NETWORK, Network.of("dense"))
                .with(EstimatorSetting.COSINES, 0)
                .with(EstimatorSetting.FREQUENCIES, 0)
                .with(EstimatorSetting.INPUT_RATE, 0.0)
                .with(EstimatorSetting.RULE, new Adam(0.01))
                .with(EstimatorSetting.EPOCHS, 1000));
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
