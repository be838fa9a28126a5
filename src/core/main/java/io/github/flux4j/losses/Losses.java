package io.github.flux4j.losses;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.values.NumberChecks;
import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Flux's losses of predictions ŷ and targets y. By default each is a mean over all elements, or over rows where it sums each row first.
 *
 * <p>{@link LossFunction#sum} takes sums instead. ε is the machine epsilon of the predictions' data type, or the {@code eps} you give. 0·log 0 is 0.
 *
 * <p>Losses of probabilities throw {@link IllegalArgumentException} for predictions more than 10⁻⁶ below 0 or above 1, such as logits; closer ones count as 0
 * or 1. These losses and {@link #LOGITCROSSENTROPY} also refuse softmax over one output, which is always 1; Flux trains on it to a loss of 0. So do numbers out
 * of range. Thread-safe.
 */
public final class Losses {

    private Losses() {}

    /** Mean squared error, {@code mean((ŷ − y)²)}; without a factor ½. */
    public static final LossFunction MSE =
            loss("mse", TermFormula.ofElements((p, y, e) -> (p - y) * (p - y), (p, y, e) -> 2 * (p - y)));

    /** Mean absolute error, {@code mean(|ŷ − y|)}; derivative 0 at ŷ = y. */
    public static final LossFunction MAE =
            loss("mae", TermFormula.ofElements((p, y, e) -> Math.abs(p - y), (p, y, e) -> Math.signum(p - y)));

    /** Mean squared logarithmic error, {@code mean(log((ŷ + ε)/(y + ε))²)}. */
    public static final LossFunction MSLE = loss(
            "msle",
            TermFormula.ofElements(
                    (p, y, e) -> Math.log((p + e) / (y + e)) * Math.log((p + e) / (y + e)),
                    (p, y, e) -> 2 * Math.log((p + e) / (y + e)) / (p + e)));

    /** Huber loss with δ = 1. See {@link #huber}. */
    public static final LossFunction HUBER = huber(1);

    /** Cross-entropy, {@code mean over rows of −Σ y·log(ŷ + ε)}, of class probabilities ŷ; y is one-hot or probabilities. */
    public static final LossFunction CROSSENTROPY = loss(
            "crossentropy",
            TermFormula.ofRows((p, y, e) -> -xlogy(y, atLeastZero(p) + e), (p, y, e) -> -ratio(y, atLeastZero(p) + e))
                    .of(Probabilities.OF_CLASSES));

    /**
     * Cross-entropy, {@code mean over rows of −Σ y·logsoftmax(ŷ)}, of logits ŷ: the stable form of crossentropy after softmax. A logit of −∞, an impossible
     * class, costs nothing where its target is 0.
     */
    public static final LossFunction LOGITCROSSENTROPY = loss("logitcrossentropy", new LogitCrossEntropy());

    /** Binary cross-entropy, {@code mean(−y·log(ŷ + ε) − (1 − y)·log(1 − ŷ + ε))}, of probabilities ŷ. */
    public static final LossFunction BINARYCROSSENTROPY = loss(
            "binarycrossentropy",
            TermFormula.ofElements(
                            (p, y, e) -> -xlogy(y, atLeastZero(p) + e) - xlogy(1 - y, atLeastZero(1 - p) + e),
                            (p, y, e) -> ratio(1 - y, atLeastZero(1 - p) + e) - ratio(y, atLeastZero(p) + e))
                    .of(Probabilities.BINARY));

    /** Binary cross-entropy, {@code mean((1 − y)·ŷ − logσ(ŷ))}, of logits ŷ: the stable form of binarycrossentropy after sigmoid. */
    public static final LossFunction LOGITBINARYCROSSENTROPY = loss(
            "logitbinarycrossentropy",
            TermFormula.ofElements(
                    (p, y, e) -> (1 - y) * p + Math.max(-p, 0) + Math.log1p(Math.exp(-Math.abs(p))),
                    (p, y, e) -> (p >= 0 ? 1 / (1 + Math.exp(-p)) : Math.exp(p) / (1 + Math.exp(p))) - y));

    /** Kullback–Leibler divergence, {@code mean over rows of Σ y·log y − Σ y·log(ŷ + ε)}; ŷ may be above 1. */
    public static final LossFunction KLDIVERGENCE = loss(
            "kldivergence",
            TermFormula.ofRows(
                            (p, y, e) -> xlogy(y, y) - xlogy(y, atLeastZero(p) + e),
                            (p, y, e) -> -ratio(y, atLeastZero(p) + e))
                    .of(Probabilities.OF_CLASSES.unbounded()));

    /** Poisson loss, {@code mean(ŷ − y·log ŷ)}, of expected counts ŷ. */
    public static final LossFunction POISSON_LOSS = loss(
            "poissonLoss", TermFormula.ofElements((p, y, e) -> p - xlogy(y, p), (p, y, e) -> y == 0 ? 1 : 1 - y / p));

    /** Hinge loss, {@code mean(max(0, 1 − ŷ·y))}, for targets −1 and 1. */
    public static final LossFunction HINGE_LOSS = loss(
            "hingeLoss",
            TermFormula.ofElements((p, y, e) -> Math.max(0, 1 - p * y), (p, y, e) -> 1 - p * y > 0 ? -y : 0));

    /** Squared hinge loss, {@code mean(max(0, 1 − ŷ·y)²)}, for targets −1 and 1. */
    public static final LossFunction SQUARED_HINGE_LOSS = loss(
            "squaredHingeLoss",
            TermFormula.ofElements(
                    (p, y, e) -> Math.max(0, 1 - p * y) * Math.max(0, 1 - p * y),
                    (p, y, e) -> -2 * y * Math.max(0, 1 - p * y)));

    /** Dice loss with smooth = 1. See {@link #diceCoeffLoss}. */
    public static final LossFunction DICE_COEFF_LOSS = diceCoeffLoss(1);

    /** Tversky loss with β = 0.7. See {@link #tverskyLoss}. */
    public static final LossFunction TVERSKY_LOSS = tverskyLoss(0.7);

    /** Binary focal loss with γ = 2. See {@link #binaryFocalLoss(double)}. */
    public static final LossFunction BINARY_FOCAL_LOSS = binaryFocalLoss(2);

    /** Focal loss with γ = 2. See {@link #focalLoss(double)}. */
    public static final LossFunction FOCAL_LOSS = focalLoss(2);

    /** Siamese contrastive loss with margin 1. See {@link #siameseContrastiveLoss}. */
    public static final LossFunction SIAMESE_CONTRASTIVE_LOSS = siameseContrastiveLoss(1);

    /** Returns all of the library's losses, with their default numbers. */
    public static List<LossFunction> all() {
        return LossWords.EACH;
    }

    /** {@link #MSLE} with another ε, finite and at least 0. */
    public static LossFunction msle(double eps) {
        return withEpsilon(MSLE, eps);
    }

    /** {@link #CROSSENTROPY} with another ε, finite and at least 0; with 0, a true class predicted at probability 0 costs ∞. */
    public static LossFunction crossentropy(double eps) {
        return withEpsilon(CROSSENTROPY, eps);
    }

    /** {@link #BINARYCROSSENTROPY} with another ε, finite and at least 0; with 0, a certain but wrong prediction costs ∞. */
    public static LossFunction binarycrossentropy(double eps) {
        return withEpsilon(BINARYCROSSENTROPY, eps);
    }

    /**
     * {@link #KLDIVERGENCE} with another ε; with 0, a distribution's divergence from itself is 0, and ∞ where the prediction rules out what happens.
     *
     * @throws IllegalArgumentException unless {@code eps} is finite and at least 0
     */
    public static LossFunction kldivergence(double eps) {
        return withEpsilon(KLDIVERGENCE, eps);
    }

    private static LossFunction withEpsilon(LossFunction loss, double eps) {
        NumberChecks.notNegative("eps of " + loss, eps);
        return new LossFunction(
                loss.name() + "; eps=" + eps, call(loss.call(), eps), ((TermFormula) loss.formula()).withEpsilon(eps));
    }

    /** Huber loss, {@code mean(e < δ ? ½e² : δ·(e − ½δ))} with e = |ŷ − y| (Huber 1964). */
    public static LossFunction huber(double delta) {
        NumberChecks.positive("δ of huber", delta);
        return loss(
                "huber",
                delta,
                1,
                TermFormula.ofElements(
                        (p, y, e) -> Math.abs(p - y) < delta
                                ? 0.5 * (p - y) * (p - y)
                                : delta * (Math.abs(p - y) - 0.5 * delta),
                        (p, y, e) -> Math.abs(p - y) < delta ? p - y : delta * Math.signum(p - y)));
    }

    /** Dice loss of the whole batch, {@code 1 − (2Σyŷ + smooth)/(Σy² + Σŷ² + smooth)} (Milletari and others 2016). */
    public static LossFunction diceCoeffLoss(double smooth) {
        NumberChecks.notNegative("smooth", smooth);
        return loss(
                "diceCoeffLoss",
                smooth,
                1,
                new OverlapFormula(2, smooth, (p, y, e) -> y * y + p * p, (p, y, e) -> 2 * p));
    }

    /**
     * Tversky loss of the whole batch, {@code 1 − (Σyŷ + 1)/(Σ(yŷ + β(1 − y)ŷ + (1 − β)y(1 − ŷ)) + 1)} (Salehi and others 2017). This is Flux's code; the formula
     * in Flux's documentation swaps β and 1 − β.
     */
    public static LossFunction tverskyLoss(double beta) {
        NumberChecks.fraction("β of tversky_loss", beta);
        return loss(
                "tverskyLoss",
                beta,
                0.7,
                new OverlapFormula(
                        1,
                        1,
                        (p, y, e) -> y * p + beta * (1 - y) * p + (1 - beta) * y * (1 - p),
                        (p, y, e) -> y + beta * (1 - y) - (1 - beta) * y));
    }

    /**
     * Binary focal loss, {@code mean(−(1 − p)^γ·log p)} with p = yŷ + (1 − y)(1 − ŷ) and ε added to ŷ (Lin and others 2017). Where a certain ŷ makes p 0 or less,
     * an error in Flux, p is ε.
     */
    public static LossFunction binaryFocalLoss(double gamma) {
        NumberChecks.notNegative("γ", gamma);
        return loss(
                "binaryFocalLoss",
                gamma,
                2,
                TermFormula.ofElements(
                                (p, y, e) -> focal(agreement(p, y, e), gamma),
                                (p, y, e) -> (2 * y - 1) * focalSlope(agreement(p, y, e), gamma))
                        .of(Probabilities.BINARY.withoutLogitLoss()));
    }

    /** {@link #binaryFocalLoss(double)} with another ε, finite and at least 0. */
    public static LossFunction binaryFocalLoss(double gamma, double eps) {
        return withEpsilon(binaryFocalLoss(gamma), eps);
    }

    private static double agreement(double p, double y, double e) {
        return Math.max(e, y * (p + e) + (1 - y) * (1 - p - e));
    }

    /** Focal loss, {@code mean over rows of Σ −y·(1 − ŷ)^γ·log ŷ}, of class probabilities ŷ, to which it adds ε (Lin and others 2017). */
    public static LossFunction focalLoss(double gamma) {
        NumberChecks.notNegative("γ", gamma);
        return loss(
                "focalLoss",
                gamma,
                2,
                TermFormula.ofRows(
                                (p, y, e) -> product(y, focal(atLeastZero(p) + e, gamma)),
                                (p, y, e) -> product(y, focalSlope(atLeastZero(p) + e, gamma)))
                        .of(Probabilities.OF_CLASSES.withoutLogitLoss()));
    }

    /** {@link #focalLoss(double)} with another ε, finite and at least 0. */
    public static LossFunction focalLoss(double gamma, double eps) {
        return withEpsilon(focalLoss(gamma), eps);
    }

    /**
     * Siamese contrastive loss, {@code mean((1 − y)·ŷ² + y·max(0, margin − ŷ)²)}: ŷ are distances of pairs, y is 1 for pairs that differ (Hadsell and others
     * 2006).
     *
     * @throws IllegalArgumentException if the margin is negative
     */
    public static LossFunction siameseContrastiveLoss(double margin) {
        boolean valid = margin >= 0 && margin < Double.POSITIVE_INFINITY;
        NumberChecks.require(valid, "margin", "finite and not negative", margin);
        return loss(
                "siameseContrastiveLoss",
                margin,
                1,
                TermFormula.ofElements(
                        (p, y, e) -> (1 - y) * p * p + y * Math.max(0, margin - p) * Math.max(0, margin - p),
                        (p, y, e) -> 2 * (1 - y) * p - 2 * y * Math.max(0, margin - p)));
    }

    /**
     * Smooths targets: {@code y·(1 − α) + α/classes} for one-hot rows (dims 1), {@code y·(1 − α) + α/2} for binary ones (dims 0).
     *
     * @return a new array
     * @throws IllegalArgumentException unless 0 &lt; α &lt; 1 and dims is 0 or 1
     */
    public static INDArray labelSmoothing(INDArray y, double alpha, int dims) {
        NumberChecks.require(alpha > 0 && alpha < 1, "α", "between 0 and 1", alpha);
        if (dims != 0 && dims != 1) {
            throw new IllegalArgumentException("dims should be either 0 (binary) or 1 (one-hot rows), but was " + dims);
        }
        Objects.requireNonNull(y, "targets is null");
        double classes = dims == 0 ? 2 : y.size(y.rank() - 1);
        double[] smoothed = Tensors.toDoubles(y);
        for (int i = 0; i < smoothed.length; i++) {
            smoothed[i] = smoothed[i] * (1 - alpha) + alpha / classes;
        }
        return Tensors.of(y.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT, smoothed, y.shape());
    }

    /** Clips 1 − p at 0, since p may be 1 + ε. */
    private static double focal(double p, double gamma) {
        return -Math.pow(Math.max(0, 1 - p), gamma) * Math.log(p);
    }

    private static double focalSlope(double p, double gamma) {
        double rest = Math.max(0, 1 - p);
        double through = gamma == 0 || rest == 0 ? 0 : gamma * Math.pow(rest, gamma - 1) * Math.log(p);
        return through - Math.pow(rest, gamma) / p;
    }

    /** Raises a probability that rounding made negative to 0. */
    private static double atLeastZero(double p) {
        return Math.max(0, p);
    }

    /** x·log y; 0 for x = 0 even where log y is infinite. */
    private static double xlogy(double x, double y) {
        return x == 0 && y == y ? 0 : x * Math.log(y);
    }

    /** x/y, the slope of x·log y; 0 for x = 0. */
    private static double ratio(double x, double y) {
        return x == 0 && y == y ? 0 : x / y;
    }

    /** x·y; 0 for x = 0 even where y is infinite. */
    private static double product(double x, double y) {
        return x == 0 && y == y ? 0 : x * y;
    }

    private static LossFunction loss(String word, LossFormula formula) {
        return new LossFunction(inFlux(word), Call.of(word), formula);
    }

    private static LossFunction loss(String word, double number, double usual, LossFormula formula) {
        String name = inFlux(word) + (number == usual ? "" : "(" + number + ")");
        return new LossFunction(name, call(Call.of(word), number), formula);
    }

    /** {@code dice_coeff_loss} for {@code diceCoeffLoss}. */
    private static String inFlux(String word) {
        return word.equals("huber")
                ? "huber_loss"
                : word.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }

    private static Call call(Call loss, double number) {
        List<Call.Argument> arguments = new ArrayList<>(loss.arguments());
        arguments.add(new Call.Argument(null, number));
        return new Call(loss.name(), arguments);
    }
}
