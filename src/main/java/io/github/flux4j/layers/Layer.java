package io.github.flux4j.layers;

import io.github.flux4j.arrays.Finiteness;
import io.github.flux4j.arrays.Lifetime;
import io.github.flux4j.arrays.SplitMix;
import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.OverflowException;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.Recipe;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer, which is a model too: a single {@link Dense} as well as a {@link Chain} of them. Arrays have one example per row (Flux keeps
 * one per column): features {@code [n, inputs]}, predictions {@code [n, outputs]}.
 *
 * <p>Its parameters lie in one flat vector, which {@code weight()}, {@code params}, the optimiser and {@link #network()} all see. A layer
 * that joins a chain moves its values into the chain's vector; arrays taken from it before are copies from then on.
 *
 * <p>A model computes in the type of its parameters: Float32, or Float64 if it was made by {@code f64}. A layer or chain that has neither
 * parameters nor statistics, such as {@code TANH} or a dropout, computes in the type of its input (that of features given as
 * {@code double[]} is Float64), unless {@code f64} or {@code f32} has given it a type.
 */
public abstract class Layer {

    private static final String FILL = "Fill or leave out such rows before predicting";

    private INDArray flat;

    /** Null as long as it is the input's, which it can be where there are no numbers of the model's own. */
    private DataType dataType;

    private Chain owner;
    private volatile Program program;
    private volatile Program programForFloat64;
    private String engineReason;
    private INDArray programMemory;
    private Recipe recipe;
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();

    Layer() {}

    /**
     * A layer of your own.
     *
     * @param name what it is printed as, and named in text; to read such text, pass it as a part
     * @param kernel what it computes
     * @throws IllegalArgumentException if the name can't be written in text or is that of one of the library's
     */
    public static Layer of(String name, Kernel kernel) {
        return new KernelLayer.Settings(name, kernel).build();
    }

    /**
     * As {@link #parse(String, Parts)} with the library's layers alone.
     *
     * @throws IllegalArgumentException as {@link #parse(String, Parts)}
     */
    public static Layer parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * A new model of the structure that a text says: {@code chain(dense(8, 64, relu), dropout(0.1), dense(64, 1))}. Settings that are as by
     * default may be left out, others may be given by name ({@code bias=false}); so may a layer's inputs where the one before says them:
     * {@code dense(64, relu)}. Layers of a chain may have names: {@code chain(encoder=dense(4, 2), decoder=dense(2, 4))}.
     *
     * @param parts layers and activations of your own that the text may name
     * @return in Float32, started anew
     * @throws IllegalArgumentException if the text can't be read, a name in it is unknown, or a layer refuses its settings
     */
    public static Layer parse(String text, Parts parts) {
        return LayerWords.read(Call.parse(text), 0, parts).build();
    }

    /**
     * The model's structure as text, which {@link #parse} reads: {@code dense(8, 64, relu)}.
     *
     * @throws IllegalArgumentException if a name in it can't be written, as that of an activation of your own with a space
     */
    public String text() {
        return structure().call().toString();
    }

    /** What it computes, for engines. */
    abstract List<Operation> operations();

    /** A copy with parameters of this type, in memory of its own; null for one without a type, which has no parameters. */
    abstract Layer copy(DataType type);

    /** A copy that computes in this type; null for that of its input. */
    @SuppressWarnings("unchecked") // a layer's copy is of its own class
    static <L extends Layer> L copyIn(DataType type, L model) {
        L copy = (L) model.copy(type);
        copy.setDataType(type);
        return copy;
    }

    /** A copy in memory of its own and in no chain. */
    public static <L extends Layer> L copyOf(L model) {
        return copyIn(Objects.requireNonNull(model, "model is null").ownType(), model);
    }

    /**
     * A copy with parameters of this type, which it computes in, in memory of its own and in no chain.
     *
     * @throws IllegalArgumentException if the type is neither FLOAT nor DOUBLE
     */
    public static <L extends Layer> L copyAs(DataType type, L model) {
        if (Objects.requireNonNull(type, "type is null") != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("a model's type must be FLOAT or DOUBLE, but was " + type);
        }
        requireRoom(Objects.requireNonNull(model, "model is null").inOneLine(), model.parameterCount(), type);
        return copyIn(type, model);
    }

    /** Throws if a model would have more parameters of this type than an array can have elements, 2³¹ − 1 bytes. */
    static void requireRoom(String model, long parameters, DataType type) {
        long most = Integer.MAX_VALUE / type.width();
        if (parameters > most) {
            throw new IllegalArgumentException(model + " would have " + parameters
                    + " parameters, but a model can have at most " + most + " of type " + type);
        }
    }

    /** In one line, as inside a chain. */
    abstract String describe();

    /** In one line, for messages: {@code Chain(Dense(2 => 4, tanh), Dense(4 => 1))}. */
    public final String inOneLine() {
        return describe();
    }

    /** Points the layer's own arrays at {@code flat}, which has its values already. */
    void attach(INDArray flat) {}

    /** Its trainable arrays, in the order in which they lie in the flat parameters. */
    public List<Parameter> trainables() {
        return List.of();
    }

    /** Its arrays that are not trained but belong to its state, such as running statistics. */
    List<Parameter> buffers() {
        return List.of();
    }

    /** Whether there are running statistics, which {@link #commitStatistics} moves. */
    public boolean keepsStatistics() {
        return !buffers().isEmpty();
    }

    /** Forces layers that differ in training and testing into one of both, or lets them choose again. */
    public void setMode(Mode mode) {}

    /** That; AUTO for layers that do not differ, and for chains, whose layers have modes of their own. */
    public Mode mode() {
        return Mode.AUTO;
    }

    /** Where its generator of random numbers stands, such as a dropout's; null if it has none. A chain's layers have theirs. */
    SplitMix generator() {
        return null;
    }

    /** What it is but for its numbers. */
    public abstract Structure structure();

    /** How many features a row must have, or 0 if any number will do. */
    public int inputs() {
        return structure().inputs();
    }

    /**
     * How many columns the predictions have for rows of {@code inputs} features.
     *
     * @throws IllegalArgumentException if the model can't take so many
     */
    public final int outputSize(int inputs) {
        if (inputs < 1 || inputs() != 0 && inputs != inputs()) {
            throw new IllegalArgumentException(entrance() + " expects "
                    + (inputs() == 0 ? "at least 1 feature" : inputs() + (inputs() == 1 ? " feature" : " features"))
                    + " per row, but outputSize was asked for " + inputs);
        }
        return outputs(inputs);
    }

    /** How many columns come out for as many as fit. */
    int outputs(int inputs) {
        return structure().outputs(inputs);
    }

    /** Whether it has neither parameters nor state, and so may stand in several chains. */
    boolean isStateless() {
        return false;
    }

    /** How many trainable numbers it has. */
    public int parameterCount() {
        INDArray parameters = flatParameters();
        return parameters == null ? 0 : (int) parameters.length();
    }

    /**
     * All parameters in one vector, live; null if there are none. DL4J's order: W row by row as {@code [out, in]}, then b, layer by layer.
     *
     * <p>These are the trainable numbers alone. The running statistics of a {@link BatchNorm} are not among them: who copies or saves a model
     * that has some takes {@link State}, which has both.
     */
    public INDArray flatParameters() {
        return flat;
    }

    /** FLOAT, or DOUBLE for a model made by {@code f64}; FLOAT for one that computes in the type of its input. */
    public final DataType dataType() {
        return dataType == null ? DataType.FLOAT : dataType;
    }

    /** The type it has whatever its input has; null if there is none. */
    final DataType ownType() {
        return dataType;
    }

    Chain owner() {
        return owner;
    }

    /** First values, in memory of its own. Float32 is what every layer starts with: without values it stands for no type. */
    void initialise(DataType type, double[] values) {
        if (values.length > 0 || type != DataType.FLOAT) {
            dataType = type;
        }
        if (values.length > 0) {
            place(Tensors.of(type, values, values.length));
        }
    }

    /** Moves the values to another vector, which becomes the parameters. */
    void moveTo(INDArray memory, Chain owner) {
        this.owner = owner;
        if (flat != null) {
            memory.assign(flat);
            place(memory);
        }
    }

    /** Makes this vector, which has the values already, the parameters. */
    void place(INDArray memory) {
        this.flat = memory;
        attach(memory);
    }

    void setDataType(DataType type) {
        this.dataType = type;
    }

    void setOwner(Chain owner) {
        this.owner = owner;
    }

    /**
     * Predictions for each row of x, in test mode.
     *
     * <p>Features must be finite, as in a batch: a NaN or an infinity, or for a Float32 model a number that Float32 can't hold, is an
     * error that says where it is, since activations may hide it and give a prediction that looks like one. So it is for every
     * {@code predict} and for {@code loss.of}; gaps are to be filled or left out before, by choice. A layer without parameters is a
     * function, and gives what its formula gives.
     *
     * @param x features {@code [n, inputs]}
     * @return a new array {@code [n, outputs]} of the model's type, or of x's if the model has none
     * @throws IllegalArgumentException if x is empty, has another number of columns, or has a number that is not finite
     * @throws IllegalStateException if x or the parameters were closed
     */
    public INDArray predict(INDArray x) {
        requireFeatures(x, "the array");
        requirePossible(x, outputs(x.columns()));
        requireFinite(x);
        return program(x).predict(x);
    }

    void requireFinite(INDArray x) {
        if (flatParameters() != null) {
            Finiteness.require(x, dataType, "features", FILL);
        }
    }

    /**
     * The prediction for one example.
     *
     * @param features as many as {@link #inputs()}
     * @return as many numbers as there are outputs
     * @throws IllegalArgumentException as {@link #predict(INDArray)}
     */
    public double[] predict(double... features) {
        double[] predictions = new double[outputsOfOne(Objects.requireNonNull(features, "features is null").length)];
        predict(features, 1, predictions);
        return predictions;
    }

    /**
     * As {@link #predict(double...)}.
     *
     * @param features as many as {@link #inputs()}
     * @return as many numbers as there are outputs
     * @throws IllegalArgumentException as {@link #predict(INDArray)}
     */
    public float[] predict(float[] features) {
        float[] predictions = new float[outputsOfOne(Objects.requireNonNull(features, "features is null").length)];
        predict(features, 1, predictions);
        return predictions;
    }

    private int outputsOfOne(int features) {
        if (features == 0) {
            throw new IllegalArgumentException(describe() + " can't predict from no features; pass "
                    + (inputs() == 0 ? "those" : inputs() + ", those") + " of one example");
        }
        return outputs(Math.max(inputs(), features));
    }

    /**
     * Predictions for several examples, in plain arrays and without allocating one.
     *
     * @param features row after row
     * @param rows how many examples these are
     * @param predictions receives the outputs, row after row
     * @throws IllegalArgumentException if an array has another length than rows times inputs or outputs, or a feature is not finite, as in
     *     {@link #predict(INDArray)}
     */
    public void predict(double[] features, int rows, double[] predictions) {
        Objects.requireNonNull(features, "features is null");
        Objects.requireNonNull(predictions, "predictions is null");
        requireLengths(features.length, rows, predictions.length);
        if (flatParameters() != null) {
            Finiteness.require(features, features.length / rows, dataType, "features", FILL);
        }
        programOn(DataType.DOUBLE).predict(features, rows, predictions);
    }

    /**
     * As {@link #predict(double[], int, double[])}.
     *
     * @param features row after row
     * @param rows how many examples these are
     * @param predictions receives the outputs, row after row
     */
    public void predict(float[] features, int rows, float[] predictions) {
        Objects.requireNonNull(features, "features is null");
        Objects.requireNonNull(predictions, "predictions is null");
        requireLengths(features.length, rows, predictions.length);
        if (flatParameters() != null) {
            Finiteness.require(features, features.length / rows, "features", FILL);
        }
        program().predict(features, rows, predictions);
    }

    private void requirePossible(INDArray x, int outputs) {
        int rows = x.rows();
        long most = Integer.MAX_VALUE / typeOn(x.dataType()).width();
        if ((long) rows * outputs > most) {
            throw new IllegalArgumentException(describe() + " gives " + outputs + " numbers per row, which for " + rows
                    + " rows are " + (long) rows * outputs + ", but an array can have at most " + most
                    + "; predict fewer rows at a time");
        }
    }

    private void requireLengths(int features, int rows, int predictions) {
        int columns = rows < 1 ? 0 : features / rows;
        if (columns == 0 || columns * rows != features || inputs() != 0 && columns != inputs()) {
            String given = columns > 0 && columns * rows == features
                    ? "the array has " + columns + " (shape [" + rows + ", " + columns + "])"
                    : "there are " + features + " numbers for " + rows + (rows == 1 ? " row" : " rows");
            throw new IllegalArgumentException(
                    entrance() + " expects " + (inputs() == 0 ? "some" : String.valueOf(inputs()))
                            + (inputs() == 1 ? " feature" : " features") + " per row, but " + given);
        }
        long expected = (long) rows * outputs(columns);
        if (predictions != expected) {
            throw new IllegalArgumentException(describe() + " gives " + outputs(columns)
                    + " numbers per row, so predictions must have length " + expected + ", but has " + predictions);
        }
    }

    /**
     * Throws unless x is a matrix of as many columns as this model has inputs.
     *
     * @param what the name of x in the message
     */
    public void requireFeatures(INDArray x, String what) {
        Tensors.requireMatrix(x, "features");
        if (inputs() == 0 || x.columns() == inputs()) {
            return;
        }
        String remedy = "";
        if (inputs() == 1 && x.rows() == 1) {
            remedy = ". That is one example with " + x.columns() + " features; for " + x.columns()
                    + " examples with one feature each pass a column, shape [" + x.columns()
                    + ", 1]: column(…) or x.reshape(" + x.columns() + ", 1)";
        } else if (x.rows() == inputs()) {
            remedy = ". One example per row: pass x.transpose(), shape [" + x.columns() + ", " + x.rows() + "]";
        }
        throw new IllegalArgumentException(
                entrance() + " expects " + inputs() + (inputs() == 1 ? " feature" : " features") + " per row, but "
                        + what + " has " + x.columns() + " (shape " + Tensors.shape(x) + ")" + remedy);
    }

    /** The layer that says how many features a row must have, for messages. */
    String entrance() {
        return describe();
    }

    /** The model, made ready to run by an engine; for training loops of your own. */
    public Program program() {
        INDArray memory = flatParameters();
        if (memory != null && memory.wasClosed()) {
            requireParameters();
        }
        Program ready = program;
        return ready != null && programMemory == memory ? ready : compile();
    }

    /**
     * Throws if the memory of the parameters is gone.
     *
     * @throws IllegalStateException if they were closed, through whichever array that lies there
     */
    public void requireParameters() {
        INDArray memory = flatParameters();
        if (memory != null && Lifetime.isOver(memory)) {
            throw new IllegalStateException(
                    "the parameters of " + describe() + " can't be used, since their memory was"
                            + " closed, by flatParameters().close() or with another array or network that lies there. Make the model anew");
        }
    }

    /** As {@link #program()}, in the type of these features if the model has none of its own. */
    public Program program(INDArray features) {
        return dataType != null ? program() : programOn(features.dataType());
    }

    private Program programOn(DataType features) {
        Program own = program();
        return typeOn(features) == dataType() ? own : programForFloat64;
    }

    private DataType typeOn(DataType features) {
        return dataType == null && features == DataType.DOUBLE ? DataType.DOUBLE : dataType();
    }

    /**
     * Throws if {@link #commitStatistics} would set a number that is not finite.
     *
     * @throws OverflowException with the statistic; nothing is changed
     */
    public void requireFiniteStatistics() {}

    /**
     * Moves running statistics by the batch whose gradient was computed last. Training loops call this once they have found its loss and its
     * gradient to be finite; until then nothing of the model has changed.
     */
    public void commitStatistics() {}

    private synchronized Program compile() {
        INDArray memory = flatParameters();
        program = null;
        programMemory = memory;
        engineReason = Engines.reason();
        programForFloat64 = dataType == null ? Engines.compile(blueprint(DataType.DOUBLE)) : null;
        program = Engines.compile(blueprint(dataType()));
        return program;
    }

    private Blueprint blueprint(DataType type) {
        requireParameters();
        return new Blueprint(describe(), operations(), flatParameters(), type);
    }

    /** Remembers how it was trained last, so that {@link #network()} can go on in the same way. */
    public void trainedWith(Objective loss, Object rule) {
        Recipe last = recipe;
        if (last == null || last.loss() != loss || last.rule() != rule) {
            recipe = new Recipe(loss, rule);
        }
    }

    /**
     * The model as DL4J's network, sharing its parameters: what either trains, the other predicts with. Loss and updater are those of
     * the last training, or else {@code mse} and {@code descent()}; the updater starts with fresh state.
     */
    public MultiLayerNetwork network() {
        return Engines.export(blueprint(dataType()), recipe, MultiLayerNetwork.class);
    }

    /** Something that is kept as long as the model is, one object of each type; {@code make} makes it the first time. */
    public <T> T attachment(Class<T> type, Supplier<T> make) {
        return type.cast(attachments.computeIfAbsent(type, key -> make.get()));
    }

    @Override
    public String toString() {
        return Printing.print(this);
    }

    /** Also, if {@code verbose}, the engine that runs the model and why: {@code # engine: lean, the first that can run the model}. */
    public String toString(boolean verbose) {
        return verbose ? this + "\n# engine: " + program().engine() + ", " + engineReason : toString();
    }
}
