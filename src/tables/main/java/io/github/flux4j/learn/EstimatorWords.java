package io.github.flux4j.learn;

import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The words that regressors and classifiers have in common: each gives another estimator with one setting changed. */
abstract class EstimatorWords<E> {

    private final Settings settings;

    EstimatorWords(Settings settings) {
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    /** The same kind with other settings. */
    abstract E of(Settings changed);

    private E with(Consumer<Settings> change) {
        return of(settings.with(change));
    }

    /** What all networks are, built anew for each: a lambda, or words such as {@code mlp(64, 64)}. */
    public E network(Network network) {
        Objects.requireNonNull(network, "network is null");
        return with(s -> s.network = network);
    }

    /** What all networks are, as {@link Network#of(String)} reads it: {@code dense(64, relu), dropout(0.1)}. */
    public E network(String text) {
        return network(Network.of(text));
    }

    public Network network() {
        return settings.network;
    }

    /** How parameters move. */
    public E rule(Rule rule) {
        Objects.requireNonNull(rule, "rule is null");
        return with(s -> s.rule = rule);
    }

    public Rule rule() {
        return settings.rule;
    }

    /** What is made small: of a regressor on the scaled target, of a classifier on outputs before softmax. */
    public E loss(LossFunction loss) {
        Objects.requireNonNull(loss, "loss is null");
        return with(s -> s.loss = loss);
    }

    public LossFunction loss() {
        return settings.loss;
    }

    /** The learning rate of epoch 1, 2, …, in place of the rule's; null for that. */
    public E schedule(Schedule schedule) {
        return with(s -> s.schedule = schedule);
    }

    public Schedule schedule() {
        return settings.schedule;
    }

    /** At most so many passes over the rows. */
    public E epochs(int most) {
        atLeast("epochs", most, 1);
        return with(s -> s.epochs = most);
    }

    public int epochs() {
        return settings.epochs;
    }

    /** So many rows a batch. */
    public E batchSize(int rows) {
        atLeast("batchSize", rows, 1);
        return with(s -> s.batchSize = rows);
    }

    /** Rows a batch; −1 if it depends on how many there are. */
    public int batchSize() {
        return settings.batchSize;
    }

    /**
     * MLJFlux's penalty: {@code λ·((1 − α)·Σp² + α·Σ|p|)} over the number of batches, as {@code weightDecay} and {@code signDecay} before the
     * rule, biases included.
     */
    public E penalty(double lambda, double alpha) {
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY && alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("penalty(λ, α) needs a finite λ ≥ 0 and an α from 0 to 1, but they were "
                    + lambda + " and " + alpha);
        }
        return with(s -> {
            s.lambda = lambda;
            s.alpha = alpha;
        });
    }

    /** λ of the penalty. */
    public double lambda() {
        return settings.lambda;
    }

    /** α of the penalty. */
    public double alpha() {
        return settings.alpha;
    }

    /** So many networks, each without its share of the rows; of one, a tenth is left out (a fifth from 2000 rows on). */
    public E networks(int count) {
        atLeast("networks", count, 1);
        return with(s -> s.networks = count);
    }

    /** How many networks; −1 if it depends on how many rows there are. */
    public int networks() {
        return settings.networks;
    }

    /**
     * Ends training so many epochs after the one with the best joint loss on what is left out. 0: all epochs are made and the last one counts;
     * one network is then trained on all rows.
     */
    public E patience(int epochs) {
        atLeast("patience", epochs, 0);
        return with(s -> s.patience = epochs);
    }

    public int patience() {
        return settings.patience;
    }

    /** All chance comes from this. */
    public E seed(long seed) {
        return with(s -> s.seed = seed);
    }

    public long seed() {
        return settings.seed;
    }

    /** Whether rows are in another order each epoch, as they are unless told otherwise. */
    public E shuffle(boolean shuffled) {
        return with(s -> s.shuffled = shuffled);
    }

    public boolean shuffle() {
        return settings.shuffled;
    }

    /** Whether a last batch of fewer rows is trained on, too. */
    public E partial(boolean keep) {
        return with(s -> s.partial = keep);
    }

    public boolean partial() {
        return settings.partial;
    }

    /** Without, numbers go into the network as they are, and so does the target: no scaling, no clipping, no cosines. */
    public E scale(boolean scaled) {
        return with(s -> s.scaled = scaled);
    }

    public boolean scale() {
        return settings.scaled;
    }

    /**
     * Features {@code cos(2πwx + b)} beside each number x, with w from N(0, σ²) and b uniform, drawn from the seed and not trained; 0 for none.
     */
    public E cosines(int count, double sigma) {
        atLeast("cosines", count, 0);
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("σ of cosines must be finite and above 0, but was " + sigma);
        }
        return with(s -> {
            s.cosines = count;
            s.sigma = sigma;
        });
    }

    /** Cosines beside each number; −1 if it depends on rows and columns. */
    public int cosines() {
        return settings.cosines;
    }

    /** σ of the cosines. */
    public double sigma() {
        return settings.sigma;
    }

    /** Learns from these columns of text, though they have so many levels that they would be left out. */
    public E keep(String... columns) {
        Set<String> kept = new TreeSet<>(settings.keep);
        kept.addAll(Set.of(columns));
        return with(s -> s.keep = Set.copyOf(kept));
    }

    /** Those. */
    public Set<String> keep() {
        return settings.keep;
    }

    /** What is made of texts that aren't known. */
    public E unknown(Unknown zerosOrError) {
        Objects.requireNonNull(zerosOrError, "unknown is null");
        return with(s -> s.unknown = zerosOrError);
    }

    public Unknown unknown() {
        return settings.unknown;
    }

    /** A column that says how much each row counts, in training and in the loss on what is left out; null for none. */
    public E weights(String column) {
        return with(s -> s.weights = column);
    }

    public String weights() {
        return settings.weights;
    }

    /** Takes these rows to decide which epoch is best, in place of shares of the rows that are trained on; null for those. */
    public E validation(Table rows) {
        return with(s -> s.validation = rows);
    }

    public Table validation() {
        return settings.validation;
    }

    /** Whether a fit also makes a linear model of the same rows, to compare with. */
    public E yardstick(boolean wanted) {
        return with(s -> s.yardstick = wanted);
    }

    public boolean yardstick() {
        return settings.yardstick;
    }

    /** Whether {@code resume} starts again where the rule has changed. */
    public E restartOnRuleChange(boolean restarts) {
        return with(s -> s.restartsOnRuleChange = restarts);
    }

    /** Is told of each epoch, on the thread that fits. */
    public E progress(Consumer<? super Epoch> progress) {
        Objects.requireNonNull(progress, "progress is null; for silence say nothing");
        return with(s -> s.progress = progress);
    }

    /** MLJFlux's defaults but for the network. */
    E asMljFlux(Network network) {
        return with(s -> {
            s.network = network;
            s.rule = new Adam(0.001);
            s.schedule = null;
            s.epochs = 10;
            s.batchSize = 1;
            s.networks = 1;
            s.patience = 0;
            s.shuffled = false;
            s.partial = true;
            s.scaled = false;
        });
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
    }
}
