package io.github.flux4j;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.data.Fold;
import io.github.flux4j.data.Normalisation;
import io.github.flux4j.data.OneHot;
import io.github.flux4j.data.Resampling;
import io.github.flux4j.data.Split;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.io.Models;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.AlphaDropout;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Destructured;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.LayerNorm;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossExpression;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.AMSGrad;
import io.github.flux4j.optimise.AccumGrad;
import io.github.flux4j.optimise.AdaBelief;
import io.github.flux4j.optimise.AdaDelta;
import io.github.flux4j.optimise.AdaGrad;
import io.github.flux4j.optimise.AdaMax;
import io.github.flux4j.optimise.Adam;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.optimise.ClipGrad;
import io.github.flux4j.optimise.ClipNorm;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Gradient;
import io.github.flux4j.optimise.Lion;
import io.github.flux4j.optimise.Momentum;
import io.github.flux4j.optimise.NAdam;
import io.github.flux4j.optimise.Nesterov;
import io.github.flux4j.optimise.OAdam;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.OptimiserChain;
import io.github.flux4j.optimise.Params;
import io.github.flux4j.optimise.RAdam;
import io.github.flux4j.optimise.RMSProp;
import io.github.flux4j.optimise.Rprop;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.SignDecay;
import io.github.flux4j.optimise.WeightDecay;
import io.github.flux4j.train.Callback;
import io.github.flux4j.train.EarlyStopping;
import io.github.flux4j.train.Patience;
import io.github.flux4j.train.Plateau;
import io.github.flux4j.train.Throttle;
import io.github.flux4j.train.Trainer;
import io.github.flux4j.train.Training;
import io.github.flux4j.train.WithGradient;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Flux's words, for {@code import static io.github.flux4j.Flux4j.*}. Each is described where it is done; this class only names them, in the order of the
 * stages: data, model, loss, rule, training. It is complete: tables, estimators, files and more have entry types of their own.
 *
 * <pre>{@code
 * Dense model = dense(1, 1);
 * Loss loss = mse(model);
 * train(loss, params(model), List.of(batch(x, y)), descent());
 * }</pre>
 *
 * <p>Words for any thread; what the things that they make allow stands with those.
 */
public final class Flux4j {

    private Flux4j() {}

    /** {@link Activation#IDENTITY}. */
    public static final Activation IDENTITY = Activation.IDENTITY;

    /** {@link Activation#SIGMOID}. */
    public static final Activation SIGMOID = Activation.SIGMOID;

    /** {@link Activation#HARDSIGMOID}. */
    public static final Activation HARDSIGMOID = Activation.HARDSIGMOID;

    /** {@link Activation#LOGSIGMOID}. */
    public static final Activation LOGSIGMOID = Activation.LOGSIGMOID;

    /** {@link Activation#HARDTANH}. */
    public static final Activation HARDTANH = Activation.HARDTANH;

    /** {@link Activation#TANH}. */
    public static final Activation TANH = Activation.TANH;

    /** {@link Activation#RELU}. */
    public static final Activation RELU = Activation.RELU;

    /** {@link Activation#RELU6}. */
    public static final Activation RELU6 = Activation.RELU6;

    /** {@link Activation#ELU}. */
    public static final Activation ELU = Activation.ELU;

    /** {@link Activation#CELU}. */
    public static final Activation CELU = Activation.CELU;

    /** {@link Activation#SELU}. */
    public static final Activation SELU = Activation.SELU;

    /** {@link Activation#LEAKYRELU}. */
    public static final Activation LEAKYRELU = Activation.LEAKYRELU;

    /** {@link Activation#TRELU}. */
    public static final Activation TRELU = Activation.TRELU;

    /** {@link Activation#SOFTSHRINK}. */
    public static final Activation SOFTSHRINK = Activation.SOFTSHRINK;

    /** {@link Activation#GELU}. */
    public static final Activation GELU = Activation.GELU;

    /** {@link Activation#GELU_TANH}. */
    public static final Activation GELU_TANH = Activation.GELU_TANH;

    /** {@link Activation#GELU_SIGMOID}. */
    public static final Activation GELU_SIGMOID = Activation.GELU_SIGMOID;

    /** {@link Activation#GELU_ERF}. */
    public static final Activation GELU_ERF = Activation.GELU_ERF;

    /** {@link Activation#SWISH}. */
    public static final Activation SWISH = Activation.SWISH;

    /** {@link Activation#HARDSWISH}. */
    public static final Activation HARDSWISH = Activation.HARDSWISH;

    /** {@link Activation#LISHT}. */
    public static final Activation LISHT = Activation.LISHT;

    /** {@link Activation#MISH}. */
    public static final Activation MISH = Activation.MISH;

    /** {@link Activation#SOFTPLUS}. */
    public static final Activation SOFTPLUS = Activation.SOFTPLUS;

    /** {@link Activation#SOFTSIGN}. */
    public static final Activation SOFTSIGN = Activation.SOFTSIGN;

    /** {@link Activation#LOGCOSH}. */
    public static final Activation LOGCOSH = Activation.LOGCOSH;

    /** {@link Activation#TANHSHRINK}. */
    public static final Activation TANHSHRINK = Activation.TANHSHRINK;

    /** {@link Activation#RRELU}. */
    public static final Activation RRELU = Activation.RRELU;

    /** {@link Activation#SOFTMAX}. */
    public static final Activation SOFTMAX = Activation.SOFTMAX;

    /** {@link Activation#LOGSOFTMAX}. */
    public static final Activation LOGSOFTMAX = Activation.LOGSOFTMAX;

    /** {@link Losses#MSE}. */
    public static final LossFunction MSE = Losses.MSE;

    /** {@link Losses#MAE}. */
    public static final LossFunction MAE = Losses.MAE;

    /** {@link Losses#MSLE}. */
    public static final LossFunction MSLE = Losses.MSLE;

    /** {@link Losses#HUBER}. */
    public static final LossFunction HUBER = Losses.HUBER;

    /** {@link Losses#CROSSENTROPY}. */
    public static final LossFunction CROSSENTROPY = Losses.CROSSENTROPY;

    /** {@link Losses#LOGITCROSSENTROPY}. */
    public static final LossFunction LOGITCROSSENTROPY = Losses.LOGITCROSSENTROPY;

    /** {@link Losses#BINARYCROSSENTROPY}. */
    public static final LossFunction BINARYCROSSENTROPY = Losses.BINARYCROSSENTROPY;

    /** {@link Losses#LOGITBINARYCROSSENTROPY}. */
    public static final LossFunction LOGITBINARYCROSSENTROPY = Losses.LOGITBINARYCROSSENTROPY;

    /** {@link Losses#KLDIVERGENCE}. */
    public static final LossFunction KLDIVERGENCE = Losses.KLDIVERGENCE;

    /** {@link Losses#POISSON_LOSS}. */
    public static final LossFunction POISSON_LOSS = Losses.POISSON_LOSS;

    /** {@link Losses#HINGE_LOSS}. */
    public static final LossFunction HINGE_LOSS = Losses.HINGE_LOSS;

    /** {@link Losses#SQUARED_HINGE_LOSS}. */
    public static final LossFunction SQUARED_HINGE_LOSS = Losses.SQUARED_HINGE_LOSS;

    /** {@link Losses#DICE_COEFF_LOSS}. */
    public static final LossFunction DICE_COEFF_LOSS = Losses.DICE_COEFF_LOSS;

    /** {@link Losses#TVERSKY_LOSS}. */
    public static final LossFunction TVERSKY_LOSS = Losses.TVERSKY_LOSS;

    /** {@link Losses#BINARY_FOCAL_LOSS}. */
    public static final LossFunction BINARY_FOCAL_LOSS = Losses.BINARY_FOCAL_LOSS;

    /** {@link Losses#FOCAL_LOSS}. */
    public static final LossFunction FOCAL_LOSS = Losses.FOCAL_LOSS;

    /** {@link Losses#SIAMESE_CONTRASTIVE_LOSS}. */
    public static final LossFunction SIAMESE_CONTRASTIVE_LOSS = Losses.SIAMESE_CONTRASTIVE_LOSS;

    // Chance and data.

    /** Starts the generator of initial weights, shuffles and dropout again from a seed, for what is made afterwards. */
    public static void seed(long seed) {
        Randomness.seed(seed);
    }

    /**
     * A Float32 column, {@code [n, 1]}: n examples with one value each.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static INDArray column(double... values) {
        requireSome(Objects.requireNonNull(values, "values is null").length);
        return Tensors.of(DataType.FLOAT, values, values.length, 1);
    }

    /** As {@link #column(double...)}. */
    public static INDArray column(float... values) {
        requireSome(Objects.requireNonNull(values, "values is null").length);
        return Tensors.of(values, values.length, 1);
    }

    private static void requireSome(int values) {
        if (values == 0) {
            throw new IllegalArgumentException("column() needs at least one value");
        }
    }

    /**
     * A Float32 matrix, {@code [n, columns]}: one example per row.
     *
     * @throws IllegalArgumentException if there is no value or the rows differ in length
     */
    public static INDArray rows(double[]... rows) {
        return Tensors.ofRows(DataType.FLOAT, rows);
    }

    /** As {@link #rows(double[]...)}. */
    public static INDArray rows(float[][] rows) {
        return Tensors.ofRows(rows);
    }

    /** {@link Batch#of}: features, targets and, if examples count differently, weights. */
    public static Batch batch(INDArray... arrays) {
        return Batch.of(arrays);
    }

    /** {@link DataLoader#of}. */
    public static DataLoader dataLoader(INDArray... arrays) {
        return DataLoader.of(arrays);
    }

    /** {@link OneHot#onehot(Object, List)}. */
    public static <T> INDArray onehot(T value, List<? extends T> labels) {
        return OneHot.onehot(value, labels);
    }

    /** {@link OneHot#onehot(Object, List, Object)}. */
    public static <T> INDArray onehot(T value, List<? extends T> labels, T otherwise) {
        return OneHot.onehot(value, labels, otherwise);
    }

    /** {@link OneHot#onehotbatch(List, List)}. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels) {
        return OneHot.onehotbatch(values, labels);
    }

    /** {@link OneHot#onehotbatch(List, List, Object)}. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels, T otherwise) {
        return OneHot.onehotbatch(values, labels, otherwise);
    }

    /** {@link OneHot#onecold(INDArray, List)}. */
    public static <T> List<T> onecold(INDArray predictions, List<T> labels) {
        return OneHot.onecold(predictions, labels);
    }

    /** {@link OneHot#onecold(INDArray)}. */
    public static int[] onecold(INDArray predictions) {
        return OneHot.onecold(predictions);
    }

    /** {@link OneHot#onecold(double[], List)}. */
    public static <T> T onecold(double[] predictions, List<T> labels) {
        return OneHot.onecold(predictions, labels);
    }

    /** {@link OneHot#onecold(double[])}. */
    public static int onecold(double[] predictions) {
        return OneHot.onecold(predictions);
    }

    /** {@link DataLoader#of(Batch)}. */
    public static DataLoader dataLoader(Batch examples) {
        return DataLoader.of(examples);
    }

    /** {@link Split}: {@code splitobs(x, y).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(INDArray... arrays) {
        return Split.of(Batch.of(arrays));
    }

    /** {@link Split}: {@code splitobs(batch).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(Batch data) {
        return Split.of(data);
    }

    /** {@link Split#kfolds}, of the examples in order; shuffled or stratified ones are {@code splitobs(data).shuffle().kfolds(k)}. */
    public static List<Fold> kfolds(Batch data, int k) {
        return Split.of(data).kfolds(k);
    }

    /** {@link Resampling#shuffleobs(Batch)}. */
    public static Batch shuffleobs(Batch data) {
        return Resampling.shuffleobs(data);
    }

    /** {@link Resampling#shuffleobs(Batch, long)}. */
    public static Batch shuffleobs(Batch data, long seed) {
        return Resampling.shuffleobs(data, seed);
    }

    /** {@link Resampling#oversample(Batch)}. */
    public static Batch oversample(Batch data) {
        return Resampling.oversample(data);
    }

    /** {@link Resampling#oversample(Batch, List)}. */
    public static Batch oversample(Batch data, List<?> labels) {
        return Resampling.oversample(data, labels);
    }

    /** {@link Resampling#oversample(Batch, List, double)}. */
    public static Batch oversample(Batch data, List<?> labels, double fraction) {
        return Resampling.oversample(data, labels, fraction);
    }

    /** {@link Resampling#undersample(Batch)}. */
    public static Batch undersample(Batch data) {
        return Resampling.undersample(data);
    }

    /** {@link Resampling#undersample(Batch, List)}. */
    public static Batch undersample(Batch data, List<?> labels) {
        return Resampling.undersample(data, labels);
    }

    /** {@link Normalisation#normalise(INDArray)}: each column. */
    public static INDArray normalise(INDArray array) {
        return Normalisation.normalise(array);
    }

    /** {@link Normalisation#normalise(INDArray, int)}: each column over dimension 0, each row over 1. */
    public static INDArray normalise(INDArray array, int dimension) {
        return Normalisation.normalise(array, dimension);
    }

    /** {@link Normalisation#normalise(INDArray, int, double)}. */
    public static INDArray normalise(INDArray array, int dimension, double eps) {
        return Normalisation.normalise(array, dimension, eps);
    }

    // Models.

    /** {@link Dense#of(int, int, Activation)} without an activation: {@code y = x·Wᵀ + b}. */
    public static Dense dense(int in, int out) {
        return Dense.of(in, out, Activation.IDENTITY);
    }

    /** {@link Dense#of(int, int, Activation)}. */
    public static Dense dense(int in, int out, Activation activation) {
        return Dense.of(in, out, activation);
    }

    /** {@link Dense#of(INDArray, INDArray, Activation)}. */
    public static Dense dense(INDArray weight, INDArray bias, Activation activation) {
        return Dense.of(weight, bias, activation);
    }

    /** {@link Chain#of}. */
    public static Chain chain(Layer... layers) {
        return Chain.of(layers);
    }

    /** {@link Layer#copyAs}: a copy that computes in Float64, with such parameters. */
    public static <L extends Layer> L f64(L model) {
        return Layer.copyAs(DataType.DOUBLE, model);
    }

    /** {@link Layer#copyAs}: a copy that computes in Float32, with such parameters. */
    public static <L extends Layer> L f32(L model) {
        return Layer.copyAs(DataType.FLOAT, model);
    }

    /** {@link Activation#leakyrelu}. */
    public static Activation leakyrelu(double a) {
        return Activation.leakyrelu(a);
    }

    /** {@link Activation#rrelu}. */
    public static Activation rrelu(double low, double high) {
        return Activation.rrelu(low, high);
    }

    /** {@link Activation#elu}. */
    public static Activation elu(double alpha) {
        return Activation.elu(alpha);
    }

    /** {@link Activation#celu}. */
    public static Activation celu(double alpha) {
        return Activation.celu(alpha);
    }

    /** {@link Activation#trelu}. */
    public static Activation trelu(double theta) {
        return Activation.trelu(theta);
    }

    /** {@link Activation#softshrink}. */
    public static Activation softshrink(double lambda) {
        return Activation.softshrink(lambda);
    }

    /** {@link Scale}. */
    public static Scale scale(int size) {
        return Scale.of(size, IDENTITY);
    }

    /** {@link Scale}. */
    public static Scale scale(int size, Activation activation) {
        return Scale.of(size, activation);
    }

    /** {@link LayerNorm}. */
    public static LayerNorm layerNorm(int size) {
        return LayerNorm.of(size, IDENTITY);
    }

    /** {@link LayerNorm}. */
    public static LayerNorm layerNorm(int size, Activation activation) {
        return LayerNorm.of(size, activation);
    }

    /** {@link BatchNorm}. */
    public static BatchNorm batchNorm(int size) {
        return BatchNorm.of(size, IDENTITY);
    }

    /** {@link BatchNorm}. */
    public static BatchNorm batchNorm(int size, Activation activation) {
        return BatchNorm.of(size, activation);
    }

    /** {@link Dropout}. */
    public static Dropout dropout(double p) {
        return new Dropout(p);
    }

    /** {@link AlphaDropout}. */
    public static AlphaDropout alphaDropout(double p) {
        return new AlphaDropout(p);
    }

    /** {@link Chain#named}: a chain whose layers have names. */
    public static Chain.Builder namedChain() {
        return Chain.named();
    }

    /** {@link Layer#setMode} to {@link Mode#TEST}: dropout and batch normalisation behave as in testing until told otherwise. */
    public static <L extends Layer> L testmode(L model) {
        Objects.requireNonNull(model, "model is null").setMode(Mode.TEST);
        return model;
    }

    /** {@link Layer#setMode} to {@link Mode#TRAIN}: dropout and batch normalisation behave as in training until told otherwise. */
    public static <L extends Layer> L trainmode(L model) {
        Objects.requireNonNull(model, "model is null").setMode(Mode.TRAIN);
        return model;
    }

    /** {@link Layer#setMode} to {@link Mode#AUTO}, which is how models start. */
    public static <L extends Layer> L automode(L model) {
        Objects.requireNonNull(model, "model is null").setMode(Mode.AUTO);
        return model;
    }

    /** {@link Layer#copyOf}: a copy with memory of its own. */
    public static <L extends Layer> L copy(L model) {
        return Layer.copyOf(model);
    }

    /** {@link Layer#trainables}. */
    public static List<Parameter> trainables(Layer model) {
        return Objects.requireNonNull(model, "model is null").trainables();
    }

    /** {@link Destructured}. */
    public static <L extends Layer> Destructured<L> destructure(L model) {
        return Destructured.of(model);
    }

    /** {@link State#of}. */
    public static State state(Layer model) {
        return State.of(model);
    }

    /** {@link State#loadInto}: the numbers of another model of the same structure. */
    public static void loadmodel(Layer destination, Layer source) {
        State.of(Objects.requireNonNull(source, "source is null")).loadInto(destination);
    }

    /** {@link State#loadInto}. */
    public static void loadmodel(Layer destination, State source) {
        Objects.requireNonNull(source, "source is null").loadInto(destination);
    }

    /** {@link Models#save(Layer, Path)}: the model as a file, {@code *.flux4j}. */
    public static void save(Layer model, Path file) throws IOException {
        Models.save(model, file);
    }

    /** {@link Models#load(Path)}: the model that {@link #save} wrote. */
    public static Layer load(Path file) throws IOException {
        return Models.load(file);
    }

    /** {@link Models#load(Path, Parts)}, of a model with parts of your own. */
    public static Layer load(Path file, Parts parts) throws IOException {
        return Models.load(file, parts);
    }

    /** {@link Layer#outputSize}. */
    public static int outputSize(Layer model, int inputs) {
        return Objects.requireNonNull(model, "model is null").outputSize(inputs);
    }

    /** {@link Chain#activations}. */
    public static List<INDArray> activations(Chain model, INDArray x) {
        return Objects.requireNonNull(model, "model is null").activations(x);
    }

    // Losses.

    /** {@link Losses#MSE} of a model's predictions. */
    public static Loss mse(Layer model) {
        return MSE.bind(model);
    }

    /** {@link Losses#MAE} of a model's predictions. */
    public static Loss mae(Layer model) {
        return MAE.bind(model);
    }

    /** {@link Losses#MSLE} of a model's predictions. */
    public static Loss msle(Layer model) {
        return MSLE.bind(model);
    }

    /** {@link Losses#HUBER} of a model's predictions. */
    public static Loss huber(Layer model) {
        return HUBER.bind(model);
    }

    /** {@link Losses#CROSSENTROPY} of a model's predictions. */
    public static Loss crossentropy(Layer model) {
        return CROSSENTROPY.bind(model);
    }

    /** {@link Losses#LOGITCROSSENTROPY} of a model's predictions. */
    public static Loss logitcrossentropy(Layer model) {
        return LOGITCROSSENTROPY.bind(model);
    }

    /** {@link Losses#BINARYCROSSENTROPY} of a model's predictions. */
    public static Loss binarycrossentropy(Layer model) {
        return BINARYCROSSENTROPY.bind(model);
    }

    /** {@link Losses#LOGITBINARYCROSSENTROPY} of a model's predictions. */
    public static Loss logitbinarycrossentropy(Layer model) {
        return LOGITBINARYCROSSENTROPY.bind(model);
    }

    /** {@link Losses#KLDIVERGENCE} of a model's predictions. */
    public static Loss kldivergence(Layer model) {
        return KLDIVERGENCE.bind(model);
    }

    /** {@link Losses#POISSON_LOSS} of a model's predictions. */
    public static Loss poissonLoss(Layer model) {
        return POISSON_LOSS.bind(model);
    }

    /** {@link Losses#HINGE_LOSS} of a model's predictions. */
    public static Loss hingeLoss(Layer model) {
        return HINGE_LOSS.bind(model);
    }

    /** {@link Losses#SQUARED_HINGE_LOSS} of a model's predictions. */
    public static Loss squaredHingeLoss(Layer model) {
        return SQUARED_HINGE_LOSS.bind(model);
    }

    /** {@link Losses#DICE_COEFF_LOSS} of a model's predictions. */
    public static Loss diceCoeffLoss(Layer model) {
        return DICE_COEFF_LOSS.bind(model);
    }

    /** {@link Losses#TVERSKY_LOSS} of a model's predictions. */
    public static Loss tverskyLoss(Layer model) {
        return TVERSKY_LOSS.bind(model);
    }

    /** {@link Losses#BINARY_FOCAL_LOSS} of a model's predictions. */
    public static Loss binaryFocalLoss(Layer model) {
        return BINARY_FOCAL_LOSS.bind(model);
    }

    /** {@link Losses#FOCAL_LOSS} of a model's predictions. */
    public static Loss focalLoss(Layer model) {
        return FOCAL_LOSS.bind(model);
    }

    /** {@link Losses#SIAMESE_CONTRASTIVE_LOSS} of a model's predictions. */
    public static Loss siameseContrastiveLoss(Layer model) {
        return SIAMESE_CONTRASTIVE_LOSS.bind(model);
    }

    /** {@link Losses#msle}. */
    public static LossFunction msle(double eps) {
        return Losses.msle(eps);
    }

    /** {@link Losses#crossentropy}. */
    public static LossFunction crossentropy(double eps) {
        return Losses.crossentropy(eps);
    }

    /** {@link Losses#binarycrossentropy}. */
    public static LossFunction binarycrossentropy(double eps) {
        return Losses.binarycrossentropy(eps);
    }

    /** {@link Losses#kldivergence}. */
    public static LossFunction kldivergence(double eps) {
        return Losses.kldivergence(eps);
    }

    /** {@link Losses#huber}. */
    public static LossFunction huber(double delta) {
        return Losses.huber(delta);
    }

    /** {@link Losses#diceCoeffLoss}. */
    public static LossFunction diceCoeffLoss(double smooth) {
        return Losses.diceCoeffLoss(smooth);
    }

    /** {@link Losses#tverskyLoss}. */
    public static LossFunction tverskyLoss(double beta) {
        return Losses.tverskyLoss(beta);
    }

    /** {@link Losses#binaryFocalLoss(double)}. */
    public static LossFunction binaryFocalLoss(double gamma) {
        return Losses.binaryFocalLoss(gamma);
    }

    /** {@link Losses#binaryFocalLoss(double, double)}. */
    public static LossFunction binaryFocalLoss(double gamma, double eps) {
        return Losses.binaryFocalLoss(gamma, eps);
    }

    /** {@link Losses#focalLoss(double)}. */
    public static LossFunction focalLoss(double gamma) {
        return Losses.focalLoss(gamma);
    }

    /** {@link Losses#focalLoss(double, double)}. */
    public static LossFunction focalLoss(double gamma, double eps) {
        return Losses.focalLoss(gamma, eps);
    }

    /** {@link Losses#siameseContrastiveLoss}. */
    public static LossFunction siameseContrastiveLoss(double margin) {
        return Losses.siameseContrastiveLoss(margin);
    }

    /** {@link Losses#labelSmoothing} of one-hot rows. */
    public static INDArray labelSmoothing(INDArray y, double alpha) {
        return Losses.labelSmoothing(y, alpha, 1);
    }

    /** {@link Losses#labelSmoothing}. */
    public static INDArray labelSmoothing(INDArray y, double alpha, int dims) {
        return Losses.labelSmoothing(y, alpha, dims);
    }

    /** {@link LossFunction#of(String, LossExpression)}: a loss of your own, differentiated. */
    public static LossFunction loss(LossExpression expression) {
        return LossFunction.of("loss", expression);
    }

    /** {@link LossFunction#of(String, ToDoubleBiFunction, BinaryOperator)}: a loss of your own, given as value and gradient. */
    public static LossFunction loss(ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        return LossFunction.of("loss", value, gradient);
    }

    /** {@link Penalty#l1}. */
    public static Penalty l1(double lambda) {
        return Penalty.l1(lambda);
    }

    /** {@link Penalty#l2}. */
    public static Penalty l2(double lambda) {
        return Penalty.l2(lambda);
    }

    // Rules.

    /** {@link Descent}. */
    public static Descent descent() {
        return new Descent(0.1);
    }

    /** {@link Descent}. */
    public static Descent descent(double eta) {
        return new Descent(eta);
    }

    /** {@link Momentum}. */
    public static Momentum momentum() {
        return new Momentum(0.01);
    }

    /** {@link Momentum}. */
    public static Momentum momentum(double eta) {
        return new Momentum(eta);
    }

    /** {@link Momentum}. */
    public static Momentum momentum(double eta, double rho) {
        return new Momentum(eta, rho);
    }

    /** {@link Nesterov}. */
    public static Nesterov nesterov() {
        return new Nesterov(0.001);
    }

    /** {@link Nesterov}. */
    public static Nesterov nesterov(double eta) {
        return new Nesterov(eta);
    }

    /** {@link Nesterov}. */
    public static Nesterov nesterov(double eta, double rho) {
        return new Nesterov(eta, rho);
    }

    /** {@link RMSProp}. */
    public static RMSProp rmsProp() {
        return new RMSProp(0.001);
    }

    /** {@link RMSProp}. */
    public static RMSProp rmsProp(double eta) {
        return new RMSProp(eta);
    }

    /** {@link RMSProp}. */
    public static RMSProp rmsProp(double eta, double rho) {
        return new RMSProp(eta, rho, 1e-8, false);
    }

    /** {@link Rprop}. */
    public static Rprop rprop() {
        return new Rprop(1e-3);
    }

    /** {@link Rprop}. */
    public static Rprop rprop(double eta) {
        return new Rprop(eta);
    }

    /** {@link Adam}. */
    public static Adam adam() {
        return new Adam(0.001);
    }

    /** {@link Adam}. */
    public static Adam adam(double eta) {
        return new Adam(eta);
    }

    /** {@link Adam}. */
    public static Adam adam(double eta, double beta1, double beta2) {
        return new Adam(eta, beta1, beta2, 1e-8);
    }

    /** {@link RAdam}. */
    public static RAdam rAdam() {
        return new RAdam(0.001);
    }

    /** {@link RAdam}. */
    public static RAdam rAdam(double eta) {
        return new RAdam(eta);
    }

    /** {@link RAdam}. */
    public static RAdam rAdam(double eta, double beta1, double beta2) {
        return new RAdam(eta, beta1, beta2, 1e-8);
    }

    /** {@link AdaMax}. */
    public static AdaMax adaMax() {
        return new AdaMax(0.001);
    }

    /** {@link AdaMax}. */
    public static AdaMax adaMax(double eta) {
        return new AdaMax(eta);
    }

    /** {@link AdaMax}. */
    public static AdaMax adaMax(double eta, double beta1, double beta2) {
        return new AdaMax(eta, beta1, beta2, 1e-8);
    }

    /** {@link OAdam}. */
    public static OAdam oAdam() {
        return new OAdam(0.001);
    }

    /** {@link OAdam}. */
    public static OAdam oAdam(double eta) {
        return new OAdam(eta);
    }

    /** {@link OAdam}. */
    public static OAdam oAdam(double eta, double beta1, double beta2) {
        return new OAdam(eta, beta1, beta2, 1e-8);
    }

    /** {@link AMSGrad}. */
    public static AMSGrad amsGrad() {
        return new AMSGrad(0.001);
    }

    /** {@link AMSGrad}. */
    public static AMSGrad amsGrad(double eta) {
        return new AMSGrad(eta);
    }

    /** {@link AMSGrad}. */
    public static AMSGrad amsGrad(double eta, double beta1, double beta2) {
        return new AMSGrad(eta, beta1, beta2, 1e-8);
    }

    /** {@link NAdam}. */
    public static NAdam nAdam() {
        return new NAdam(0.001);
    }

    /** {@link NAdam}. */
    public static NAdam nAdam(double eta) {
        return new NAdam(eta);
    }

    /** {@link NAdam}. */
    public static NAdam nAdam(double eta, double beta1, double beta2) {
        return new NAdam(eta, beta1, beta2, 1e-8);
    }

    /** {@link AdaBelief}. */
    public static AdaBelief adaBelief() {
        return new AdaBelief(0.001);
    }

    /** {@link AdaBelief}. */
    public static AdaBelief adaBelief(double eta) {
        return new AdaBelief(eta);
    }

    /** {@link AdaBelief}. */
    public static AdaBelief adaBelief(double eta, double beta1, double beta2) {
        return new AdaBelief(eta, beta1, beta2, 1e-16);
    }

    /** {@link Lion}. */
    public static Lion lion() {
        return new Lion(0.001);
    }

    /** {@link Lion}. */
    public static Lion lion(double eta) {
        return new Lion(eta);
    }

    /** {@link Lion}. */
    public static Lion lion(double eta, double beta1, double beta2) {
        return new Lion(eta, beta1, beta2);
    }

    /** {@link AdamW}. */
    public static AdamW adamW() {
        return new AdamW(0.001);
    }

    /** {@link AdamW}. */
    public static AdamW adamW(double eta) {
        return new AdamW(eta);
    }

    /** {@link AdamW}. */
    public static AdamW adamW(double eta, double lambda) {
        return new AdamW(eta, 0.9, 0.999, lambda, 1e-8, true);
    }

    /** {@link AdaGrad}. */
    public static AdaGrad adaGrad() {
        return new AdaGrad(0.1);
    }

    /** {@link AdaGrad}. */
    public static AdaGrad adaGrad(double eta) {
        return new AdaGrad(eta);
    }

    /** {@link AdaDelta}. */
    public static AdaDelta adaDelta() {
        return new AdaDelta(0.9);
    }

    /** {@link AdaDelta}. */
    public static AdaDelta adaDelta(double rho) {
        return new AdaDelta(rho);
    }

    /** {@link WeightDecay}. */
    public static WeightDecay weightDecay() {
        return new WeightDecay(5e-4);
    }

    /** {@link WeightDecay}. */
    public static WeightDecay weightDecay(double lambda) {
        return new WeightDecay(lambda);
    }

    /** {@link SignDecay}. */
    public static SignDecay signDecay() {
        return new SignDecay(1e-3);
    }

    /** {@link SignDecay}. */
    public static SignDecay signDecay(double lambda) {
        return new SignDecay(lambda);
    }

    /** {@link ClipGrad}. */
    public static ClipGrad clipGrad() {
        return new ClipGrad(10);
    }

    /** {@link ClipGrad}. */
    public static ClipGrad clipGrad(double delta) {
        return new ClipGrad(delta);
    }

    /** {@link ClipNorm}. */
    public static ClipNorm clipNorm() {
        return new ClipNorm(10);
    }

    /** {@link ClipNorm}. */
    public static ClipNorm clipNorm(double omega) {
        return new ClipNorm(omega);
    }

    /** {@link ClipNorm}. */
    public static ClipNorm clipNorm(double omega, double p) {
        return new ClipNorm(omega, p);
    }

    /** {@link AccumGrad}. */
    public static AccumGrad accumGrad(int n) {
        return new AccumGrad(n);
    }

    /** {@link OptimiserChain}. */
    public static OptimiserChain optimiserChain(Rule... rules) {
        return new OptimiserChain(Arrays.asList(Objects.requireNonNull(rules, "rules is null")));
    }

    // Training.

    /** {@link Params#of}. */
    public static Params params(Layer model) {
        return Params.of(model);
    }

    /** {@link Optimiser}: the rule with fresh state for this model. */
    public static Optimiser setup(Rule rule, Layer model) {
        return new Optimiser(rule, model);
    }

    /** {@link Training#train(Loss, Params, Iterable, Rule)}; the rule's state is kept in {@link Params}, and goes on with an equal rule. */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) {
        return Training.train(loss, params, data, rule);
    }

    /** {@link Training#train(LossFunction, Layer, Iterable, Optimiser)}. */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return Training.train(loss, model, data, optimiser);
    }

    /** {@link Training#train(Loss, Iterable, Optimiser)}. */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) {
        return Training.train(loss, data, optimiser);
    }

    /** {@link Training#trainstep}. */
    public static double trainstep(LossFunction loss, Layer model, Batch batch, Optimiser optimiser) {
        return Training.trainstep(new Loss(loss, model), batch, optimiser);
    }

    /** {@link Training#trainstep}. */
    public static double trainstep(Loss loss, Batch batch, Optimiser optimiser) {
        return Training.trainstep(loss, batch, optimiser);
    }

    /** {@link Trainer}. */
    public static Trainer trainer(LossFunction loss, Layer model, Optimiser optimiser) {
        return new Trainer(new Loss(loss, model), optimiser);
    }

    /** {@link Trainer}. */
    public static Trainer trainer(Loss loss, Optimiser optimiser) {
        return new Trainer(loss, optimiser);
    }

    /** {@link Training#stop}. */
    public static void stop() {
        Training.stop();
    }

    /** {@link Training#skip}. */
    public static void skip() {
        Training.skip();
    }

    /** {@link Training#withGradient}. */
    public static WithGradient withGradient(LossFunction loss, Layer model, INDArray x, INDArray y) {
        return Training.withGradient(new Loss(loss, model), x, y);
    }

    /** {@link Training#withGradient} of a bound loss. */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) {
        return Training.withGradient(loss, x, y);
    }

    /** {@link Training#update}. */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) {
        Training.update(optimiser, model, gradient);
    }

    // When to act and when to stop.

    /** {@link Throttle#of(Runnable, double)}. */
    public static Throttle throttle(Runnable action, double seconds) {
        return Throttle.of(action, seconds);
    }

    /** {@link Throttle#of(Callback, double)}. */
    public static Throttle throttle(Callback action, double seconds) {
        return Throttle.of(action, seconds);
    }

    /** {@link Patience}. */
    public static Patience patience(BooleanSupplier condition, int wait) {
        return new Patience(condition, wait);
    }

    /** {@link EarlyStopping}, to be given the scores: {@code stopping.test(score)}. */
    public static EarlyStopping earlyStopping(int delay) {
        return EarlyStopping.of(delay);
    }

    /** {@link EarlyStopping#watching}, which works the scores out itself. */
    public static BooleanSupplier earlyStopping(DoubleSupplier score, int delay) {
        return EarlyStopping.of(delay).watching(score);
    }

    /** {@link Plateau}, to be given the scores: {@code plateau.test(score)}. */
    public static Plateau plateau(int width) {
        return Plateau.of(width);
    }

    /** {@link Plateau#watching}, which works the scores out itself. */
    public static BooleanSupplier plateau(DoubleSupplier score, int width) {
        return Plateau.of(width).watching(score);
    }
}
