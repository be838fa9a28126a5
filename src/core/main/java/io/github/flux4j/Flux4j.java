package io.github.flux4j;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.data.Resampling;
import io.github.flux4j.data.Split;
import io.github.flux4j.data.Split.Fold;
import io.github.flux4j.engine.Join;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.data.ArrayFunctions;
import io.github.flux4j.internal.data.Normalisation;
import io.github.flux4j.internal.data.OneHot;
import io.github.flux4j.io.Models;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.AlphaDropout;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Destructured;
import io.github.flux4j.layers.Dropout;
import io.github.flux4j.layers.Embedding;
import io.github.flux4j.layers.Initialiser;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.LayerNorm;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.layers.Scale;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
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
import io.github.flux4j.train.Training.Differentiated;
import io.github.flux4j.train.Training.Terms;
import io.github.flux4j.train.Training.WithGradient;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Flux's words, for {@code import static io.github.flux4j.Flux4j.*}, in the order of the stages: data, model, loss, rule, training. Shapes, errors and
 * further settings stand with the types that they make. It is complete: tables, estimators, files and more have entry types of their own.
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

    // spotless:off: a line says what a word is, a line makes it

    /** x. */
    public static final Activation IDENTITY = Activation.IDENTITY;
    /** 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = Activation.SIGMOID;
    /** max(0, min(1, (x + 3)/6)). */
    public static final Activation HARDSIGMOID = Activation.HARDSIGMOID;
    /** log σ(x) = −softplus(−x). */
    public static final Activation LOGSIGMOID = Activation.LOGSIGMOID;
    /** max(−1, min(1, x)). */
    public static final Activation HARDTANH = Activation.HARDTANH;
    /** tanh x. */
    public static final Activation TANH = Activation.TANH;
    /** max(0, x). */
    public static final Activation RELU = Activation.RELU;
    /** min(max(0, x), 6). */
    public static final Activation RELU6 = Activation.RELU6;
    /** x ≥ 0 ? x : eˣ − 1, which is {@link #elu elu(1)}. */
    public static final Activation ELU = Activation.ELU;
    /** x ≥ 0 ? x : eˣ − 1, which is {@link #celu celu(1)}. */
    public static final Activation CELU = Activation.CELU;
    /** λ·(x > 0 ? x : α·(eˣ − 1)) with λ ≈ 1.0507, α ≈ 1.6733. */
    public static final Activation SELU = Activation.SELU;
    /** x > 0 ? x : 0.01·x, which is {@link #leakyrelu leakyrelu(0.01)}. */
    public static final Activation LEAKYRELU = Activation.LEAKYRELU;
    /** x > 1 ? x : 0, which is {@link #trelu trelu(1)}. */
    public static final Activation TRELU = Activation.TRELU;
    /** min(max(0, x − ½), x + ½), which is {@link #softshrink softshrink(0.5)}. */
    public static final Activation SOFTSHRINK = Activation.SOFTSHRINK;
    /** x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))). */
    public static final Activation GELU = Activation.GELU;
    /** The same function as {@link #GELU}, by its explicit name. */
    public static final Activation GELU_TANH = Activation.GELU_TANH;
    /** The same function as {@link #GELU}, written x·σ(√(8/π)·(x + 0.044715x³)). */
    public static final Activation GELU_SIGMOID = Activation.GELU_SIGMOID;
    /** x/2·(1 + erf(x/√2)). */
    public static final Activation GELU_ERF = Activation.GELU_ERF;
    /** x·σ(x). */
    public static final Activation SWISH = Activation.SWISH;
    /** x·hardsigmoid(x). */
    public static final Activation HARDSWISH = Activation.HARDSWISH;
    /** x·tanh x. */
    public static final Activation LISHT = Activation.LISHT;
    /** x·tanh(softplus x). */
    public static final Activation MISH = Activation.MISH;
    /** log(1 + eˣ). */
    public static final Activation SOFTPLUS = Activation.SOFTPLUS;
    /** x/(1 + |x|). */
    public static final Activation SOFTSIGN = Activation.SOFTSIGN;
    /** log cosh x. */
    public static final Activation LOGCOSH = Activation.LOGCOSH;
    /** x − tanh x. */
    public static final Activation TANHSHRINK = Activation.TANHSHRINK;
    /** x > 0 ? x : a·x with a drawn from 1/8 to 1/3 for each element, which is {@link #rrelu rrelu(1/8, 1/3)}. */
    public static final Activation RRELU = Activation.RRELU;
    /** exp(xᵢ)/Σ exp(xⱼ) of each whole row. */
    public static final Activation SOFTMAX = Activation.SOFTMAX;
    /** xᵢ − log Σ exp(xⱼ) of each whole row. */
    public static final Activation LOGSOFTMAX = Activation.LOGSOFTMAX;

    /** Branches side by side, Flux's {@code vcat}. */
    public static final Join CONCAT = Join.CONCAT;
    /** The sum of branches, element by element. */
    public static final Join SUM = Join.SUM;
    /** The product of branches, element by element. */
    public static final Join PRODUCT = Join.PRODUCT;
    /** The largest of branches, element by element. */
    public static final Join MAX = Join.MAX;

    /** Mean squared error, mean((ŷ − y)²). */
    public static final LossFunction MSE = Losses.MSE;
    /** Mean absolute error, mean(|ŷ − y|). */
    public static final LossFunction MAE = Losses.MAE;
    /** Mean squared logarithmic error, mean(log((ŷ + ε)/(y + ε))²). */
    public static final LossFunction MSLE = Losses.MSLE;
    /** Squared error near 0 and absolute error beyond δ = 1, which is {@link #huber(double) huber(1)}. */
    public static final LossFunction HUBER = Losses.HUBER;
    /** Mean over rows of −Σ y·log(ŷ + ε): ŷ are probabilities of classes. */
    public static final LossFunction CROSSENTROPY = Losses.CROSSENTROPY;
    /** Mean over rows of −Σ y·logsoftmax(ŷ): ŷ are logits of classes. */
    public static final LossFunction LOGITCROSSENTROPY = Losses.LOGITCROSSENTROPY;
    /** mean(−y·log(ŷ + ε) − (1 − y)·log(1 − ŷ + ε)): ŷ are probabilities. */
    public static final LossFunction BINARYCROSSENTROPY = Losses.BINARYCROSSENTROPY;
    /** mean((1 − y)·ŷ − logσ(ŷ)): ŷ are logits. */
    public static final LossFunction LOGITBINARYCROSSENTROPY = Losses.LOGITBINARYCROSSENTROPY;
    /** Kullback–Leibler divergence, mean over rows of Σ y·log y − Σ y·log(ŷ + ε). */
    public static final LossFunction KLDIVERGENCE = Losses.KLDIVERGENCE;
    /** mean(ŷ − y·log ŷ): ŷ are expected counts. */
    public static final LossFunction POISSON_LOSS = Losses.POISSON_LOSS;
    /** mean(max(0, 1 − ŷ·y)), y from {−1, 1}. */
    public static final LossFunction HINGE_LOSS = Losses.HINGE_LOSS;
    /** mean(max(0, 1 − ŷ·y)²), y from {−1, 1}. */
    public static final LossFunction SQUARED_HINGE_LOSS = Losses.SQUARED_HINGE_LOSS;
    /** One less the Dice coefficient of a batch, smoothed by 1: {@link #diceCoeffLoss(double) diceCoeffLoss(1)}. */
    public static final LossFunction DICE_COEFF_LOSS = Losses.DICE_COEFF_LOSS;
    /** One less the Tversky index of a batch with β = 0.7: {@link #tverskyLoss(double) tverskyLoss(0.7)}. */
    public static final LossFunction TVERSKY_LOSS = Losses.TVERSKY_LOSS;
    /** mean(−(1 − p)²·log p), p the probability of the true class: {@link #binaryFocalLoss(double) binaryFocalLoss(2)}. */
    public static final LossFunction BINARY_FOCAL_LOSS = Losses.BINARY_FOCAL_LOSS;
    /** Mean over rows of Σ −y·(1 − ŷ)²·log ŷ: {@link #focalLoss(double) focalLoss(2)}. */
    public static final LossFunction FOCAL_LOSS = Losses.FOCAL_LOSS;
    /** mean((1 − y)·ŷ² + y·max(0, 1 − ŷ)²), ŷ distances: {@link #siameseContrastiveLoss(double) siameseContrastiveLoss(1)}. */
    public static final LossFunction SIAMESE_CONTRASTIVE_LOSS = Losses.SIAMESE_CONTRASTIVE_LOSS;

    // Chance and data.

    /** Starts the generator of initial weights, shuffles and dropout again from a seed, for what is made afterwards. */
    public static void seed(long seed) { Randomness.seed(seed); }

    /** A Float32 column, {@code [n, 1]}: n examples of one value each, at least one. */
    public static INDArray column(double... values) { return Tensors.of(DataType.FLOAT, values, some(values), 1); }
    /** A Float32 column, {@code [n, 1]}, of values that are Float32 already, at least one. */
    public static INDArray column(float... values) { return Tensors.of(values, some(values), 1); }

    /** A Float32 matrix, {@code [n, columns]}: one example a row, all of one length, at least one value. */
    public static INDArray rows(double[]... rows) { return Tensors.ofRows(DataType.FLOAT, rows); }
    /** A Float32 matrix, {@code [n, columns]}, of rows that are Float32 already. */
    public static INDArray rows(float[][] rows) { return Tensors.ofRows(rows); }

    /** A batch of features, targets and, if examples count differently, weights: one example a row in each. */
    public static Batch batch(INDArray... arrays) { return Batch.of(arrays); }

    /** Small batches of features and targets (and weights): one example each unless {@code batchSize} says more, in order. */
    public static DataLoader dataLoader(INDArray... arrays) { return DataLoader.of(arrays); }
    /** Small batches of these examples: one each unless {@code batchSize} says more, in order. */
    public static DataLoader dataLoader(Batch examples) { return DataLoader.of(examples); }

    /** One label as a row, {@code [1, labels]}: 1 at its place, 0 elsewhere; it must be among the labels. */
    public static <T> INDArray onehot(T value, List<? extends T> labels) { return OneHot.onehot(value, labels); }
    /** One label as a row, {@code [1, labels]}; one that isn't among the labels counts as {@code otherwise}. */
    public static <T> INDArray onehot(T value, List<? extends T> labels, T otherwise) { return OneHot.onehot(value, labels, otherwise); }

    /** A row for each value, {@code [values, labels]}: 1 at its label, 0 elsewhere; each must be among the labels. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels) { return OneHot.onehotbatch(values, labels); }
    /** A row for each value, {@code [values, labels]}; those that aren't among the labels count as {@code otherwise}. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels, T otherwise) {
        return OneHot.onehotbatch(values, labels, otherwise);
    }

    /** The label of each row's largest value, the first of equal ones. */
    public static <T> List<T> onecold(INDArray predictions, List<T> labels) { return OneHot.onecold(predictions, labels); }
    /** The column, from 0, of each row's largest value, the first of equal ones. */
    public static int[] onecold(INDArray predictions) { return OneHot.onecold(predictions); }
    /** The label of the largest value, the first of equal ones. */
    public static <T> T onecold(double[] predictions, List<T> labels) { return OneHot.onecold(predictions, labels); }
    /** The index, from 0, of the largest value, the first of equal ones. */
    public static int onecold(double[] predictions) { return OneHot.onecold(predictions); }

    /** The share of rows whose largest value stands where that of the targets does: {@code accuracy(model.predict(x), y)}, a column for each class. */
    public static double accuracy(INDArray predictions, INDArray targets) { return OneHot.accuracy(predictions, targets); }

    /** Divides arrays of examples: {@code splitobs(x, y).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(INDArray... arrays) { return Split.of(Batch.of(arrays)); }
    /** Divides examples: {@code splitobs(batch).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(Batch data) { return Split.of(data); }

    /** k folds of the examples in order; shuffled or stratified ones are {@code splitobs(data).shuffle().kfolds(k)}. */
    public static List<Fold> kfolds(Batch data, int k) { return Split.of(data).kfolds(k); }

    /** The examples in random order. */
    public static Batch shuffleobs(Batch data) { return Resampling.shuffleobs(data); }
    /** The examples in random order, which is the seed's. */
    public static Batch shuffleobs(Batch data, long seed) { return Resampling.shuffleobs(data, seed); }

    /** All examples, with those of rarer classes repeated until each class of the targets has as many as the largest. */
    public static Batch oversample(Batch data) { return Resampling.oversample(data); }
    /** All examples, with those of rarer labels repeated until each label has as many as the most frequent. */
    public static Batch oversample(Batch data, List<?> labels) { return Resampling.oversample(data, labels); }
    /** As {@link #oversample(Batch, List)}, but only until each label has {@code fraction} times as many as the most frequent. */
    public static Batch oversample(Batch data, List<?> labels, double fraction) { return Resampling.oversample(data, labels, fraction); }

    /** As many examples of each class of the targets, drawn without repetition, as the rarest has. */
    public static Batch undersample(Batch data) { return Resampling.undersample(data); }
    /** As many examples of each label, drawn without repetition, as the rarest has. */
    public static Batch undersample(Batch data, List<?> labels) { return Resampling.undersample(data, labels); }

    /** Each column less its mean and divided by its standard deviation, √(variance + 1e-5). */
    public static INDArray normalise(INDArray array) { return Normalisation.normalise(array); }
    /** Each column (dimension 0) or each row (1) less its mean and divided by √(variance + 1e-5). */
    public static INDArray normalise(INDArray array, int dimension) { return Normalisation.normalise(array, dimension); }
    /** Each column (dimension 0) or each row (1) less its mean and divided by √(variance + eps). */
    public static INDArray normalise(INDArray array, int dimension, double eps) { return Normalisation.normalise(array, dimension, eps); }

    /** A new array with each number 0 with probability p, and else multiplied by 1/(1 − p); in a model it is a layer, {@link #dropout(double)}. */
    public static INDArray dropout(INDArray array, double p) { return ArrayFunctions.dropout(array, p); }

    /** log Σ exp(xᵢ) of all numbers, without overflow. */
    public static double logsumexp(INDArray array) { return ArrayFunctions.logsumexp(array); }
    /** log Σ exp(xᵢ) of each column (dimension 0), {@code [1, columns]}, or of each row (1), {@code [rows, 1]}. */
    public static INDArray logsumexp(INDArray array, int dimension) { return ArrayFunctions.logsumexp(array, dimension); }

    // Models.

    /** A layer {@code y = x·Wᵀ + b}; W starts Glorot-uniform, b at 0. */
    public static Dense dense(int in, int out) { return Dense.of(in, out, Activation.IDENTITY); }
    /** A layer {@code y = activation(x·Wᵀ + b)}; W starts Glorot-uniform, b at 0. */
    public static Dense dense(int in, int out, Activation activation) { return Dense.of(in, out, activation); }
    /** A layer {@code y = activation(x·Wᵀ + b)} with copies of W {@code [out, in]} and b {@code [out]}. */
    public static Dense dense(INDArray weight, @Nullable INDArray bias, Activation activation) { return Dense.of(weight, bias, activation); }

    /** Layers one after another, each given what the one before makes. */
    public static Chain chain(Layer... layers) { return Chain.of(layers); }

    /** A copy that computes in Float64, with such parameters. */
    public static <L extends Layer> L f64(L model) { return Layer.copyAs(DataType.DOUBLE, model); }

    /** A copy that computes in Float32, with such parameters. */
    public static <L extends Layer> L f32(L model) { return Layer.copyAs(DataType.FLOAT, model); }

    /** x > 0 ? x : a·x, a finite; {@link #LEAKYRELU} has 0.01. */
    public static Activation leakyrelu(double a) { return Activation.leakyrelu(a); }

    /** x > 0 ? x : a·x with a drawn anew for each element, uniformly from low to high; {@link #RRELU} has 1/8 and 1/3. */
    public static Activation rrelu(double low, double high) { return Activation.rrelu(low, high); }

    /** x ≥ 0 ? x : α·(eˣ − 1), α finite; {@link #ELU} has 1. */
    public static Activation elu(double alpha) { return Activation.elu(alpha); }

    /** x ≥ 0 ? x : α·(e^(x/α) − 1), α above 0; {@link #CELU} has 1. */
    public static Activation celu(double alpha) { return Activation.celu(alpha); }

    /** x > θ ? x : 0, θ finite; {@link #TRELU} has 1. */
    public static Activation trelu(double theta) { return Activation.trelu(theta); }

    /** min(max(0, x − λ), x + λ), λ not negative; {@link #SOFTSHRINK} has 0.5. */
    public static Activation softshrink(double lambda) { return Activation.softshrink(lambda); }

    /** A layer {@code y = scale ∘ x + bias}, element by element; scale starts at 1, bias at 0. */
    public static Scale scale(int size) { return Scale.of(size, IDENTITY); }
    /** A layer {@code y = activation(scale ∘ x + bias)}, element by element; scale starts at 1, bias at 0. */
    public static Scale scale(int size, Activation activation) { return Scale.of(size, activation); }

    /** Normalises each row to mean 0 and variance 1, then {@code scale ∘ x + bias}; ε = 1e-5. */
    public static LayerNorm layerNorm(int size) { return LayerNorm.of(size, IDENTITY); }
    /** Normalises each row to mean 0 and variance 1, then {@code activation(scale ∘ x + bias)}; ε = 1e-5. */
    public static LayerNorm layerNorm(int size, Activation activation) { return LayerNorm.of(size, activation); }

    /** Normalises each column over the batch, in testing by running statistics (momentum 0.1), then {@code γ ∘ x + β}; ε = 1e-5. */
    public static BatchNorm batchNorm(int size) { return BatchNorm.of(size, IDENTITY); }
    /** Normalises each column over the batch, in testing by running statistics, then {@code activation(γ ∘ x + β)}; ε = 1e-5. */
    public static BatchNorm batchNorm(int size, Activation activation) { return BatchNorm.of(size, activation); }

    /** In training sets each element to 0 with probability p and multiplies the others by 1/(1 − p); in testing does nothing. */
    public static Dropout dropout(double p) { return new Dropout(p); }

    /** Dropout for {@link #SELU}: drops with probability p to selu(−∞) and keeps mean and variance; in testing does nothing. */
    public static AlphaDropout alphaDropout(double p) { return new AlphaDropout(p); }

    /** Layers side by side, {@code y = join(layer₁(x), layer₂(x), …)}; each is given the same rows, or some {@link #columns} of them. */
    public static Layer parallel(Join join, Layer... layers) { return Layer.parallel(join, layers); }

    /** A layer and a way around it, {@code y = join(layer(x), x)}; with {@link #SUM} a residual block. */
    public static Layer skipConnection(Layer layer, Join join) { return Layer.skipConnection(layer, join); }

    /** The largest of what several layers give, element by element. */
    public static Layer maxout(Layer... layers) { return Layer.maxout(layers); }

    /** Columns {@code from} to before {@code to} of each row, counted from 0. */
    public static Layer columns(int from, int to) { return Layer.columns(from, to); }
    /** What a layer gives for columns {@code from} to before {@code to} of each row, counted from 0. */
    public static Layer columns(int from, int to, Layer layer) { return Layer.columns(from, to, layer); }

    /** {@code out} learnt numbers for each of {@code in} categories, {@code y = x·Wᵀ} of one-hot rows; W starts as randn32. */
    public static Embedding embedding(int in, int out) { return Embedding.of(in, out); }

    /** Each of {@code in} columns as {@code out} learnt periodic functions of it, {@code W·cos(2π·f·x + φ) + b}; f starts with N(0, 0.1²). Flux has none. */
    public static Layer periodic(int in, int frequencies, int out) { return Layer.periodic(in, frequencies, out); }

    /** A matrix {@code [rows, columns]} of a layer's formula, {@code Layer.of(name, formula, parameters)}, and how it starts. */
    public static Layer.Initial parameter(String name, int rows, int columns, Initialiser init) { return new Layer.Initial(name, rows, columns, init); }
    /** A vector of a layer's formula, and how it starts. */
    public static Layer.Initial parameter(String name, int length, Initialiser init) { return new Layer.Initial(name, 0, length, init); }

    /** A chain whose layers have names, begun: {@code namedChain().layer("hidden", dense(4, 8)).build()}. */
    public static Chain.Builder namedChain() { return Chain.named(); }

    /** Has dropout and batch normalisation behave as in testing until told otherwise; gives the model itself. */
    public static <L extends Layer> L testmode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.TEST); return model; }

    /** Has dropout and batch normalisation behave as in training until told otherwise; gives the model itself. */
    public static <L extends Layer> L trainmode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.TRAIN); return model; }

    /** Has dropout and batch normalisation choose by themselves again, which is how models start; gives the model itself. */
    public static <L extends Layer> L automode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.AUTO); return model; }

    /** A copy of the model with memory of its own. */
    public static <L extends Layer> L copy(L model) { return Layer.copyOf(model); }

    /** The model's trainable arrays with their names, live, in the order of its flat parameters. */
    public static List<Parameter> trainables(Layer model) { return Objects.requireNonNull(model, "model is null").trainables(); }

    /** The model taken apart: a copy of its parameters as one vector, and a function that makes such a model from a vector. */
    public static <L extends Layer> Destructured<L> destructure(L model) { return Destructured.of(model); }

    /** A copy of the model's parameters and running statistics, with their names. */
    public static State state(Layer model) { return State.of(model); }

    /** Writes the numbers of a model of the same structure into this one. */
    public static void loadmodel(Layer destination, Layer source) {
        State.of(Objects.requireNonNull(source, "source is null")).loadInto(destination);
    }
    /** Writes a kept state into a model of the same structure. */
    public static void loadmodel(Layer destination, State source) { Objects.requireNonNull(source, "source is null").loadInto(destination); }

    /** Writes the model to a file, {@code *.flux4j}, whole or not at all. */
    public static void save(Layer model, Path file) throws IOException { Models.save(model, file); }

    /** The model that {@link #save} wrote. */
    public static Layer load(Path file) throws IOException { return Models.load(file); }
    /** The model that {@link #save} wrote, of this class: {@code load(path, Chain.class)}; one of another class is an error. */
    public static <L extends Layer> L load(Path file, Class<L> type) throws IOException { return Models.load(file, type); }
    /** The model that {@link #save} wrote, with layers or activations of your own by the names that they were saved under. */
    public static Layer load(Path file, Parts parts) throws IOException { return Models.load(file, parts); }

    /** How many columns the predictions have for rows of so many features. */
    public static int outputSize(Layer model, int inputs) { return Objects.requireNonNull(model, "model is null").outputSize(inputs); }

    /** What each layer of the chain makes of x, in order. */
    public static List<INDArray> activations(Chain model, INDArray x) { return Objects.requireNonNull(model, "model is null").activations(x); }

    // Losses.

    /** {@link #MSE} of this model's predictions. */
    public static Loss mse(Layer model) { return MSE.bind(model); }
    /** {@link #MAE} of this model's predictions. */
    public static Loss mae(Layer model) { return MAE.bind(model); }
    /** {@link #MSLE} of this model's predictions. */
    public static Loss msle(Layer model) { return MSLE.bind(model); }
    /** {@link #HUBER} of this model's predictions. */
    public static Loss huber(Layer model) { return HUBER.bind(model); }
    /** {@link #CROSSENTROPY} of this model's predictions. */
    public static Loss crossentropy(Layer model) { return CROSSENTROPY.bind(model); }
    /** {@link #LOGITCROSSENTROPY} of this model's predictions. */
    public static Loss logitcrossentropy(Layer model) { return LOGITCROSSENTROPY.bind(model); }
    /** {@link #BINARYCROSSENTROPY} of this model's predictions. */
    public static Loss binarycrossentropy(Layer model) { return BINARYCROSSENTROPY.bind(model); }
    /** {@link #LOGITBINARYCROSSENTROPY} of this model's predictions. */
    public static Loss logitbinarycrossentropy(Layer model) { return LOGITBINARYCROSSENTROPY.bind(model); }
    /** {@link #KLDIVERGENCE} of this model's predictions. */
    public static Loss kldivergence(Layer model) { return KLDIVERGENCE.bind(model); }
    /** {@link #POISSON_LOSS} of this model's predictions. */
    public static Loss poissonLoss(Layer model) { return POISSON_LOSS.bind(model); }
    /** {@link #HINGE_LOSS} of this model's predictions. */
    public static Loss hingeLoss(Layer model) { return HINGE_LOSS.bind(model); }
    /** {@link #SQUARED_HINGE_LOSS} of this model's predictions. */
    public static Loss squaredHingeLoss(Layer model) { return SQUARED_HINGE_LOSS.bind(model); }
    /** {@link #DICE_COEFF_LOSS} of this model's predictions. */
    public static Loss diceCoeffLoss(Layer model) { return DICE_COEFF_LOSS.bind(model); }
    /** {@link #TVERSKY_LOSS} of this model's predictions. */
    public static Loss tverskyLoss(Layer model) { return TVERSKY_LOSS.bind(model); }
    /** {@link #BINARY_FOCAL_LOSS} of this model's predictions. */
    public static Loss binaryFocalLoss(Layer model) { return BINARY_FOCAL_LOSS.bind(model); }
    /** {@link #FOCAL_LOSS} of this model's predictions. */
    public static Loss focalLoss(Layer model) { return FOCAL_LOSS.bind(model); }
    /** {@link #SIAMESE_CONTRASTIVE_LOSS} of this model's predictions. */
    public static Loss siameseContrastiveLoss(Layer model) { return SIAMESE_CONTRASTIVE_LOSS.bind(model); }

    /** {@link #MSLE} with another ε, 0 for none. */
    public static LossFunction msle(double eps) { return Losses.msle(eps); }

    /** {@link #CROSSENTROPY} with another ε; with 0 a class that is meant and has no probability costs ∞. */
    public static LossFunction crossentropy(double eps) { return Losses.crossentropy(eps); }

    /** {@link #BINARYCROSSENTROPY} with another ε; with 0 a certainty that is wrong costs ∞. */
    public static LossFunction binarycrossentropy(double eps) { return Losses.binarycrossentropy(eps); }

    /** {@link #KLDIVERGENCE} with another ε, 0 for none. */
    public static LossFunction kldivergence(double eps) { return Losses.kldivergence(eps); }

    /** mean(e &lt; δ ? ½e² : δ·(e − ½δ)) with e = |ŷ − y|; {@link #HUBER} has δ = 1. */
    public static LossFunction huber(double delta) { return Losses.huber(delta); }

    /** 1 − (2Σyŷ + smooth)/(Σy² + Σŷ² + smooth) over the whole batch; {@link #DICE_COEFF_LOSS} has 1. */
    public static LossFunction diceCoeffLoss(double smooth) { return Losses.diceCoeffLoss(smooth); }

    /** 1 − (Σyŷ + 1)/(Σ(yŷ + β(1 − y)ŷ + (1 − β)y(1 − ŷ)) + 1) over the whole batch; {@link #TVERSKY_LOSS} has β = 0.7. */
    public static LossFunction tverskyLoss(double beta) { return Losses.tverskyLoss(beta); }

    /** mean(−(1 − p)^γ·log p) with p = yŷ + (1 − y)(1 − ŷ); {@link #BINARY_FOCAL_LOSS} has γ = 2. */
    public static LossFunction binaryFocalLoss(double gamma) { return Losses.binaryFocalLoss(gamma); }
    /** {@link #binaryFocalLoss(double)} with another ε, 0 for none. */
    public static LossFunction binaryFocalLoss(double gamma, double eps) { return Losses.binaryFocalLoss(gamma, eps); }

    /** Mean over rows of Σ −y·(1 − ŷ)^γ·log ŷ: ŷ are probabilities of classes; {@link #FOCAL_LOSS} has γ = 2. */
    public static LossFunction focalLoss(double gamma) { return Losses.focalLoss(gamma); }
    /** {@link #focalLoss(double)} with another ε, 0 for none. */
    public static LossFunction focalLoss(double gamma, double eps) { return Losses.focalLoss(gamma, eps); }

    /** mean((1 − y)·ŷ² + y·max(0, margin − ŷ)²), ŷ distances; {@link #SIAMESE_CONTRASTIVE_LOSS} has margin 1. */
    public static LossFunction siameseContrastiveLoss(double margin) { return Losses.siameseContrastiveLoss(margin); }

    /** One-hot rows made less certain: {@code y·(1 − α) + α/classes}, a new array. */
    public static INDArray labelSmoothing(INDArray y, double alpha) { return Losses.labelSmoothing(y, alpha, 1); }
    /** Targets made less certain, a new array: one-hot rows (dims 1) by α/classes, binary ones (dims 0) by α/2. */
    public static INDArray labelSmoothing(INDArray y, double alpha, int dims) { return Losses.labelSmoothing(y, alpha, dims); }

    /** A loss of your own, written with ND4J's operations and differentiated. */
    public static LossFunction loss(LossFunction.Expression expression) { return LossFunction.of("loss", expression); }
    /** A loss of your own, given as value and gradient by the predictions. */
    public static LossFunction loss(ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        return LossFunction.of("loss", value, gradient);
    }

    /** λ·Σ|p|, to be added to a loss: {@code loss.plus(l1(1e-4))}. */
    public static Penalty l1(double lambda) { return Penalty.l1(lambda); }

    /** λ/2·Σp², to be added to a loss: {@code loss.plus(l2(1e-4))}. */
    public static Penalty l2(double lambda) { return Penalty.l2(lambda); }

    // Rules.

    /** Gradient descent with η = 0.1. */
    public static Descent descent() { return new Descent(0.1); }
    /** Gradient descent, {@code p ← p − η·g}. */
    public static Descent descent(double eta) { return new Descent(eta); }

    /** Gradient descent with momentum, η = 0.01, ρ = 0.9. */
    public static Momentum momentum() { return new Momentum(0.01); }
    /** Gradient descent with momentum, ρ = 0.9. */
    public static Momentum momentum(double eta) { return new Momentum(eta); }
    /** Gradient descent with momentum ρ. */
    public static Momentum momentum(double eta, double rho) { return new Momentum(eta, rho); }

    /** Gradient descent with Nesterov's momentum, η = 0.001, ρ = 0.9. */
    public static Nesterov nesterov() { return new Nesterov(0.001); }
    /** Gradient descent with Nesterov's momentum, ρ = 0.9. */
    public static Nesterov nesterov(double eta) { return new Nesterov(eta); }
    /** Gradient descent with Nesterov's momentum ρ. */
    public static Nesterov nesterov(double eta, double rho) { return new Nesterov(eta, rho); }

    /** RMSProp with η = 0.001, ρ = 0.9, ε = 1e-8, not centred. */
    public static RMSProp rmsProp() { return new RMSProp(0.001); }
    /** RMSProp with ρ = 0.9, ε = 1e-8, not centred. */
    public static RMSProp rmsProp(double eta) { return new RMSProp(eta); }
    /** RMSProp with ε = 1e-8, not centred. */
    public static RMSProp rmsProp(double eta, double rho) { return new RMSProp(eta, rho, 1e-8, false); }

    /** Rprop, for full batches, with η = 1e-3, factors 0.5 and 1.2, step sizes from 1e-6 to 50. */
    public static Rprop rprop() { return new Rprop(1e-3); }
    /** Rprop, for full batches, with factors 0.5 and 1.2, step sizes from 1e-6 to 50. */
    public static Rprop rprop(double eta) { return new Rprop(eta); }

    /** Adam with η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static Adam adam() { return new Adam(0.001); }
    /** Adam with β = (0.9, 0.999), ε = 1e-8. */
    public static Adam adam(double eta) { return new Adam(eta); }
    /** Adam with ε = 1e-8. */
    public static Adam adam(double eta, double beta1, double beta2) { return new Adam(eta, beta1, beta2, 1e-8); }

    /** Rectified Adam with η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static RAdam rAdam() { return new RAdam(0.001); }
    /** Rectified Adam with β = (0.9, 0.999), ε = 1e-8. */
    public static RAdam rAdam(double eta) { return new RAdam(eta); }
    /** Rectified Adam with ε = 1e-8. */
    public static RAdam rAdam(double eta, double beta1, double beta2) { return new RAdam(eta, beta1, beta2, 1e-8); }

    /** AdaMax, Adam by the greatest gradient, with η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static AdaMax adaMax() { return new AdaMax(0.001); }
    /** AdaMax, Adam by the greatest gradient, with β = (0.9, 0.999), ε = 1e-8. */
    public static AdaMax adaMax(double eta) { return new AdaMax(eta); }
    /** AdaMax, Adam by the greatest gradient, with ε = 1e-8. */
    public static AdaMax adaMax(double eta, double beta1, double beta2) { return new AdaMax(eta, beta1, beta2, 1e-8); }

    /** Optimistic Adam with η = 0.001, β = (0.5, 0.9), ε = 1e-8. */
    public static OAdam oAdam() { return new OAdam(0.001); }
    /** Optimistic Adam with β = (0.5, 0.9), ε = 1e-8. */
    public static OAdam oAdam(double eta) { return new OAdam(eta); }
    /** Optimistic Adam with ε = 1e-8. */
    public static OAdam oAdam(double eta, double beta1, double beta2) { return new OAdam(eta, beta1, beta2, 1e-8); }

    /** AMSGrad with η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static AMSGrad amsGrad() { return new AMSGrad(0.001); }
    /** AMSGrad with β = (0.9, 0.999), ε = 1e-8. */
    public static AMSGrad amsGrad(double eta) { return new AMSGrad(eta); }
    /** AMSGrad with ε = 1e-8. */
    public static AMSGrad amsGrad(double eta, double beta1, double beta2) { return new AMSGrad(eta, beta1, beta2, 1e-8); }

    /** Adam with Nesterov's momentum, η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static NAdam nAdam() { return new NAdam(0.001); }
    /** Adam with Nesterov's momentum, β = (0.9, 0.999), ε = 1e-8. */
    public static NAdam nAdam(double eta) { return new NAdam(eta); }
    /** Adam with Nesterov's momentum, ε = 1e-8. */
    public static NAdam nAdam(double eta, double beta1, double beta2) { return new NAdam(eta, beta1, beta2, 1e-8); }

    /** AdaBelief with η = 0.001, β = (0.9, 0.999), ε = 1e-16. */
    public static AdaBelief adaBelief() { return new AdaBelief(0.001); }
    /** AdaBelief with β = (0.9, 0.999), ε = 1e-16. */
    public static AdaBelief adaBelief(double eta) { return new AdaBelief(eta); }
    /** AdaBelief with ε = 1e-16. */
    public static AdaBelief adaBelief(double eta, double beta1, double beta2) { return new AdaBelief(eta, beta1, beta2, 1e-16); }

    /** Lion, by the sign of a momentum, with η = 0.001, β = (0.9, 0.999). */
    public static Lion lion() { return new Lion(0.001); }
    /** Lion, by the sign of a momentum, with β = (0.9, 0.999). */
    public static Lion lion(double eta) { return new Lion(eta); }
    /** Lion, by the sign of a momentum. */
    public static Lion lion(double eta, double beta1, double beta2) { return new Lion(eta, beta1, beta2); }

    /** Adam with decoupled weight decay, η = 0.001, β = (0.9, 0.999), λ = 0, ε = 1e-8. */
    public static AdamW adamW() { return new AdamW(0.001); }
    /** Adam with decoupled weight decay, β = (0.9, 0.999), λ = 0, ε = 1e-8. */
    public static AdamW adamW(double eta) { return new AdamW(eta); }
    /** Adam with decoupled weight decay λ, multiplied by η; β = (0.9, 0.999), ε = 1e-8. */
    public static AdamW adamW(double eta, double lambda) { return new AdamW(eta, 0.9, 0.999, lambda, 1e-8, true); }

    /** AdaGrad, each step divided by the root of all squares so far, with η = 0.1, ε = 1e-8. */
    public static AdaGrad adaGrad() { return new AdaGrad(0.1); }
    /** AdaGrad, each step divided by the root of all squares so far, with ε = 1e-8. */
    public static AdaGrad adaGrad(double eta) { return new AdaGrad(eta); }

    /** AdaDelta, which needs no learning rate, with ρ = 0.9, ε = 1e-8. */
    public static AdaDelta adaDelta() { return new AdaDelta(0.9); }
    /** AdaDelta, which needs no learning rate, with ε = 1e-8. */
    public static AdaDelta adaDelta(double rho) { return new AdaDelta(rho); }

    /** L₂ regularisation, {@code g ← g + λ·p}, with λ = 5e-4; for the front of an {@link #optimiserChain}. */
    public static WeightDecay weightDecay() { return new WeightDecay(5e-4); }
    /** L₂ regularisation, {@code g ← g + λ·p}; for the front of an {@link #optimiserChain}. */
    public static WeightDecay weightDecay(double lambda) { return new WeightDecay(lambda); }

    /** L₁ regularisation, {@code g ← g + λ·sign(p)}, with λ = 1e-3; for the front of an {@link #optimiserChain}. */
    public static SignDecay signDecay() { return new SignDecay(1e-3); }
    /** L₁ regularisation, {@code g ← g + λ·sign(p)}; for the front of an {@link #optimiserChain}. */
    public static SignDecay signDecay(double lambda) { return new SignDecay(lambda); }

    /** Limits each component of the gradient to ±10; for an {@link #optimiserChain}. */
    public static ClipGrad clipGrad() { return new ClipGrad(10); }
    /** Limits each component of the gradient to ±δ; for an {@link #optimiserChain}. */
    public static ClipGrad clipGrad(double delta) { return new ClipGrad(delta); }

    /** Scales the gradient of each array down to a Euclidean norm of at most 10; for an {@link #optimiserChain}. */
    public static ClipNorm clipNorm() { return new ClipNorm(10); }
    /** Scales the gradient of each array down to a Euclidean norm of at most ω; for an {@link #optimiserChain}. */
    public static ClipNorm clipNorm(double omega) { return new ClipNorm(omega); }
    /** Scales the gradient of each array down to a p-norm of at most ω; for an {@link #optimiserChain}. */
    public static ClipNorm clipNorm(double omega, double p) { return new ClipNorm(omega, p); }

    /** Hands on the mean of n gradients at every n-th step, and updates nothing on the others; for the front of an {@link #optimiserChain}. */
    public static AccumGrad accumGrad(int n) { return new AccumGrad(n); }

    /** Rules one after another, each working on the step of the one before. */
    public static OptimiserChain optimiserChain(Rule... rules) {
        return new OptimiserChain(Arrays.asList(Objects.requireNonNull(rules, "rules is null")));
    }

    // Training.

    /** The model's parameters, live, in order; in the article's style they keep the rule's state, too. */
    public static Params params(Layer model) { return Params.of(model); }

    /** An optimiser: the rule with fresh state for this model. */
    public static Optimiser setup(Rule rule, Layer model) { return new Optimiser(rule, model); }

    /** One pass in the article's style; params keep the rule's state, which goes on with an equal rule. Gives the mean loss. */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) { return Training.train(loss, params, data, rule); }
    /** One pass in today's style; gives the mean of the batches' losses, each taken before its update. */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return Training.train(loss, model, data, optimiser);
    }
    /** One pass with a loss bound to its model; gives the mean of the batches' losses, each taken before its update. */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) { return Training.train(loss, data, optimiser); }

    /** One step on one batch; gives the loss before it, and updates nothing if that isn't finite. */
    public static double trainstep(LossFunction loss, Layer model, Batch batch, Optimiser optimiser) {
        return Training.trainstep(new Loss(loss, model), batch, optimiser);
    }
    /** One step on one batch with a loss bound to its model; gives the loss before it, and updates nothing if that isn't finite. */
    public static double trainstep(Loss loss, Batch batch, Optimiser optimiser) { return Training.trainstep(loss, batch, optimiser); }

    /** Epochs with validation, schedules, callbacks and early stopping, to be set up and run. */
    public static Trainer trainer(LossFunction loss, Layer model, Optimiser optimiser) { return new Trainer(new Loss(loss, model), optimiser); }
    /** Epochs with validation, schedules, callbacks and early stopping, of a loss bound to its model, to be set up and run. */
    public static Trainer trainer(Loss loss, Optimiser optimiser) { return new Trainer(loss, optimiser); }

    /** Leaves the training loop, quietly; for a callback or a loss of your own to call. */
    public static void stop() { Training.stop(); }

    /** Goes on with the next batch, without an update for this one; for a loss of your own to call. */
    public static void skip() { Training.skip(); }

    /** The loss of a batch in training mode and its gradient; parameters stay as they are. */
    public static WithGradient withGradient(LossFunction loss, Layer model, INDArray x, INDArray y) {
        return Training.withGradient(new Loss(loss, model), x, y);
    }
    /** The loss of a batch, with a loss bound to its model, in training mode, and its gradient; parameters stay as they are. */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) { return Training.withGradient(loss, x, y); }
    /** The value of a formula over predictions, features, targets and parameters, and its slopes by all of them; SameDiff differentiates it. */
    public static Differentiated withGradient(Function<Terms, SDVariable> formula, Layer model, Batch batch) {
        return Training.withGradient(formula, model, batch);
    }

    /** Moves the model's parameters by one step of the optimiser's rule. */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) { Training.update(optimiser, model, gradient); }

    // When to act and when to stop.

    /** The action, run at most once in so many seconds however often it is called. */
    public static Throttle throttle(Runnable action, double seconds) { return Throttle.of(action, seconds); }
    /** The callback, run at most once in so many seconds however often it is called. */
    public static Throttle throttle(Callback action, double seconds) { return Throttle.of(action, seconds); }

    /** True once the condition has held {@code wait} times in a row. */
    public static Patience patience(BooleanSupplier condition, int wait) { return new Patience(condition, wait); }

    /** True once {@code delay} scores in a row were no better than the best before: {@code stopping.test(score)}. */
    public static EarlyStopping earlyStopping(int delay) { return EarlyStopping.of(delay); }
    /** True once {@code delay} scores in a row were no better than the best before; works the score out at each call. */
    public static BooleanSupplier earlyStopping(DoubleSupplier score, int delay) { return EarlyStopping.of(delay).watching(score); }

    /** True once {@code width} scores in a row hardly differed from the one before: {@code plateau.test(score)}. */
    public static Plateau plateau(int width) { return Plateau.of(width); }
    /** True once {@code width} scores in a row hardly differed from the one before; works the score out at each call. */
    public static BooleanSupplier plateau(DoubleSupplier score, int width) { return Plateau.of(width).watching(score); }

    // spotless:on

    private static int some(Object values) {
        int count = Array.getLength(Objects.requireNonNull(values, "values is null"));
        if (count == 0) {
            throw new IllegalArgumentException("column() needs at least one value");
        }
        return count;
    }
}
