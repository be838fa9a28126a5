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

/** The settings of an estimator as Spark parameters, for grids, files and copies. */
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

    /** Sets the loss, one of flux4j's own, since it travels as text; default {@code mse}, {@code logitcrossentropy} for classes. */
    public E setLoss(LossFunction function) {
        return with(loss, Sent.text("the loss " + function, function::text, LossFunction::parse));
    }

    /** Sets the optimisation rule, one of flux4j's own, since it travels as text; default {@code adam}. */
    public E setRule(Rule moving) {
        return with(rule, Sent.text("the rule " + moving, moving::text, Rule::parse));
    }

    /** Adds {@code l1·Σ|p| + l2/2·Σp²} to the loss; default 0. */
    public E setPenalty(Penalty penalty) {
        set(l2, penalty.l2());
        return with(l1, (Object) penalty.l1());
    }

    /** Sets the column of features, vectors or arrays; default {@code features}. */
    public E setFeaturesCol(String name) {
        return with(featuresCol, name);
    }

    /** Sets the column of targets; default {@code label}. */
    public E setLabelCol(String name) {
        return with(labelCol, name);
    }

    /** Weights rows by this column, though a mean still divides by their number; default none. */
    public E setWeightCol(String name) {
        return with(weightCol, name);
    }

    /** Sets the column for the fitted model's prediction; default {@code prediction}. */
    public E setPredictionCol(String name) {
        return with(predictionCol, name);
    }

    /** Sets the rows per step over all partitions; default 65 536, 0 for all rows. */
    public E setBatchSize(int rows) {
        return with(batchSize, (Object) rows);
    }

    /** Sets the number of epochs; default 10. */
    public E setEpochs(int passes) {
        return with(epochs, (Object) passes);
    }

    /**
     * Averages parameters only after this many steps of each partition alone, on its share of a batch and with its own rule state; default 1, every step. More steps
     * mean fewer messages. They need rows shuffled over the partitions, differ from training on one machine, and can't be repeated to the bit after a worker was
     * lost.
     */
    public E setLocalSteps(int steps) {
        return with(localSteps, (Object) steps);
    }

    /** Sets the seed of the start, the order of rows, and dropouts; default 0. */
    public E setSeed(long value) {
        return with(seed, (Object) value);
    }

    /**
     * Saves model and optimiser to a file on the driver after each {@code everySteps} steps (default 100), and at the end; default no file. If the file exists,
     * {@code fit} continues from it, as if it had never stopped, to the bit, and says so: "goes on from FILE at epoch 3 of 5". It returns a finished run's model
     * untrained, and says so, unless there are more epochs to do.
     *
     * <p>{@code fit} throws {@link IllegalArgumentException} and names the difference if the file's run has another start, loss, penalty, rule, batch size, number of
     * local steps, seed, columns or rows, or is beyond the requested epochs. It compares rows by a hash per partition, of numbers in the network's type and in any
     * order. So the same data frame, read again, matches if the same rows come into the same partitions. It refuses files of early versions, which do not describe
     * their run.
     *
     * <p>A copy, such as {@code CrossValidator} makes for each fit, uses a file of its own beside this one, {@code run-0123456789abcdef.flux4j} for
     * {@code run.flux4j}, named by a hash of its run. So an interrupted cross-validation continues with the fit that it was at.
     */
    public E setCheckpoint(Path file, int everySteps) {
        set(checkpointEvery, everySteps);
        return with(checkpoint, file.toString());
    }

    /** Receives lines about progress, at each epoch's end and every ten seconds, and advice; default {@code System.err}. */
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
