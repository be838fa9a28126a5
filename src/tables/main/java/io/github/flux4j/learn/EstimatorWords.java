package io.github.flux4j.learn;

import io.github.flux4j.fit.Epoch;
import io.github.flux4j.fit.Network;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Setting;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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

    <T> E with(Setting<T> setting, T value) {
        return of(settings.with(setting, value));
    }

    /** What all networks are, built anew for each: a lambda, or words such as {@code mlp(64, 64)}. */
    public E network(Network network) {
        return with(Setting.NETWORK, network);
    }

    /** What all networks are, as {@link Network#of(String)} reads it: {@code dense(64, relu), dropout(0.1)}. */
    public E network(String text) {
        return network(Network.of(text));
    }

    public Network network() {
        return settings.get(Setting.NETWORK);
    }

    /** How parameters move. */
    public E rule(Rule rule) {
        return with(Setting.RULE, rule);
    }

    public Rule rule() {
        return settings.get(Setting.RULE);
    }

    /** What is made small: of a regressor on the scaled target, of a classifier on outputs before softmax. */
    public E loss(LossFunction loss) {
        return with(Setting.LOSS, loss);
    }

    public LossFunction loss() {
        return settings.get(Setting.LOSS);
    }

    /** The learning rate of epoch 1, 2, …, in place of the rule's; null for that. */
    public E schedule(Schedule schedule) {
        return with(Setting.SCHEDULE, schedule);
    }

    public Schedule schedule() {
        return settings.get(Setting.SCHEDULE);
    }

    /** At most so many passes over the rows. */
    public E epochs(int most) {
        return with(Setting.EPOCHS, most);
    }

    public int epochs() {
        return settings.get(Setting.EPOCHS);
    }

    /** So many rows a batch. */
    public E batchSize(int rows) {
        return with(Setting.BATCH_SIZE, rows);
    }

    /** Rows a batch; −1 if it depends on how many there are. */
    public int batchSize() {
        return settings.get(Setting.BATCH_SIZE);
    }

    /**
     * MLJFlux's penalty: {@code λ·((1 − α)·Σp² + α·Σ|p|)} over the number of batches, as {@code weightDecay} and {@code signDecay} before the
     * rule, biases included.
     */
    public E penalty(double lambda, double alpha) {
        Setting.requirePenalty(lambda, alpha);
        return of(settings.with(Setting.LAMBDA, lambda).with(Setting.ALPHA, alpha));
    }

    /** λ of the penalty. */
    public double lambda() {
        return settings.get(Setting.LAMBDA);
    }

    /** α of the penalty. */
    public double alpha() {
        return settings.get(Setting.ALPHA);
    }

    /** So many networks, each without its share of the rows; of one, a tenth is left out (a fifth from 2000 rows on). */
    public E networks(int count) {
        return with(Setting.NETWORKS, count);
    }

    /** How many networks; −1 if it depends on how many rows there are. */
    public int networks() {
        return settings.get(Setting.NETWORKS);
    }

    /**
     * Ends training so many epochs after the one with the best joint loss on what is left out. 0: all epochs are made and the last one counts;
     * one network is then trained on all rows.
     */
    public E patience(int epochs) {
        return with(Setting.PATIENCE, epochs);
    }

    public int patience() {
        return settings.get(Setting.PATIENCE);
    }

    /** All chance comes from this. */
    public E seed(long seed) {
        return with(Setting.SEED, seed);
    }

    public long seed() {
        return settings.get(Setting.SEED);
    }

    /** Whether rows are in another order each epoch, as they are unless told otherwise. */
    public E shuffle(boolean shuffled) {
        return with(Setting.SHUFFLE, shuffled);
    }

    public boolean shuffle() {
        return settings.get(Setting.SHUFFLE);
    }

    /** Whether a last batch of fewer rows is trained on, too. */
    public E partial(boolean keep) {
        return with(Setting.PARTIAL, keep);
    }

    public boolean partial() {
        return settings.get(Setting.PARTIAL);
    }

    /** Without, numbers go into the network as they are, and so does the target: no scaling, no clipping, no cosines. */
    public E scale(boolean scaled) {
        return with(Setting.SCALE, scaled);
    }

    public boolean scale() {
        return settings.get(Setting.SCALE);
    }

    /**
     * Features {@code cos(2πwx + b)} beside each number x, with w from N(0, σ²) and b uniform, drawn from the seed and not trained; 0 for none.
     */
    public E cosines(int count, double sigma) {
        return of(settings.with(Setting.COSINES, count).with(Setting.SIGMA, sigma));
    }

    /** Cosines beside each number; −1 if it depends on rows and columns. */
    public int cosines() {
        return settings.get(Setting.COSINES);
    }

    /** σ of the cosines. */
    public double sigma() {
        return settings.get(Setting.SIGMA);
    }

    /** Learns from these columns of text, though they have so many levels that they would be left out. */
    public E keep(String... columns) {
        Set<String> kept = new TreeSet<>(settings.get(Setting.KEEP));
        kept.addAll(Set.of(columns));
        return with(Setting.KEEP, Set.copyOf(kept));
    }

    /** Those. */
    public Set<String> keep() {
        return settings.get(Setting.KEEP);
    }

    /** What is made of texts that aren't known. */
    public E unknown(Unknown zerosOrError) {
        return with(Setting.UNKNOWN, zerosOrError);
    }

    public Unknown unknown() {
        return settings.get(Setting.UNKNOWN);
    }

    /** A column that says how much each row counts, in training and in the loss on what is left out; null for none. */
    public E weights(String column) {
        return with(Setting.WEIGHTS, column);
    }

    public String weights() {
        return settings.get(Setting.WEIGHTS);
    }

    /** Takes these rows to decide which epoch is best, in place of shares of the rows that are trained on; null for those. */
    public E validation(Table rows) {
        return with(Setting.VALIDATION, rows);
    }

    public Table validation() {
        return settings.get(Setting.VALIDATION);
    }

    /** Whether a fit also makes a linear model of the same rows, to compare with. */
    public E yardstick(boolean wanted) {
        return with(Setting.YARDSTICK, wanted);
    }

    public boolean yardstick() {
        return settings.get(Setting.YARDSTICK);
    }

    /** Whether {@code resume} starts again where the rule has changed. */
    public E restartOnRuleChange(boolean restarts) {
        return with(Setting.RESTART_ON_RULE_CHANGE, restarts);
    }

    /** Is told of each epoch, on the thread that fits. */
    public E progress(Consumer<? super Epoch> progress) {
        return with(Setting.PROGRESS, progress);
    }

    /** MLJFlux's defaults but for the network. */
    E asMljFlux(Network network) {
        return of(settings.with(Setting.NETWORK, network)
                .with(Setting.RULE, new Adam(0.001))
                .with(Setting.SCHEDULE, null)
                .with(Setting.EPOCHS, 10)
                .with(Setting.BATCH_SIZE, 1)
                .with(Setting.NETWORKS, 1)
                .with(Setting.PATIENCE, 0)
                .with(Setting.SHUFFLE, false)
                .with(Setting.PARTIAL, true)
                .with(Setting.SCALE, false));
    }
}
