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
 * A layer, which is also a model, be it a single {@link Dense} or a {@link Chain}. Features are {@code [n, inputs]}, predictions {@code [n, outputs]}, with one
 * example per row (Flux keeps one per column).
 *
 * <p>One flat vector holds the parameters; {@code weight()}, {@code params}, the optimiser and {@link #network()} all see that memory. A layer that joins a
 * chain moves its values into the chain's vector; arrays that you took from it before are detached copies from then on.
 *
 * <p>A model computes in the type of its parameters: Float32, or Float64 after {@code f64}. A model with neither parameters nor statistics, such as {@code
 * TANH}, computes in the type of its input, Float64 for {@code double[]}, unless {@code f64} or {@code f32} gave it a type.
 *
 * <p>Any number of threads may predict with one model, also while another thread trains it: each prediction sees the numbers between two steps. Only one thread
 * at a time may train a model or change its numbers. Writing into {@code weight()} or {@link #network()} by hand goes unnoticed: do it while nobody predicts,
 * or within {@link State#change}.
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
     * Makes a layer of your own from its mathematics.
     *
     * @param name what the layer is printed as, and its name in text; to read such text, pass the layer as a part
     * @throws IllegalArgumentException if text can't hold the name, or the library has a layer of that name
     */
    public static Layer of(String name, Kernel kernel) {
        return new OwnLayer.Settings(name, kernel).build();
    }

    /**
     * Makes a layer of your own from a formula, which SameDiff differentiates, always in Float64: {@code Layer.of("affine", (x, p) ->
     * x.mmul(p.get("w").permute(1, 0)).add(p.get("b")), parameter("w", 2, 3, GLOROT_UNIFORM), parameter("b", 2, ZEROS))}.
     *
     * <p>The first step with each batch shape builds the graph, in about 0.1 s; later steps of a small layer take about 0.3 ms, a hundred times as long as a
     * {@link Dense}. On a busy machine set {@code OMP_WAIT_POLICY=passive}, so that ND4J's threads don't wait for each other. Files store the layer by its
     * name, and a reader passes it as a part; ONNX, Deeplearning4j's zip and {@code flux4j-predict} refuse it.
     *
     * @param formula y {@code [n, outputs]} from x {@code [n, inputs]} and the parameters by name; called once for each shape, which fixes any value it draws
     * @throws IllegalArgumentException as {@link #of(String, Kernel)}, or if two parameters share a name; on first use, if the formula doesn't return a row per
     *     row
     */
    public static Layer of(
            String name, BiFunction<SDVariable, Map<String, SDVariable>, SDVariable> formula, Initial... parameters) {
        Objects.requireNonNull(formula, "formula is null");
        return of(name, new FormulaKernel(name, formula, List.of(parameters)));
    }

    /**
     * A parameter of a formula and its initialiser.
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
     * Runs layers in parallel, {@code y = join(layer₁(x), layer₂(x), …)}; each takes the same rows. The layers become part of it, as those of a chain do.
     *
     * @throws IllegalArgumentException if there is no layer, they don't take the same rows, or their outputs can't be joined
     */
    public static Layer parallel(Join join, Layer... layers) {
        return Branched.of("parallel", branches -> new Parallel(join, branches), layers);
    }

    /**
     * Adds a shortcut around a layer, {@code y = join(layer(x), x)}; the layer becomes part of it.
     *
     * @throws IllegalArgumentException if the layer's output can't be joined with its input
     */
    public static Layer skipConnection(Layer layer, Join join) {
        return Branched.of("skipConnection", branches -> new SkipConnection(branches.get(0), join), layer);
    }

    /**
     * Expands each of {@code in} columns into {@code out} learnt periodic features, {@code W·cos(2π·f·x + φ) + b} (Gorishniy, Rubachev and Babenko 2022).
     *
     * <p>Each column has f and φ {@code [frequencies]}, W {@code [out, frequencies]}, b {@code [out]}; x is {@code [n, in]}, y {@code [n, in·out]}, column
     * after column. f starts from N(0, 0.1²), φ uniform over a full turn, W Glorot-uniform, b at zero. Float32 and Float64.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Layer periodic(int in, int frequencies, int out) {
        return new Periodic.Settings(in, frequencies, out).build();
    }

    /**
     * Takes the largest output of several layers, element by element (Goodfellow and others 2013); among equal ones the last receives the gradient.
     *
     * @throws IllegalArgumentException as {@link #parallel}
     */
    public static Layer maxout(Layer... layers) {
        return Branched.of("maxout", Maxout::new, layers);
    }

    /**
     * Selects columns {@code from} (counted from 0) to {@code to} (exclusive) of each row: {@code y = layer(x[:, from … to − 1])}. Rows need at least {@code
     * to} columns.
     *
     * @param layer at most one, which becomes part of it; without one, y is the columns themselves
     * @throws IllegalArgumentException if there are no such columns, or the layer takes another number of them
     */
    public static Layer columns(int from, int to, Layer... layer) {
        return Branched.of("columns", branches -> new Columns(from, to, branches), layer);
    }

    /** Parses the structure of a model of the library's layers; see {@link #parse(String, Parts)}. */
    public static Layer parse(String text) {
        return parse(text, Parts.NONE);
    }

    /**
     * Makes a new Float32 model from text such as {@code chain(dense(8, 64, relu), dropout(0.1), dense(64, 1))}.
     *
     * <p>You may omit settings that have a default, or name them ({@code bias=false}), and omit a layer's inputs where the layer before determines them: {@code
     * dense(64, relu)}. A chain's layers may have names: {@code chain(encoder=dense(4, 2), decoder=dense(2, 4))}.
     *
     * @param parts layers and activations of your own that the text may name
     * @throws IllegalArgumentException if the text can't be read, a name in it is unknown, or a layer refuses its settings
     */
    public static Layer parse(String text, Parts parts) {
        return LayerWords.read(Call.parse(text), 0, Objects.requireNonNull(parts, "parts is null"))
                .build();
    }

    /**
     * Returns the model's structure as text for {@link #parse(String, Parts)}: {@code dense(8, 64, relu)}.
     *
     * @throws IllegalArgumentException if text can't hold a name in it, such as one with a space
     */
    public String text() {
        return structure().call().toString();
    }

    /** Returns the model's structure: everything except its numbers. */
    public abstract Structure structure();

    /** What the layer computes, for engines. */
    abstract List<Operation> operations();

    /** Copies the layer with parameters of this type into memory of its own; null for a layer without a type, which has no parameters. */
    abstract Layer copy(DataType type);

    /** Copies a model, which then computes in this type, or with null in the type of its input. */
    @SuppressWarnings("unchecked") // a layer's copy is of its own class
    static <L extends Layer> L copyIn(DataType type, L model) {
        L copy = (L) model.changes().read(() -> model.copy(type));
        copy.memory().setType(type);
        return copy;
    }

    /** Copies a model into memory of its own, outside of any chain. */
    public static <L extends Layer> L copyOf(L model) {
        return copyIn(Objects.requireNonNull(model, "model is null").memory().type(), model);
    }

    /**
     * Copies a model with parameters of this type, in which the copy computes, into memory of its own, outside of any chain.
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

    /** Describes the model in one line, as messages do: {@code Chain(Dense(2 => 4, tanh), Dense(4 => 1))}. */
    public abstract String inOneLine();

    /** Returns the layers within this one, in the order of their parameters; empty for most. */
    public List<Layer> layers() {
        return List.of();
    }

    /** Points the layer's own arrays at {@code flat}, which holds its values already. */
    void attach(INDArray flat) {}

    /** Returns the trainable arrays, in their order in the flat parameters. */
    public List<Parameter> trainables() {
        return List.of();
    }

    /** Arrays of the layer's state that training doesn't optimise, such as running statistics. */
    List<Parameter> buffers() {
        return List.of();
    }

    /** Statistics that move in training. */
    List<RunningStatistics> statistics() {
        return List.of();
    }

    /** Fixes the mode of dropout and batch normalisation, or with {@link Mode#AUTO}, the default, lets them choose. */
    public void setMode(Mode mode) {}

    /** Returns that mode; AUTO for other layers, and for chains, whose layers have modes of their own. */
    public Mode mode() {
        return Mode.AUTO;
    }

    /** The layer's random generator, such as a dropout's; null if it has none. A chain's layers have theirs. */
    SplitMix generator() {
        return null;
    }

    /** Returns the number of features that a row must have, or 0 if any number will do. */
    public int inputs() {
        return structure().inputs();
    }

    /**
     * Returns the number of output columns for rows of {@code inputs} features.
     *
     * @throws IllegalArgumentException if the model can't take so many
     */
    public final int outputSize(int inputs) {
        FeatureCheck.requireInputs(this, inputs);
        return outputs(inputs);
    }

    /** The number of output columns for inputs that fit. */
    int outputs(int inputs) {
        return structure().outputs(inputs);
    }

    /** Whether it has neither parameters nor state, and so may be in several chains. */
    boolean isStateless() {
        return false;
    }

    /** Returns the number of trainable numbers. */
    public int parameterCount() {
        INDArray parameters = flatParameters();
        return parameters == null ? 0 : (int) parameters.length();
    }

    /**
     * Returns all parameters in one vector, live, in DL4J's order: W row by row as {@code [out, in]}, then b, layer by layer; null if there are none.
     *
     * <p>The vector doesn't include running statistics of a {@link BatchNorm}. To copy or save a model that may have some, use {@link State}, which has both.
     */
    public @Nullable INDArray flatParameters() {
        return memory.flat();
    }

    /** Returns DOUBLE for a model made by {@code f64}, else FLOAT, also for one that computes in the type of its input. */
    public final DataType dataType() {
        return memory.type() == null ? DataType.FLOAT : memory.type();
    }

    final ParameterMemory memory() {
        return memory;
    }

    final Compiled compiled() {
        return compiled;
    }

    /** Returns the model as losses, rules and training see it; for those who write their own. */
    public final ModelPort port() {
        return compiled;
    }

    /** Copies one layer's numbers in this type, if there can be memory for them. */
    final <L extends Layer> L copied(DataType type, Supplier<L> make) {
        int count = parameterCount();
        return count == 0 ? make.get() : ParameterMemory.making(inOneLine(), count, type, make);
    }

    /** The lock of its numbers: the whole chain's if it is part of one. */
    final SequenceLock changes() {
        Layer owner = memory.owner();
        return owner == null ? changes : owner.changes();
    }

    /** Makes this vector, which holds the values already, the parameters. */
    final void place(INDArray flat) {
        memory.place(flat);
        attach(flat);
    }

    /**
     * Predicts for each row of x, in test mode.
     *
     * <p>Features must be finite: a NaN, an infinity, or a number that overflows a Float32 model is an error that says where it is. Activations might hide it
     * and return a plausible prediction. Every {@code predict} and {@code loss.of} checks this, except a layer without parameters, which is a mere function.
     * Fill or drop missing values first.
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
     * Predicts for one example.
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
     * Predicts for one example; see {@link #predict(double...)}.
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
     * Predicts for several examples from and into plain arrays, without allocating one.
     *
     * @param features row after row
     * @param rows the number of examples
     * @param predictions receives the outputs, row after row
     * @throws IllegalArgumentException if an array's length isn't rows times inputs or outputs, or a feature is not finite, as in {@link #predict(INDArray)}
     */
    public void predict(double[] features, int rows, double[] predictions) {
        Objects.requireNonNull(features, "features is null");
        Objects.requireNonNull(predictions, "predictions is null");
        FeatureCheck.requireLengths(this, features.length, rows, predictions.length);
        FeatureCheck.requireFinite(this, features, rows);
        predicted(compiled.program(DataType.DOUBLE), features, rows, predictions, DOUBLES);
    }

    /**
     * Predicts for several examples; see {@link #predict(double[], int, double[])}.
     *
     * @param features row after row
     * @param rows the number of examples
     * @param predictions receives the outputs, row after row
     */
    public void predict(float[] features, int rows, float[] predictions) {
        Objects.requireNonNull(features, "features is null");
        Objects.requireNonNull(predictions, "predictions is null");
        FeatureCheck.requireLengths(this, features.length, rows, predictions.length);
        FeatureCheck.requireFinite(this, features, rows);
        predicted(compiled.program(), features, rows, predictions, FLOATS);
    }

    /** Describes, for messages, the layer that determines the number of features. */
    String entrance() {
        return inOneLine();
    }

    /**
     * Returns the model as DL4J's network on the same parameters: either predicts with what the other has trained. Loss and updater are those of the last
     * training, or {@code mse} and {@code descent()}; the updater starts with fresh state.
     *
     * <p>DL4J's {@code ModelSerializer} saves and loads it. Where DL4J's own class does what Flux does, the network has that class; other parts are written as
     * text, with running statistics, modes and the updater's state, and can be read where flux4j is on the class path. Saving refuses a part without a name,
     * such as a lambda rule; loading refuses parts of your own.
     */
    public MultiLayerNetwork network() {
        return compiled.export(MultiLayerNetwork.class);
    }

    /** Returns the name of the engine that computes, {@code lean} or {@code dl4j}; {@code toString(true)} says why, and whether oneDNN helps. */
    public String engine() {
        return compiled.program().engine();
    }

    @Override
    public String toString() {
        return Printing.print(this);
    }

    /** Describes the model and, if {@code verbose}, its engine and why: {@code # engine: lean, the first that can run the model}. */
    public String toString(boolean verbose) {
        return verbose ? this + "\n# engine: " + compiled.engineAndReason() : toString();
    }
}
