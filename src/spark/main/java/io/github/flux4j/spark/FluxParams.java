package io.github.flux4j.spark;

import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.Rule;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** The settings of an estimator, as Spark's parameters: in grids, in files, in copies. */
abstract class FluxParams<E extends FluxParams<E>> extends Estimator<FluxModel> {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final Param<String> network;
    private final Param<String> loss;
    private final Param<String> rule;
    private final DoubleParam l1;
    private final DoubleParam l2;
    private final Param<String> featuresCol;
    private final Param<String> labelCol;
    private final Param<String> weightCol;
    private final Param<String> predictionCol;
    private final IntParam batchSize;
    private final IntParam epochs;
    private final IntParam localSteps;
    private final LongParam seed;
    private final Param<String> checkpoint;
    private final IntParam checkpointEvery;
    private transient Consumer<String> progress = System.err::println;

    /** With this loss unless another one is set. */
    FluxParams(String uid, LossFunction usual) {
        this.uid = uid;
        network = text("network", "the network as text, chain(dense(8, 64, relu), dense(64, 1))");
        loss = text("loss", "what is minimised, as text: mse, huber(0.3)", usual.text());
        rule = text("rule", "how parameters move, as text: adam(0.001)", "adam");
        l1 = strength("l1", "strength of the penalty Σ|p|");
        l2 = strength("l2", "strength of the penalty ½Σp²");
        featuresCol = text("featuresCol", "the column of vectors", "features");
        labelCol = text("labelCol", "the column of targets", "label");
        weightCol = text("weightCol", "the column of the rows' weights");
        predictionCol = text("predictionCol", "receives the fitted model's prediction", "prediction");
        batchSize = count("batchSize", "rows a step over all partitions; 0 for all", 0, 65_536);
        epochs = count("epochs", "passes over the rows", 1, 10);
        localSteps = count("localSteps", "steps between averages of the parameters", 1, 1);
        seed = new LongParam(this, "seed", "of the start, the order of rows, and dropouts");
        setDefault(seed, 0L);
        checkpoint = text("checkpoint", "a file of the driver's to go on from");
        checkpointEvery = count("checkpointEvery", "steps between checkpoints", 1, 100);
    }

    private Param<String> text(String name, String says) {
        return new Param<>(this, name, says);
    }

    /** With a default. */
    Param<String> text(String name, String says, String usual) {
        Param<String> param = text(name, says);
        setDefault(param, usual);
        return param;
    }

    private IntParam count(String name, String says, int least, int usual) {
        IntParam param = new IntParam(this, name, says, ParamValidators.gtEq(least));
        setDefault(param, usual);
        return param;
    }

    private DoubleParam strength(String name, String says) {
        DoubleParam param = new DoubleParam(this, name, says, ParamValidators.gtEq(0));
        setDefault(param, 0.0);
        return param;
    }

    @Override
    public String uid() {
        return uid;
    }

    public Param<String> network() {
        return network;
    }

    public Param<String> loss() {
        return loss;
    }

    public Param<String> rule() {
        return rule;
    }

    public DoubleParam l1() {
        return l1;
    }

    public DoubleParam l2() {
        return l2;
    }

    public Param<String> featuresCol() {
        return featuresCol;
    }

    public Param<String> labelCol() {
        return labelCol;
    }

    public Param<String> weightCol() {
        return weightCol;
    }

    public Param<String> predictionCol() {
        return predictionCol;
    }

    public IntParam batchSize() {
        return batchSize;
    }

    public IntParam epochs() {
        return epochs;
    }

    public IntParam localSteps() {
        return localSteps;
    }

    public LongParam seed() {
        return seed;
    }

    public Param<String> checkpoint() {
        return checkpoint;
    }

    public IntParam checkpointEvery() {
        return checkpointEvery;
    }

    /** What is minimised; one of the library's, since it travels as text. */
    public E setLoss(LossFunction function) {
        return with(loss, Sent.text("the loss " + function, function::text, LossFunction::parse));
    }

    /** How parameters move; one of the library's, since it travels as text. */
    public E setRule(Rule moving) {
        return with(rule, Sent.text("the rule " + moving, moving::text, Rule::parse));
    }

    /** Adds {@code l1·Σ|p| + l2/2·Σp²} to the loss. */
    public E setPenalty(Penalty penalty) {
        set(l2, penalty.l2());
        return with(l1, (Object) penalty.l1());
    }

    /** Takes features from this column of vectors or arrays. */
    public E setFeaturesCol(String name) {
        return with(featuresCol, name);
    }

    /** Takes targets from this column. */
    public E setLabelCol(String name) {
        return with(labelCol, name);
    }

    /** Lets rows count as this column says; a mean still divides by their number. */
    public E setWeightCol(String name) {
        return with(weightCol, name);
    }

    /** Where the fitted model writes its prediction. */
    public E setPredictionCol(String name) {
        return with(predictionCol, name);
    }

    /** So many rows a step, over all partitions; 0 for all of them. */
    public E setBatchSize(int rows) {
        return with(batchSize, (Object) rows);
    }

    /** So many passes over the rows. */
    public E setEpochs(int passes) {
        return with(epochs, (Object) passes);
    }

    /**
     * Lets each partition make so many steps alone, each on its share of a batch and with a rule that remembers its own steps, before parameters
     * are averaged: fewer messages. It needs rows that are shuffled over the partitions, is not equal to one machine, and not repeatable to the bit
     * once a worker was lost.
     */
    public E setLocalSteps(int steps) {
        return with(localSteps, (Object) steps);
    }

    /** Of the start, the order of rows, and dropouts. */
    public E setSeed(long value) {
        return with(seed, (Object) value);
    }

    /**
     * Writes model and optimiser to a file on the driver's machine after every so many steps, and at the end. If the file is there when {@code fit}
     * is called, it goes on from there, to the bit as if it had never stopped, and says so: "goes on from FILE at epoch 3 of 5". A finished run's
     * model is given back untrained, which is said, too, unless there are to be more epochs.
     *
     * <p>{@code fit} throws {@link IllegalArgumentException} with what differs if the file is of a run with another start, loss, penalty, rule, batch
     * size, number of local steps, seed, other columns or other rows, or stands beyond the epochs that are asked for. Of rows a hash of those of each
     * partition is compared, as numbers of the network's type and in whatever order a partition has them: of the same data frame, read again, it is
     * the same where the same rows come into the same partitions. Files of versions that didn't write down what their run is of are refused.
     *
     * <p>A copy, such as {@code CrossValidator} makes for each fit, has a file of its own beside this one, {@code run-0123456789abcdef.flux4j} for
     * {@code run.flux4j}, with a hash of the run in its name. So a cross-validation that was interrupted goes on with the fit that it was at.
     */
    public E setCheckpoint(Path file, int everySteps) {
        set(checkpointEvery, everySteps);
        return with(checkpoint, file.toString());
    }

    /** Where lines go that tell how it gets on: an epoch's end, every ten seconds, and advice. {@code System.err} unless told otherwise. */
    public E setProgress(Consumer<String> listener) {
        progress = Objects.requireNonNull(listener, "progress is null; for silence pass line -> {}");
        return self();
    }

    /** Itself with a setting changed. */
    <T> E with(Param<T> param, T value) {
        set(param, value);
        return self();
    }

    @SuppressWarnings("unchecked") // E is the class that extends this one
    private E self() {
        return (E) this;
    }

    /** Where lines of progress go. */
    Consumer<String> listener() {
        return progress;
    }

    /** The value of a setting; Scala's numbers are objects to Java. */
    int value(IntParam param) {
        return (Integer) this.<Object>getOrDefault(param);
    }

    /** As {@link #value(IntParam)}. */
    long value(LongParam param) {
        return (Long) this.<Object>getOrDefault(param);
    }

    /** As {@link #value(IntParam)}. */
    double value(DoubleParam param) {
        return (Double) this.<Object>getOrDefault(param);
    }
}
