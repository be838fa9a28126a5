package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Program;
import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
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
 *
 * <p>Any number of threads may predict with one model at a time, also while another trains it: every prediction is that of one state, between two
 * steps, however many rows it is for. Training, and whatever else changes its numbers, is for one thread. Numbers that are written by hand, as
 * into {@code weight()}, or by {@link #network()}, can't be seen: they are for a time when nobody predicts, or for {@link State#change}.
 */
public abstract class Layer {

    private static final SequenceLock.Reading<INDArray, INDArray> ARRAY = (program, x, rows, y) -> program.predict(x);

    private static final SequenceLock.Reading<float[], float[]> FLOATS = (program, x, rows, y) -> {
        program.predict(x, rows, y);
        return y;
    };

    private static final SequenceLock.Reading<double[], double[]> DOUBLES = (program, x, rows, y) -> {
        program.predict(x, rows, y);
        return y;
    };

    private final ParameterMemory memory;
    private final Compiled compiled = new Compiled(this);
    private final SequenceLock changes = new SequenceLock(this);

    Layer() {
        this(new ParameterMemory());
    }

    /** On this memory. */
    Layer(ParameterMemory memory) {
        this.memory = memory;
    }

    /**
     * A layer of your own.
     *
     * @param name what it is printed as, and named in text; to read such text, pass it as a part
     * @throws IllegalArgumentException if the name can't be written in text or is that of one of the library's
     */
    public static Layer of(String name, Kernel kernel) {
        return new OwnLayer.Settings(name, kernel).build();
    }

    /**
     * A layer of your own by its formula alone, which SameDiff differentiates, in Float64 whatever the model is:
     * {@code Layer.of("affine", (x, p) -> x.mmul(p.get("w").permute(1, 0)).add(p.get("b")), parameter("w", 2, 3, GLOROT_UNIFORM), parameter("b", 2, ZEROS))}.
     * The graph is built once for each shape of a batch, in about 0.1 s at first; then a step of a small layer takes about 0.3 ms, where that of a
     * {@link Dense} takes a hundredth. On a busy machine {@code OMP_WAIT_POLICY=passive} keeps ND4J's threads from waiting for each other.
     * Files have it by its name, and who reads one passes it as a part; ONNX, Deeplearning4j's zip and {@code flux4j-predict} refuse it by name.
     *
     * @param formula y {@code [n, outputs]} of x {@code [n, inputs]} and the parameters by name; called once for each shape, so what it draws or
     *     asks is fixed then
     * @throws IllegalArgumentException as {@link #of(String, Kernel)}, or if two parameters have one name; when the layer is used, if the formula
     *     doesn't give a row for each row
     */
    public static Layer of(
            String name, BiFunction<SDVariable, Map<String, SDVariable>, SDVariable> formula, Initial... parameters) {
        Objects.requireNonNull(formula, "formula is null");
        return of(name, new FormulaKernel(name, formula, List.of(parameters)));
    }

    /**
     * A parameter of a formula, and how it starts.
     *
     * @param rows 0 for a vector
     */
    public record Initial(String name, int rows, int columns, Initialiser init) {

        public Initial {
            Call.of(name);
            Objects.requireNonNull(init, "init is null");
            if (rows < 0 || columns < 1) {
                throw new IllegalArgumentException("parameter " + name + " must have sizes of at least 1, but they are "
                        + (rows == 0 ? "" : rows + " and ") + columns);
            }
        }

        long[] shape() {
            return rows == 0 ? new long[] {columns} : new long[] {rows, columns};
        }

        int length() {
            return Math.multiplyExact(Math.max(1, rows), columns);
        }

        double[] values(RandomGenerator random) {
            double[] values = init.values(Math.max(1, rows), columns, random);
            if (values.length != length()) {
                throw new IllegalArgumentException(
                        "an initialiser must give " + length() + " values for " + name + ", but gave " + values.length);
            }
            return values;
        }
    }

    /**
     * Layers side by side, {@code y = join(layer₁(x), layer₂(x), …)}, each given the same rows; they become part of it, as layers of a chain do.
     *
     * @throws IllegalArgumentException if there is none, they don't take the same rows, or what they give can't be joined
     */
    public static Layer parallel(Join join, Layer... layers) {
        return Branched.of("parallel", branches -> new Parallel(join, branches), layers);
    }

    /**
     * A layer and a way around it, {@code y = join(layer(x), x)}; the layer becomes part of it.
     *
     * @throws IllegalArgumentException if what the layer gives can't be joined with what it gets
     */
    public static Layer skipConnection(Layer layer, Join join) {
        return Branched.of("skipConnection", branches -> new SkipConnection(branches.get(0), join), layer);
    }

    /**
     * Each of {@code in} columns as {@code out} learnt periodic functions of it: {@code W·cos(2π·f·x + φ) + b}, f and φ {@code [frequencies]}, W
     * {@code [out, frequencies]}, b {@code [out]} for each column (Gorishniy, Rubachev and Babenko 2022). x {@code [n, in]}, y {@code [n, in·out]}, the first
     * column's numbers first. f starts with N(0, 0.1²), φ uniform over a turn, W Glorot-uniform, b zero. Float32 and Float64.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Layer periodic(int in, int frequencies, int out) {
        return new Periodic.Settings(in, frequencies, out).build();
    }

    /**
     * The largest of what several layers give, element by element (Goodfellow and others 2013); where several are, the slope is the last one's.
     *
     * @throws IllegalArgumentException as {@link #parallel}
     */
    public static Layer maxout(Layer... layers) {
        return Branched.of("maxout", Maxout::new, layers);
    }

    /**
     * Some of the columns of rows that have at least so many, counted from 0: {@code y = layer(x[:, from … to − 1])}.
     *
     * @param layer at most one, which becomes part of it; without, y is these columns
     * @throws IllegalArgumentException if there are no such columns, or the layer takes another number of them
     */
    public static Layer columns(int from, int to, Layer... layer) {
        return Branched.of("columns", branches -> new Columns(from, to, branches), layer);
    }

    /** As {@link #parse(String, Parts)} with the library's layers alone. */
    public static Layer parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * A new model of the structure that a text says: {@code chain(dense(8, 64, relu), dropout(0.1), dense(64, 1))}. Settings that are as by
     * default may be left out, others may be given by name ({@code bias=false}); so may a layer's inputs where the one before says them:
     * {@code dense(64, relu)}. Layers of a chain may have names: {@code chain(encoder=dense(4, 2), decoder=dense(2, 4))}.
     *
     * @param parts layers and activations of your own that the text may name
     * @return of type Float32
     * @throws IllegalArgumentException if the text can't be read, a name in it is unknown, or a layer refuses its settings
     */
    public static Layer parse(String text, Parts parts) {
        return LayerWords.read(Call.parse(text), 0, Objects.requireNonNull(parts, "parts is null"))
                .build();
    }

    /**
     * The model's structure as text, which {@link #parse(String, Parts)} reads: {@code dense(8, 64, relu)}.
     *
     * @throws IllegalArgumentException if a name in it can't be written, as one with a space
     */
    public String text() {
        return structure().call().toString();
    }

    /** What it is but for its numbers. */
    public abstract Structure structure();

    /** What it computes, for engines. */
    abstract List<Operation> operations();

    /** A copy with parameters of this type, in memory of its own; null for one without a type, which has no parameters. */
    abstract Layer copy(DataType type);

    /** A copy that computes in this type; null for that of its input. */
    @SuppressWarnings("unchecked") // a layer's copy is of its own class
    static <L extends Layer> L copyIn(DataType type, L model) {
        L copy = (L) model.changes().read(() -> model.copy(type));
        copy.memory().setType(type);
        return copy;
    }

    /** A copy in memory of its own and in no chain. */
    public static <L extends Layer> L copyOf(L model) {
        return copyIn(Objects.requireNonNull(model, "model is null").memory().type(), model);
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
        ParameterMemory.requireRoom(
                Objects.requireNonNull(model, "model is null").inOneLine(), model.parameterCount(), type);
        return copyIn(type, model);
    }

    /** In one line, as inside a chain and for messages: {@code Chain(Dense(2 => 4, tanh), Dense(4 => 1))}. */
    public abstract String inOneLine();

    /** The layers that it is built of, in the order of their parameters; none of most. */
    public List<Layer> layers() {
        return List.of();
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

    /** Those that move while it is trained. */
    List<RunningStatistics> statistics() {
        return List.of();
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
        FeatureCheck.requireInputs(this, inputs);
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
    public @Nullable INDArray flatParameters() {
        return memory.flat();
    }

    /** FLOAT, or DOUBLE for a model made by {@code f64}; FLOAT for one that computes in the type of its input. */
    public final DataType dataType() {
        return memory.type() == null ? DataType.FLOAT : memory.type();
    }

    final ParameterMemory memory() {
        return memory;
    }

    final Compiled compiled() {
        return compiled;
    }

    /** The model as losses, rules and training see it; for those who write their own. */
    public final ModelPort port() {
        return compiled;
    }

    /** A copy of one layer with its numbers in this type, if there can be memory for it. */
    final <L extends Layer> L copied(DataType type, Supplier<L> make) {
        int count = parameterCount();
        return count == 0 ? make.get() : ParameterMemory.making(inOneLine(), count, type, make);
    }

    /** Of its numbers, which are the whole chain's if it is part of one. */
    final SequenceLock changes() {
        Layer owner = memory.owner();
        return owner == null ? changes : owner.changes();
    }

    /** Makes this vector, which has the values already, the parameters. */
    final void place(INDArray flat) {
        memory.place(flat);
        attach(flat);
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
        FeatureCheck.requireFeatures(this, x, "the array");
        FeatureCheck.requirePossible(this, x);
        FeatureCheck.requireFinite(this, x);
        return predicted(compiled.program(x), x, x.rows(), null, ARRAY);
    }

    private <X, Y> Y predicted(Program program, X x, int rows, Y y, SequenceLock.Reading<X, Y> reading) {
        return movesWhenPredicting()
                ? changes().change(program, x, rows, y, reading)
                : changes().read(program, x, rows, y, reading);
    }

    private boolean movesWhenPredicting() {
        List<RunningStatistics> statistics = statistics();
        for (int i = 0; i < statistics.size(); i++) { // no iterator: mostly there is none
            if (statistics.get(i).moveWhenPredicting()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The prediction for one example.
     *
     * @param features as many as {@link #inputs()}
     * @return as many numbers as there are outputs
     * @throws IllegalArgumentException as {@link #predict(INDArray)}
     */
    public double[] predict(double... features) {
        double[] predictions = new double
                [FeatureCheck.outputsOfOne(this, Objects.requireNonNull(features, "features is null").length)];
        predict(features, 1, predictions);
        return predictions;
    }

    /**
     * As {@link #predict(double...)}.
     *
     * @param features as many as {@link #inputs()}
     */
    public float[] predict(float[] features) {
        float[] predictions =
                new float[FeatureCheck.outputsOfOne(this, Objects.requireNonNull(features, "features is null").length)];
        predict(features, 1, predictions);
        return predictions;
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
        FeatureCheck.requireLengths(this, features.length, rows, predictions.length);
        FeatureCheck.requireFinite(this, features, rows);
        predicted(compiled.program(DataType.DOUBLE), features, rows, predictions, DOUBLES);
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
        FeatureCheck.requireLengths(this, features.length, rows, predictions.length);
        FeatureCheck.requireFinite(this, features, rows);
        predicted(compiled.program(), features, rows, predictions, FLOATS);
    }

    /** The layer that says how many features a row must have, for messages. */
    String entrance() {
        return inOneLine();
    }

    /**
     * The model as DL4J's network, sharing its parameters: what either trains, the other predicts with. Loss and updater are those of
     * the last training, or else {@code mse} and {@code descent()}; the updater starts with fresh state.
     *
     * <p>DL4J's {@code ModelSerializer} saves it and loads it again. What DL4J has as Flux does is its own class there; the rest is written as text
     * and read wherever flux4j is on the class path, with running statistics, modes and the updater's state. A part without a name, such as a rule
     * that is a lambda, is printed as one but refused when it is saved; parts of your own are refused when they are loaded.
     */
    public MultiLayerNetwork network() {
        return compiled.export(MultiLayerNetwork.class);
    }

    /** The name of the engine that computes: {@code lean} or {@code dl4j}; {@code toString(true)} says why. */
    public String engine() {
        return compiled.program().engine();
    }

    @Override
    public String toString() {
        return Printing.print(this);
    }

    /** Also, if {@code verbose}, the engine that runs the model and why: {@code # engine: lean, the first that can run the model}. */
    public String toString(boolean verbose) {
        return verbose ? this + "\n# engine: " + compiled.engineAndReason() : toString();
    }
}
