package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every loss, one line each, with predictions and targets of the kind that it is for, away from its kinks: three examples with two
 * outputs. Those that take a number are here with their default and with another.
 */
public final class LossSamples {

    /** A loss with predictions and targets, Float64. */
    public record Sample(LossFunction loss, double[][] values, double[][] aims) {

        public INDArray predictions() {
            return Tensors.ofRows(DataType.DOUBLE, values);
        }

        public INDArray targets() {
            return Tensors.ofRows(DataType.DOUBLE, aims);
        }

        /** Whether it is a mean, or a sum, of the losses of single elements. */
        public boolean isOfTerms() {
            return !(loss.formula() instanceof OverlapFormula);
        }

        @Override
        public String toString() {
            return loss.toString();
        }
    }

    private static final double[][] NUMBERS = {{0.5, -1.25}, {2, 0.75}, {-0.5, 3}};
    private static final double[][] OTHERS = {{0.25, -2.5}, {0.75, 1}, {-0.75, 0.5}};
    private static final double[][] COUNTS = {{0.5, 1.25}, {2, 0.75}, {3.5, 0.25}};
    private static final double[][] OTHER_COUNTS = {{1, 0}, {3, 1}, {2, 0.5}};
    private static final double[][] RATES = {{1, 0.5}, {3, 1}, {2, 0.5}};
    private static final double[][] CHANCES = {{0.25, 0.75}, {0.9, 0.1}, {0.6, 0.4}};
    private static final double[][] OTHER_CHANCES = {{0, 1}, {1, 0}, {0.3, 0.7}};
    private static final double[][] LOGITS = {{2, -1}, {0.5, 3}, {-2, -0.25}};
    private static final double[][] SIGNS = {{1, -1}, {1, 1}, {-1, -1}};

    private static final List<Sample> ALL = List.of(
            new Sample(MSE, NUMBERS, OTHERS),
            new Sample(MAE, NUMBERS, OTHERS),
            new Sample(MSLE, COUNTS, RATES),
            new Sample(msle(0.1), COUNTS, RATES),
            new Sample(HUBER, NUMBERS, OTHERS),
            new Sample(huber(0.3), NUMBERS, OTHERS),
            new Sample(CROSSENTROPY, CHANCES, OTHER_CHANCES),
            new Sample(crossentropy(0.01), CHANCES, OTHER_CHANCES),
            new Sample(LOGITCROSSENTROPY, LOGITS, OTHER_CHANCES),
            new Sample(BINARYCROSSENTROPY, CHANCES, OTHER_CHANCES),
            new Sample(binarycrossentropy(0.01), CHANCES, OTHER_CHANCES),
            new Sample(LOGITBINARYCROSSENTROPY, LOGITS, OTHER_CHANCES),
            new Sample(KLDIVERGENCE, CHANCES, OTHER_CHANCES),
            new Sample(kldivergence(0.01), CHANCES, OTHER_CHANCES),
            new Sample(POISSON_LOSS, COUNTS, OTHER_COUNTS),
            new Sample(HINGE_LOSS, NUMBERS, SIGNS),
            new Sample(SQUARED_HINGE_LOSS, NUMBERS, SIGNS),
            new Sample(DICE_COEFF_LOSS, CHANCES, OTHER_CHANCES),
            new Sample(diceCoeffLoss(0.2), CHANCES, OTHER_CHANCES),
            new Sample(TVERSKY_LOSS, CHANCES, OTHER_CHANCES),
            new Sample(tverskyLoss(0.4), CHANCES, OTHER_CHANCES),
            new Sample(BINARY_FOCAL_LOSS, CHANCES, OTHER_CHANCES),
            new Sample(binaryFocalLoss(0.5), CHANCES, OTHER_CHANCES),
            new Sample(binaryFocalLoss(0.5, 0.01), CHANCES, OTHER_CHANCES),
            new Sample(FOCAL_LOSS, CHANCES, OTHER_CHANCES),
            new Sample(focalLoss(3), CHANCES, OTHER_CHANCES),
            new Sample(focalLoss(3, 0.01), CHANCES, OTHER_CHANCES),
            new Sample(SIAMESE_CONTRASTIVE_LOSS, CHANCES, OTHER_CHANCES),
            new Sample(siameseContrastiveLoss(0.5), CHANCES, OTHER_CHANCES));

    private LossSamples() {}

    /** All of them. */
    public static List<Sample> all() {
        return ALL;
    }
}
