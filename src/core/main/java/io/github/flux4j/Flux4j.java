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
 * All of Flux's words, for {@code import static io.github.flux4j.Flux4j.*}, in working order: data, model, loss, rule, training.
 *
 * <pre>{@code
 * Dense model = dense(1, 1);
 * Loss loss = mse(model);
 * train(loss, params(model), List.of(batch(x, y)), descent());
 * }</pre>
 *
 * <p>Arrays hold one example per row. The returned types document shapes, errors and further settings. In losses ŷ are predictions, y targets and ε the machine
 * epsilon of the predictions' type. Tables, estimators and files of other libraries have entry points of their own.
 *
 * <p>Every method is thread-safe; each returned type says how threads may use it.
 */
public final class Flux4j {

    private Flux4j() {}

    // spotless:off: a line says what a word is, a line makes it

    /** The identity, x: what a layer applies by default. */
    public static final Activation IDENTITY = Activation.IDENTITY;
    /** Logistic sigmoid, σ(x) = 1/(1 + e⁻ˣ). */
    public static final Activation SIGMOID = Activation.SIGMOID;
    /** Piecewise linear sigmoid, max(0, min(1, (x + 3)/6)). */
    public static final Activation HARDSIGMOID = Activation.HARDSIGMOID;
    /** Logarithm of the sigmoid, log σ(x) = −softplus(−x). */
    public static final Activation LOGSIGMOID = Activation.LOGSIGMOID;
    /** Piecewise linear tanh, max(−1, min(1, x)). */
    public static final Activation HARDTANH = Activation.HARDTANH;
    /** Hyperbolic tangent, tanh x. */
    public static final Activation TANH = Activation.TANH;
    /** Rectified linear unit, max(0, x). */
    public static final Activation RELU = Activation.RELU;
    /** Rectified linear unit capped at 6, min(max(0, x), 6). */
    public static final Activation RELU6 = Activation.RELU6;
    /** Exponential linear unit with α = 1: x ≥ 0 ? x : eˣ − 1. See {@link #elu}. */
    public static final Activation ELU = Activation.ELU;
    /** Continuously differentiable exponential linear unit with α = 1: x ≥ 0 ? x : eˣ − 1. See {@link #celu}. */
    public static final Activation CELU = Activation.CELU;
    /** Scaled exponential linear unit, λ·(x > 0 ? x : α·(eˣ − 1)) with λ ≈ 1.0507, α ≈ 1.6733. */
    public static final Activation SELU = Activation.SELU;
    /** Leaky rectified linear unit with slope 0.01: x > 0 ? x : 0.01·x. See {@link #leakyrelu}. */
    public static final Activation LEAKYRELU = Activation.LEAKYRELU;
    /** Thresholded rectified linear unit with θ = 1: x > 1 ? x : 0. See {@link #trelu}. */
    public static final Activation TRELU = Activation.TRELU;
    /** Soft shrinkage with λ = 0.5: min(max(0, x − ½), x + ½). See {@link #softshrink}. */
    public static final Activation SOFTSHRINK = Activation.SOFTSHRINK;
    /** Gaussian error linear unit in Flux's tanh form, x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))). */
    public static final Activation GELU = Activation.GELU;
    /** Explicit name for {@link #GELU}; both compute the same function. */
    public static final Activation GELU_TANH = Activation.GELU_TANH;
    /** {@link #GELU} written with the sigmoid, x·σ(√(8/π)·(x + 0.044715x³)); both compute the same function. */
    public static final Activation GELU_SIGMOID = Activation.GELU_SIGMOID;
    /** Exact Gaussian error linear unit, x/2·(1 + erf(x/√2)). */
    public static final Activation GELU_ERF = Activation.GELU_ERF;
    /** Swish, also called SiLU: x·σ(x). */
    public static final Activation SWISH = Activation.SWISH;
    /** Piecewise linear swish, x·hardsigmoid(x). */
    public static final Activation HARDSWISH = Activation.HARDSWISH;
    /** Linearly scaled hyperbolic tangent, x·tanh x. */
    public static final Activation LISHT = Activation.LISHT;
    /** Mish, x·tanh(softplus x). */
    public static final Activation MISH = Activation.MISH;
    /** Smooth form of relu, log(1 + eˣ). */
    public static final Activation SOFTPLUS = Activation.SOFTPLUS;
    /** Softsign, x/(1 + |x|). */
    public static final Activation SOFTSIGN = Activation.SOFTSIGN;
    /** Logarithm of the hyperbolic cosine, log cosh x. */
    public static final Activation LOGCOSH = Activation.LOGCOSH;
    /** Tanh shrinkage, x − tanh x. */
    public static final Activation TANHSHRINK = Activation.TANHSHRINK;
    /** Randomised leaky relu: x > 0 ? x : a·x, with a drawn from 1/8 to 1/3 for each element. See {@link #rrelu}. */
    public static final Activation RRELU = Activation.RRELU;
    /** Softmax of each row, exp(xᵢ)/Σ exp(xⱼ): probabilities that sum to 1. */
    public static final Activation SOFTMAX = Activation.SOFTMAX;
    /** Logarithm of each row's softmax, xᵢ − log Σ exp(xⱼ). */
    public static final Activation LOGSOFTMAX = Activation.LOGSOFTMAX;

    /** Joins branches by placing their columns side by side, Flux's {@code vcat}. */
    public static final Join CONCAT = Join.CONCAT;
    /** Joins branches by adding them element by element. */
    public static final Join SUM = Join.SUM;
    /** Joins branches by multiplying them element by element. */
    public static final Join PRODUCT = Join.PRODUCT;
    /** Joins branches by taking the largest value, element by element. */
    public static final Join MAX = Join.MAX;

    /** Mean squared error, mean((ŷ − y)²). */
    public static final LossFunction MSE = Losses.MSE;
    /** Mean absolute error, mean(|ŷ − y|). */
    public static final LossFunction MAE = Losses.MAE;
    /** Mean squared logarithmic error, mean(log((ŷ + ε)/(y + ε))²). */
    public static final LossFunction MSLE = Losses.MSLE;
    /** Huber loss with δ = 1: squared error near 0, absolute error beyond δ. See {@link #huber(double)}. */
    public static final LossFunction HUBER = Losses.HUBER;
    /** Cross-entropy of class probabilities ŷ, the mean over rows of −Σ y·log(ŷ + ε). */
    public static final LossFunction CROSSENTROPY = Losses.CROSSENTROPY;
    /** Cross-entropy of class logits ŷ, the mean over rows of −Σ y·logsoftmax(ŷ). */
    public static final LossFunction LOGITCROSSENTROPY = Losses.LOGITCROSSENTROPY;
    /** Binary cross-entropy of probabilities ŷ, mean(−y·log(ŷ + ε) − (1 − y)·log(1 − ŷ + ε)). */
    public static final LossFunction BINARYCROSSENTROPY = Losses.BINARYCROSSENTROPY;
    /** Binary cross-entropy of logits ŷ, mean((1 − y)·ŷ − logσ(ŷ)). */
    public static final LossFunction LOGITBINARYCROSSENTROPY = Losses.LOGITBINARYCROSSENTROPY;
    /** Kullback–Leibler divergence, the mean over rows of Σ y·log y − Σ y·log(ŷ + ε). */
    public static final LossFunction KLDIVERGENCE = Losses.KLDIVERGENCE;
    /** Poisson loss of expected counts ŷ, mean(ŷ − y·log ŷ). */
    public static final LossFunction POISSON_LOSS = Losses.POISSON_LOSS;
    /** Hinge loss, mean(max(0, 1 − ŷ·y)), for targets −1 and 1. */
    public static final LossFunction HINGE_LOSS = Losses.HINGE_LOSS;
    /** Squared hinge loss, mean(max(0, 1 − ŷ·y)²), for targets −1 and 1. */
    public static final LossFunction SQUARED_HINGE_LOSS = Losses.SQUARED_HINGE_LOSS;
    /** 1 minus the batch's Dice coefficient, smoothed by 1. See {@link #diceCoeffLoss(double)}. */
    public static final LossFunction DICE_COEFF_LOSS = Losses.DICE_COEFF_LOSS;
    /** 1 minus the batch's Tversky index with β = 0.7. See {@link #tverskyLoss(double)}. */
    public static final LossFunction TVERSKY_LOSS = Losses.TVERSKY_LOSS;
    /** Binary focal loss with γ = 2: mean(−(1 − p)²·log p), p the true class's probability. See {@link #binaryFocalLoss(double)}. */
    public static final LossFunction BINARY_FOCAL_LOSS = Losses.BINARY_FOCAL_LOSS;
    /** Focal loss with γ = 2: the mean over rows of Σ −y·(1 − ŷ)²·log ŷ. See {@link #focalLoss(double)}. */
    public static final LossFunction FOCAL_LOSS = Losses.FOCAL_LOSS;
    /** Contrastive loss with margin 1 for distances ŷ: mean((1 − y)·ŷ² + y·max(0, 1 − ŷ)²). See {@link #siameseContrastiveLoss(double)}. */
    public static final LossFunction SIAMESE_CONTRASTIVE_LOSS = Losses.SIAMESE_CONTRASTIVE_LOSS;

    // Chance and data.

    /** Seeds the generator of initial weights, shuffles and dropout for everything made afterwards. */
    public static void seed(long seed) { Randomness.seed(seed); }

    /** Makes a Float32 column {@code [n, 1]}: n examples of one value each, at least one. */
    public static INDArray column(double... values) { return Tensors.of(DataType.FLOAT, values, some(values), 1); }
    /** Makes a Float32 column {@code [n, 1]} from Float32 values, at least one. */
    public static INDArray column(float... values) { return Tensors.of(values, some(values), 1); }

    /** Makes a Float32 matrix {@code [n, columns]} with one example per row; all rows have the same length, at least 1. */
    public static INDArray rows(double[]... rows) { return Tensors.ofRows(DataType.FLOAT, rows); }
    /** Makes a Float32 matrix {@code [n, columns]} from Float32 rows of the same length. */
    public static INDArray rows(float[][] rows) { return Tensors.ofRows(rows); }

    /** Makes a batch of features, targets and optional weights, each with one example per row. */
    public static Batch batch(INDArray... arrays) { return Batch.of(arrays); }

    /** Loads small batches of features, targets and optional weights: one example each, in order, unless you set {@code batchSize} or {@code shuffle}. */
    public static DataLoader dataLoader(INDArray... arrays) { return DataLoader.of(arrays); }
    /** Loads small batches of these examples: one example each, in order, unless you set {@code batchSize} or {@code shuffle}. */
    public static DataLoader dataLoader(Batch examples) { return DataLoader.of(examples); }

    /** Encodes one label as a row {@code [1, labels]}: 1 in its column, 0 elsewhere. An unknown label is an error. */
    public static <T> INDArray onehot(T value, List<? extends T> labels) { return OneHot.onehot(value, labels); }
    /** Encodes one label as a row {@code [1, labels]}, an unknown label as {@code otherwise}. */
    public static <T> INDArray onehot(T value, List<? extends T> labels, T otherwise) { return OneHot.onehot(value, labels, otherwise); }

    /** Encodes each value as a row of {@code [values, labels]}: 1 in its label's column, 0 elsewhere. An unknown value is an error. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels) { return OneHot.onehotbatch(values, labels); }
    /** Encodes each value as a row of {@code [values, labels]}, an unknown value as {@code otherwise}. */
    public static <T> INDArray onehotbatch(List<? extends T> values, List<? extends T> labels, T otherwise) {
        return OneHot.onehotbatch(values, labels, otherwise);
    }

    /** Returns the label of each row's largest value, the first if several are equal. */
    public static <T> List<T> onecold(INDArray predictions, List<T> labels) { return OneHot.onecold(predictions, labels); }
    /** Returns the column, from 0, of each row's largest value, the first if several are equal. */
    public static int[] onecold(INDArray predictions) { return OneHot.onecold(predictions); }
    /** Returns the label of the largest value, the first if several are equal. */
    public static <T> T onecold(double[] predictions, List<T> labels) { return OneHot.onecold(predictions, labels); }
    /** Returns the index, from 0, of the largest value, the first if several are equal. */
    public static int onecold(double[] predictions) { return OneHot.onecold(predictions); }

    /** Returns the share of rows where predictions and targets, with one column per class, have their largest value in the same column. */
    public static double accuracy(INDArray predictions, INDArray targets) { return OneHot.accuracy(predictions, targets); }

    /** Splits arrays of examples: {@code splitobs(x, y).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(INDArray... arrays) { return Split.of(Batch.of(arrays)); }
    /** Splits a batch of examples: {@code splitobs(batch).at(0.7)} gives 70 % and the rest, {@code atCounts(70)} 70 examples and the rest. */
    public static Split splitobs(Batch data) { return Split.of(data); }

    /** Divides the examples, in order, into k folds; call {@code splitobs(data).shuffle().kfolds(k)} for shuffled ones. */
    public static List<Fold> kfolds(Batch data, int k) { return Split.of(data).kfolds(k); }

    /** Copies the examples in random order. */
    public static Batch shuffleobs(Batch data) { return Resampling.shuffleobs(data); }
    /** Copies the examples in random order, the same for the same seed. */
    public static Batch shuffleobs(Batch data, long seed) { return Resampling.shuffleobs(data, seed); }

    /** Repeats examples of rarer classes until each class of the targets has as many as the largest. */
    public static Batch oversample(Batch data) { return Resampling.oversample(data); }
    /** Repeats examples of rarer labels until each label has as many as the most frequent. */
    public static Batch oversample(Batch data, List<?> labels) { return Resampling.oversample(data, labels); }
    /** Repeats examples of rarer labels until each label has at least {@code fraction} times as many as the most frequent. */
    public static Batch oversample(Batch data, List<?> labels, double fraction) { return Resampling.oversample(data, labels, fraction); }

    /** Draws as many examples of each class of the targets as the rarest class has, without repetition. */
    public static Batch undersample(Batch data) { return Resampling.undersample(data); }
    /** Draws as many examples of each label as the rarest label has, without repetition. */
    public static Batch undersample(Batch data, List<?> labels) { return Resampling.undersample(data, labels); }

    /** Standardises each column: subtracts its mean and divides by √(variance + 1e-5). */
    public static INDArray normalise(INDArray array) { return Normalisation.normalise(array); }
    /** Standardises each column (dimension 0) or each row (1): subtracts its mean and divides by √(variance + 1e-5). */
    public static INDArray normalise(INDArray array, int dimension) { return Normalisation.normalise(array, dimension); }
    /** Standardises each column (dimension 0) or each row (1): subtracts its mean and divides by √(variance + eps). */
    public static INDArray normalise(INDArray array, int dimension, double eps) { return Normalisation.normalise(array, dimension, eps); }

    /** Sets each number of a copy to 0 with probability p and multiplies the others by 1/(1 − p). {@link #dropout(double)} makes the layer. */
    public static INDArray dropout(INDArray array, double p) { return ArrayFunctions.dropout(array, p); }

    /** Computes log Σ exp(xᵢ) over all numbers without overflow. */
    public static double logsumexp(INDArray array) { return ArrayFunctions.logsumexp(array); }
    /** Computes log Σ exp(xᵢ) of each column (dimension 0), {@code [1, columns]}, or of each row (1), {@code [rows, 1]}. */
    public static INDArray logsumexp(INDArray array, int dimension) { return ArrayFunctions.logsumexp(array, dimension); }

    // Models.

    /** Makes a fully connected layer, {@code y = x·Wᵀ + b}, with Glorot-uniform W and zero b. */
    public static Dense dense(int in, int out) { return Dense.of(in, out, Activation.IDENTITY); }
    /** Makes a fully connected layer, {@code y = activation(x·Wᵀ + b)}, with Glorot-uniform W and zero b. */
    public static Dense dense(int in, int out, Activation activation) { return Dense.of(in, out, activation); }
    /** Makes a fully connected layer, {@code y = activation(x·Wᵀ + b)}, from copies of W {@code [out, in]} and b {@code [out]}, null for no bias. */
    public static Dense dense(INDArray weight, @Nullable INDArray bias, Activation activation) { return Dense.of(weight, bias, activation); }

    /** Connects layers in sequence: each takes the output of the one before. */
    public static Chain chain(Layer... layers) { return Chain.of(layers); }

    /** Copies a model with Float64 parameters; the copy computes in Float64. */
    public static <L extends Layer> L f64(L model) { return Layer.copyAs(DataType.DOUBLE, model); }

    /** Copies a model with Float32 parameters; the copy computes in Float32. */
    public static <L extends Layer> L f32(L model) { return Layer.copyAs(DataType.FLOAT, model); }

    /** Makes a leaky relu, x > 0 ? x : a·x, for a finite a; {@link #LEAKYRELU} has a = 0.01. */
    public static Activation leakyrelu(double a) { return Activation.leakyrelu(a); }

    /** Makes a leaky relu that draws its slope uniformly from low to high for each element; {@link #RRELU} has 1/8 and 1/3. */
    public static Activation rrelu(double low, double high) { return Activation.rrelu(low, high); }

    /** Makes an exponential linear unit, x ≥ 0 ? x : α·(eˣ − 1), for a finite α; {@link #ELU} has α = 1. */
    public static Activation elu(double alpha) { return Activation.elu(alpha); }

    /** Makes a continuously differentiable ELU, x ≥ 0 ? x : α·(e^(x/α) − 1), for α above 0; {@link #CELU} has α = 1. */
    public static Activation celu(double alpha) { return Activation.celu(alpha); }

    /** Makes a thresholded relu, x > θ ? x : 0, for a finite θ; {@link #TRELU} has θ = 1. */
    public static Activation trelu(double theta) { return Activation.trelu(theta); }

    /** Makes a soft shrinkage, min(max(0, x − λ), x + λ), for λ of at least 0; {@link #SOFTSHRINK} has λ = 0.5. */
    public static Activation softshrink(double lambda) { return Activation.softshrink(lambda); }

    /** Makes an element-wise layer, {@code y = scale ∘ x + bias}; scale starts at 1, bias at 0. */
    public static Scale scale(int size) { return Scale.of(size, IDENTITY); }
    /** Makes an element-wise layer, {@code y = activation(scale ∘ x + bias)}; scale starts at 1, bias at 0. */
    public static Scale scale(int size, Activation activation) { return Scale.of(size, activation); }

    /** Makes a layer that normalises each row to mean 0 and variance 1, then applies {@code scale ∘ x + bias}; ε = 1e-5. */
    public static LayerNorm layerNorm(int size) { return LayerNorm.of(size, IDENTITY); }
    /** Makes a layer that normalises each row to mean 0 and variance 1, then applies {@code activation(scale ∘ x + bias)}; ε = 1e-5. */
    public static LayerNorm layerNorm(int size, Activation activation) { return LayerNorm.of(size, activation); }

    /** Makes a layer that normalises each column over the batch, then applies {@code γ ∘ x + β}; ε = 1e-5, momentum 0.1. */
    public static BatchNorm batchNorm(int size) { return BatchNorm.of(size, IDENTITY); }
    /** Makes a layer that normalises each column over the batch, then applies {@code activation(γ ∘ x + β)}; ε = 1e-5, momentum 0.1. */
    public static BatchNorm batchNorm(int size, Activation activation) { return BatchNorm.of(size, activation); }

    /** Makes a layer that drops each element with probability p in training and multiplies the others by 1/(1 − p). */
    public static Dropout dropout(double p) { return new Dropout(p); }

    /** Makes dropout for {@link #SELU}: in training it sets elements to selu(−∞) with probability p and keeps mean and variance. */
    public static AlphaDropout alphaDropout(double p) { return new AlphaDropout(p); }

    /** Runs layers in parallel, {@code y = join(layer₁(x), layer₂(x), …)}; each takes the same rows, or some of their {@link #columns}. */
    public static Layer parallel(Join join, Layer... layers) { return Layer.parallel(join, layers); }

    /** Adds a shortcut around a layer, {@code y = join(layer(x), x)}; {@link #SUM} makes it a residual block. */
    public static Layer skipConnection(Layer layer, Join join) { return Layer.skipConnection(layer, join); }

    /** Takes the largest output of several layers, element by element. */
    public static Layer maxout(Layer... layers) { return Layer.maxout(layers); }

    /** Selects columns {@code from} (counted from 0) to {@code to} (exclusive) of each row. */
    public static Layer columns(int from, int to) { return Layer.columns(from, to); }
    /** Applies a layer to columns {@code from} (counted from 0) to {@code to} (exclusive) of each row. */
    public static Layer columns(int from, int to, Layer layer) { return Layer.columns(from, to, layer); }

    /** Makes an embedding, {@code y = x·Wᵀ} of one-hot rows: {@code out} numbers for each of {@code in} categories; W starts from N(0, 1). */
    public static Embedding embedding(int in, int out) { return Embedding.of(in, out); }

    /** Expands each of {@code in} columns into {@code out} learnt periodic features, {@code W·cos(2π·f·x + φ) + b}. Not in Flux. */
    public static Layer periodic(int in, int frequencies, int out) { return Layer.periodic(in, frequencies, out); }

    /** Declares a matrix {@code [rows, columns]} for the formula of {@code Layer.of(name, formula, parameters)} and its initialiser. */
    public static Layer.Initial parameter(String name, int rows, int columns, Initialiser init) { return new Layer.Initial(name, rows, columns, init); }
    /** Declares a vector for the formula of {@code Layer.of(name, formula, parameters)} and its initialiser. */
    public static Layer.Initial parameter(String name, int length, Initialiser init) { return new Layer.Initial(name, 0, length, init); }

    /** Starts a chain of named layers: {@code namedChain().layer("hidden", dense(4, 8)).build()}. */
    public static Chain.Builder namedChain() { return Chain.named(); }

    /** Makes dropout and batch normalisation behave as in testing, even in training, and returns the model. */
    public static <L extends Layer> L testmode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.TEST); return model; }

    /** Makes dropout and batch normalisation behave as in training, even in prediction, and returns the model. */
    public static <L extends Layer> L trainmode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.TRAIN); return model; }

    /** Lets dropout and batch normalisation choose their mode again, the default, and returns the model. */
    public static <L extends Layer> L automode(L model) { Objects.requireNonNull(model, "model is null").setMode(Mode.AUTO); return model; }

    /** Copies a model into memory of its own. */
    public static <L extends Layer> L copy(L model) { return Layer.copyOf(model); }

    /** Returns the model's trainable arrays with their names, live, in the order of its flat parameters. */
    public static List<Parameter> trainables(Layer model) { return Objects.requireNonNull(model, "model is null").trainables(); }

    /** Takes a model apart: a copy of its parameters as one vector, and a function that rebuilds the model from a vector. */
    public static <L extends Layer> Destructured<L> destructure(L model) { return Destructured.of(model); }

    /** Copies the model's parameters and running statistics, with their names. */
    public static State state(Layer model) { return State.of(model); }

    /** Copies the numbers of one model into another of the same structure. */
    public static void loadmodel(Layer destination, Layer source) {
        State.of(Objects.requireNonNull(source, "source is null")).loadInto(destination);
    }
    /** Copies a saved state into a model of the same structure. */
    public static void loadmodel(Layer destination, State source) { Objects.requireNonNull(source, "source is null").loadInto(destination); }

    /** Saves the model as a {@code *.flux4j} file; a failed save leaves an existing file as it was. */
    public static void save(Layer model, Path file) throws IOException { Models.save(model, file); }

    /** Loads a model that {@link #save} wrote. */
    public static Layer load(Path file) throws IOException { return Models.load(file); }
    /** Loads a model of this class that {@link #save} wrote: {@code load(path, Chain.class)}. Another class is an error. */
    public static <L extends Layer> L load(Path file, Class<L> type) throws IOException { return Models.load(file, type); }
    /** Loads a model that {@link #save} wrote, with layers or activations of your own by their saved names. */
    public static Layer load(Path file, Parts parts) throws IOException { return Models.load(file, parts); }

    /** Returns the number of output columns for rows of {@code inputs} features. */
    public static int outputSize(Layer model, int inputs) { return Objects.requireNonNull(model, "model is null").outputSize(inputs); }

    /** Returns the output of each layer of the chain for x, in order. */
    public static List<INDArray> activations(Chain model, INDArray x) { return Objects.requireNonNull(model, "model is null").activations(x); }

    // Losses.

    /** Binds {@link #MSE} to a model. */
    public static Loss mse(Layer model) { return MSE.bind(model); }
    /** Binds {@link #MAE} to a model. */
    public static Loss mae(Layer model) { return MAE.bind(model); }
    /** Binds {@link #MSLE} to a model. */
    public static Loss msle(Layer model) { return MSLE.bind(model); }
    /** Binds {@link #HUBER} to a model. */
    public static Loss huber(Layer model) { return HUBER.bind(model); }
    /** Binds {@link #CROSSENTROPY} to a model. */
    public static Loss crossentropy(Layer model) { return CROSSENTROPY.bind(model); }
    /** Binds {@link #LOGITCROSSENTROPY} to a model. */
    public static Loss logitcrossentropy(Layer model) { return LOGITCROSSENTROPY.bind(model); }
    /** Binds {@link #BINARYCROSSENTROPY} to a model. */
    public static Loss binarycrossentropy(Layer model) { return BINARYCROSSENTROPY.bind(model); }
    /** Binds {@link #LOGITBINARYCROSSENTROPY} to a model. */
    public static Loss logitbinarycrossentropy(Layer model) { return LOGITBINARYCROSSENTROPY.bind(model); }
    /** Binds {@link #KLDIVERGENCE} to a model. */
    public static Loss kldivergence(Layer model) { return KLDIVERGENCE.bind(model); }
    /** Binds {@link #POISSON_LOSS} to a model. */
    public static Loss poissonLoss(Layer model) { return POISSON_LOSS.bind(model); }
    /** Binds {@link #HINGE_LOSS} to a model. */
    public static Loss hingeLoss(Layer model) { return HINGE_LOSS.bind(model); }
    /** Binds {@link #SQUARED_HINGE_LOSS} to a model. */
    public static Loss squaredHingeLoss(Layer model) { return SQUARED_HINGE_LOSS.bind(model); }
    /** Binds {@link #DICE_COEFF_LOSS} to a model. */
    public static Loss diceCoeffLoss(Layer model) { return DICE_COEFF_LOSS.bind(model); }
    /** Binds {@link #TVERSKY_LOSS} to a model. */
    public static Loss tverskyLoss(Layer model) { return TVERSKY_LOSS.bind(model); }
    /** Binds {@link #BINARY_FOCAL_LOSS} to a model. */
    public static Loss binaryFocalLoss(Layer model) { return BINARY_FOCAL_LOSS.bind(model); }
    /** Binds {@link #FOCAL_LOSS} to a model. */
    public static Loss focalLoss(Layer model) { return FOCAL_LOSS.bind(model); }
    /** Binds {@link #SIAMESE_CONTRASTIVE_LOSS} to a model. */
    public static Loss siameseContrastiveLoss(Layer model) { return SIAMESE_CONTRASTIVE_LOSS.bind(model); }

    /** {@link #MSLE} with another ε, at least 0. */
    public static LossFunction msle(double eps) { return Losses.msle(eps); }

    /** {@link #CROSSENTROPY} with another ε; with 0, a true class predicted at probability 0 costs ∞. */
    public static LossFunction crossentropy(double eps) { return Losses.crossentropy(eps); }

    /** {@link #BINARYCROSSENTROPY} with another ε; with 0, a certain but wrong prediction costs ∞. */
    public static LossFunction binarycrossentropy(double eps) { return Losses.binarycrossentropy(eps); }

    /** {@link #KLDIVERGENCE} with another ε, at least 0. */
    public static LossFunction kldivergence(double eps) { return Losses.kldivergence(eps); }

    /** Huber loss, mean(e &lt; δ ? ½e² : δ·(e − ½δ)) with e = |ŷ − y|; {@link #HUBER} has δ = 1. */
    public static LossFunction huber(double delta) { return Losses.huber(delta); }

    /** Dice loss of the whole batch, 1 − (2Σyŷ + smooth)/(Σy² + Σŷ² + smooth); {@link #DICE_COEFF_LOSS} has smooth = 1. */
    public static LossFunction diceCoeffLoss(double smooth) { return Losses.diceCoeffLoss(smooth); }

    /** Tversky loss of the whole batch, 1 − (Σyŷ + 1)/(Σ(yŷ + β(1 − y)ŷ + (1 − β)y(1 − ŷ)) + 1); {@link #TVERSKY_LOSS} has β = 0.7. */
    public static LossFunction tverskyLoss(double beta) { return Losses.tverskyLoss(beta); }

    /** Binary focal loss, mean(−(1 − p)^γ·log p) with p = yŷ + (1 − y)(1 − ŷ); {@link #BINARY_FOCAL_LOSS} has γ = 2. */
    public static LossFunction binaryFocalLoss(double gamma) { return Losses.binaryFocalLoss(gamma); }
    /** {@link #binaryFocalLoss(double)} with another ε, at least 0. */
    public static LossFunction binaryFocalLoss(double gamma, double eps) { return Losses.binaryFocalLoss(gamma, eps); }

    /** Focal loss of class probabilities ŷ, the mean over rows of Σ −y·(1 − ŷ)^γ·log ŷ; {@link #FOCAL_LOSS} has γ = 2. */
    public static LossFunction focalLoss(double gamma) { return Losses.focalLoss(gamma); }
    /** {@link #focalLoss(double)} with another ε, at least 0. */
    public static LossFunction focalLoss(double gamma, double eps) { return Losses.focalLoss(gamma, eps); }

    /** Contrastive loss of distances ŷ, mean((1 − y)·ŷ² + y·max(0, margin − ŷ)²); {@link #SIAMESE_CONTRASTIVE_LOSS} has margin 1. */
    public static LossFunction siameseContrastiveLoss(double margin) { return Losses.siameseContrastiveLoss(margin); }

    /** Smooths a copy of one-hot rows: {@code y·(1 − α) + α/classes}. */
    public static INDArray labelSmoothing(INDArray y, double alpha) { return Losses.labelSmoothing(y, alpha, 1); }
    /** Smooths a copy of the targets: one-hot rows (dims 1) by α/classes, binary targets (dims 0) by α/2. */
    public static INDArray labelSmoothing(INDArray y, double alpha, int dims) { return Losses.labelSmoothing(y, alpha, dims); }

    /** Makes a loss from an expression of ND4J's operations, which SameDiff differentiates. */
    public static LossFunction loss(LossFunction.Expression expression) { return LossFunction.of("loss", expression); }
    /** Makes a loss from its value and its gradient with respect to the predictions. */
    public static LossFunction loss(ToDoubleBiFunction<INDArray, INDArray> value, BinaryOperator<INDArray> gradient) {
        return LossFunction.of("loss", value, gradient);
    }

    /** Makes the penalty λ·Σ|p| on a model's parameters: {@code loss.plus(l1(1e-4))}. */
    public static Penalty l1(double lambda) { return Penalty.l1(lambda); }

    /** Makes the penalty λ/2·Σp² on a model's parameters: {@code loss.plus(l2(1e-4))}. */
    public static Penalty l2(double lambda) { return Penalty.l2(lambda); }

    // Rules.

    /** Gradient descent, {@code p ← p − η·g}, with η = 0.1. */
    public static Descent descent() { return new Descent(0.1); }
    /** Gradient descent, {@code p ← p − η·g}. */
    public static Descent descent(double eta) { return new Descent(eta); }

    /** Gradient descent with momentum, η = 0.01 and ρ = 0.9. */
    public static Momentum momentum() { return new Momentum(0.01); }
    /** Gradient descent with momentum, ρ = 0.9. */
    public static Momentum momentum(double eta) { return new Momentum(eta); }
    /** Gradient descent with momentum ρ and learning rate η. */
    public static Momentum momentum(double eta, double rho) { return new Momentum(eta, rho); }

    /** Gradient descent with Nesterov momentum, η = 0.001 and ρ = 0.9. */
    public static Nesterov nesterov() { return new Nesterov(0.001); }
    /** Gradient descent with Nesterov momentum, ρ = 0.9. */
    public static Nesterov nesterov(double eta) { return new Nesterov(eta); }
    /** Gradient descent with Nesterov momentum ρ and learning rate η. */
    public static Nesterov nesterov(double eta, double rho) { return new Nesterov(eta, rho); }

    /** RMSProp with η = 0.001, ρ = 0.9, ε = 1e-8, not centred. */
    public static RMSProp rmsProp() { return new RMSProp(0.001); }
    /** RMSProp with ρ = 0.9, ε = 1e-8, not centred. */
    public static RMSProp rmsProp(double eta) { return new RMSProp(eta); }
    /** RMSProp with ε = 1e-8, not centred. */
    public static RMSProp rmsProp(double eta, double rho) { return new RMSProp(eta, rho, 1e-8, false); }

    /** Rprop, for full batches, with first step size η = 1e-3, factors 0.5 and 1.2, and step sizes from 1e-6 to 50. */
    public static Rprop rprop() { return new Rprop(1e-3); }
    /** Rprop, for full batches, with first step size η, factors 0.5 and 1.2, and step sizes from 1e-6 to 50. */
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

    /** AdaMax, Adam with the maximum norm, with η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static AdaMax adaMax() { return new AdaMax(0.001); }
    /** AdaMax, Adam with the maximum norm, with β = (0.9, 0.999), ε = 1e-8. */
    public static AdaMax adaMax(double eta) { return new AdaMax(eta); }
    /** AdaMax, Adam with the maximum norm, with ε = 1e-8. */
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

    /** Adam with Nesterov momentum, η = 0.001, β = (0.9, 0.999), ε = 1e-8. */
    public static NAdam nAdam() { return new NAdam(0.001); }
    /** Adam with Nesterov momentum, β = (0.9, 0.999), ε = 1e-8. */
    public static NAdam nAdam(double eta) { return new NAdam(eta); }
    /** Adam with Nesterov momentum, ε = 1e-8. */
    public static NAdam nAdam(double eta, double beta1, double beta2) { return new NAdam(eta, beta1, beta2, 1e-8); }

    /** AdaBelief with η = 0.001, β = (0.9, 0.999), ε = 1e-16. */
    public static AdaBelief adaBelief() { return new AdaBelief(0.001); }
    /** AdaBelief with β = (0.9, 0.999), ε = 1e-16. */
    public static AdaBelief adaBelief(double eta) { return new AdaBelief(eta); }
    /** AdaBelief with ε = 1e-16. */
    public static AdaBelief adaBelief(double eta, double beta1, double beta2) { return new AdaBelief(eta, beta1, beta2, 1e-16); }

    /** Lion, which steps by the sign of a momentum, with η = 0.001, β = (0.9, 0.999). */
    public static Lion lion() { return new Lion(0.001); }
    /** Lion, which steps by the sign of a momentum, with β = (0.9, 0.999). */
    public static Lion lion(double eta) { return new Lion(eta); }
    /** Lion, which steps by the sign of a momentum. */
    public static Lion lion(double eta, double beta1, double beta2) { return new Lion(eta, beta1, beta2); }

    /** Adam with decoupled weight decay, η = 0.001, β = (0.9, 0.999), λ = 0, ε = 1e-8. */
    public static AdamW adamW() { return new AdamW(0.001); }
    /** Adam with decoupled weight decay, β = (0.9, 0.999), λ = 0, ε = 1e-8. */
    public static AdamW adamW(double eta) { return new AdamW(eta); }
    /** Adam with decoupled weight decay λ, which η multiplies, as in Flux; β = (0.9, 0.999), ε = 1e-8. */
    public static AdamW adamW(double eta, double lambda) { return new AdamW(eta, 0.9, 0.999, lambda, 1e-8, true); }

    /** AdaGrad, which divides each step by the root of all squared gradients so far, with η = 0.1, ε = 1e-8. */
    public static AdaGrad adaGrad() { return new AdaGrad(0.1); }
    /** AdaGrad, which divides each step by the root of all squared gradients so far, with ε = 1e-8. */
    public static AdaGrad adaGrad(double eta) { return new AdaGrad(eta); }

    /** AdaDelta, which needs no learning rate, with ρ = 0.9, ε = 1e-8. */
    public static AdaDelta adaDelta() { return new AdaDelta(0.9); }
    /** AdaDelta, which needs no learning rate, with ε = 1e-8. */
    public static AdaDelta adaDelta(double rho) { return new AdaDelta(rho); }

    /** L₂ regularisation, {@code g ← g + λ·p}, with λ = 5e-4; put it first in an {@link #optimiserChain}. */
    public static WeightDecay weightDecay() { return new WeightDecay(5e-4); }
    /** L₂ regularisation, {@code g ← g + λ·p}; put it first in an {@link #optimiserChain}. */
    public static WeightDecay weightDecay(double lambda) { return new WeightDecay(lambda); }

    /** L₁ regularisation, {@code g ← g + λ·sign(p)}, with λ = 1e-3; put it first in an {@link #optimiserChain}. */
    public static SignDecay signDecay() { return new SignDecay(1e-3); }
    /** L₁ regularisation, {@code g ← g + λ·sign(p)}; put it first in an {@link #optimiserChain}. */
    public static SignDecay signDecay(double lambda) { return new SignDecay(lambda); }

    /** Clips each component of the gradient to ±10; use it in an {@link #optimiserChain}. */
    public static ClipGrad clipGrad() { return new ClipGrad(10); }
    /** Clips each component of the gradient to ±δ; use it in an {@link #optimiserChain}. */
    public static ClipGrad clipGrad(double delta) { return new ClipGrad(delta); }

    /** Scales each array's gradient down to a Euclidean norm of at most 10; use it in an {@link #optimiserChain}. */
    public static ClipNorm clipNorm() { return new ClipNorm(10); }
    /** Scales each array's gradient down to a Euclidean norm of at most ω; use it in an {@link #optimiserChain}. */
    public static ClipNorm clipNorm(double omega) { return new ClipNorm(omega); }
    /** Scales each array's gradient down to a p-norm of at most ω; use it in an {@link #optimiserChain}. */
    public static ClipNorm clipNorm(double omega, double p) { return new ClipNorm(omega, p); }

    /** Accumulates n gradients and updates once with their mean; put it first in an {@link #optimiserChain}. */
    public static AccumGrad accumGrad(int n) { return new AccumGrad(n); }

    /** Applies rules in sequence: each works on the step of the one before. */
    public static OptimiserChain optimiserChain(Rule... rules) {
        return new OptimiserChain(Arrays.asList(Objects.requireNonNull(rules, "rules is null")));
    }

    // Training.

    /** Returns the model's parameters, live and in order. In the article's style they also keep each rule's state. */
    public static Params params(Layer model) { return Params.of(model); }

    /** Makes an optimiser: the rule with fresh state for this model. */
    public static Optimiser setup(Rule rule, Layer model) { return new Optimiser(rule, model); }

    /** Trains for one pass, in the article's style: params keep the rule's state for the next call with an equal rule. Returns the mean loss. */
    public static double train(Loss loss, Params params, Iterable<Batch> data, Rule rule) { return Training.train(loss, params, data, rule); }
    /** Trains for one pass and returns the mean of the batches' losses, each taken before its update. */
    public static double train(LossFunction loss, Layer model, Iterable<Batch> data, Optimiser optimiser) {
        return Training.train(loss, model, data, optimiser);
    }
    /** Trains a bound loss for one pass and returns the mean of the batches' losses, each taken before its update. */
    public static double train(Loss loss, Iterable<Batch> data, Optimiser optimiser) { return Training.train(loss, data, optimiser); }

    /** Makes one step on one batch and returns the loss before it; a loss that isn't finite updates nothing. */
    public static double trainstep(LossFunction loss, Layer model, Batch batch, Optimiser optimiser) {
        return Training.trainstep(new Loss(loss, model), batch, optimiser);
    }
    /** Makes one step of a bound loss on one batch and returns the loss before it; a loss that isn't finite updates nothing. */
    public static double trainstep(Loss loss, Batch batch, Optimiser optimiser) { return Training.trainstep(loss, batch, optimiser); }

    /** Prepares training over epochs, with optional validation, schedules, callbacks and early stopping. */
    public static Trainer trainer(LossFunction loss, Layer model, Optimiser optimiser) { return new Trainer(new Loss(loss, model), optimiser); }
    /** Prepares training of a bound loss over epochs, with optional validation, schedules, callbacks and early stopping. */
    public static Trainer trainer(Loss loss, Optimiser optimiser) { return new Trainer(loss, optimiser); }

    /** Ends the training loop without an error; call it from a callback or your own loss. */
    public static void stop() { Training.stop(); }

    /** Skips this batch's update and goes on with the next batch; call it from your own loss. */
    public static void skip() { Training.skip(); }

    /** Computes a batch's loss in training mode and its gradient; parameters stay unchanged. */
    public static WithGradient withGradient(LossFunction loss, Layer model, INDArray x, INDArray y) {
        return Training.withGradient(new Loss(loss, model), x, y);
    }
    /** Computes a batch's loss, bound to its model, in training mode, and its gradient; parameters stay unchanged. */
    public static WithGradient withGradient(Loss loss, INDArray x, INDArray y) { return Training.withGradient(loss, x, y); }
    /** Computes a formula's value and its gradients by predictions, features, targets and parameters; SameDiff differentiates it. */
    public static Differentiated withGradient(Function<Terms, SDVariable> formula, Layer model, Batch batch) {
        return Training.withGradient(formula, model, batch);
    }

    /** Updates the model's parameters by one step of the optimiser's rule. */
    public static void update(Optimiser optimiser, Layer model, Gradient gradient) { Training.update(optimiser, model, gradient); }

    // When to act and when to stop.

    /** Wraps an action so that it runs at most once in {@code seconds}, however often you call it. */
    public static Throttle throttle(Runnable action, double seconds) { return Throttle.of(action, seconds); }
    /** Wraps a callback so that it runs at most once in {@code seconds}, however often you call it. */
    public static Throttle throttle(Callback action, double seconds) { return Throttle.of(action, seconds); }

    /** Becomes true once the condition has held {@code wait} times in a row. */
    public static Patience patience(BooleanSupplier condition, int wait) { return new Patience(condition, wait); }

    /** Becomes true once {@code delay} scores in a row were worse than the best before: {@code stopping.test(score)}. */
    public static EarlyStopping earlyStopping(int delay) { return EarlyStopping.of(delay); }
    /** Becomes true once {@code delay} scores in a row were worse than the best before; each call computes a new score. */
    public static BooleanSupplier earlyStopping(DoubleSupplier score, int delay) { return EarlyStopping.of(delay).watching(score); }

    /** Becomes true once {@code width} scores in a row differed by less than 1e-6 from the one before: {@code plateau.test(score)}. */
    public static Plateau plateau(int width) { return Plateau.of(width); }
    /** Becomes true once {@code width} scores in a row differed by less than 1e-6 from the one before; each call computes a new score. */
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
