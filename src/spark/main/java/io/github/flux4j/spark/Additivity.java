package io.github.flux4j.spark;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chance;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Whether loss and gradient of some rows are the means of those of their parts, without which no sum over partitions is the whole's. */
final class Additivity {

    /** Of sums in Float64. What doesn't add up differs in the first digits. */
    private static final double TOLERANCE = 1e-8;

    private Additivity() {}

    /**
     * Tries it, in Float64 and without the chance of dropouts and the like.
     *
     * @param rows at least two of the data
     * @throws IllegalArgumentException if it doesn't add up, with the loss or the layer
     */
    static void require(Layer model, LossFunction function, Penalty penalty, Block rows) {
        Layer still = withoutChance(model);
        if (!addsUp(new Loss(function, still, penalty), rows)) {
            throw new IllegalArgumentException(
                    culprit(still, function, rows)
                            + " doesn't add up over the rows of several machines: of " + rows.rows()
                            + " rows, loss and gradient are not the means of those of two parts. Train on one machine, or take "
                            + "a loss that is a mean over examples, and LayerNorm or testmode(batchNorm) in place of BatchNorm");
        }
    }

    /** The loss, if it doesn't add up for given predictions either. */
    private static String culprit(Layer still, LossFunction function, Block rows) {
        Batch whole = rows.batch();
        INDArray predictions = still.predict(whole.features());
        int first = firstPart(rows);
        double mean = (first * of(function, predictions, whole, 0, first)
                        + (rows.rows() - first) * of(function, predictions, whole, first, rows.rows()))
                / rows.rows();
        double loss = of(function, predictions, whole, 0, rows.rows());
        if (Math.abs(loss - mean) > TOLERANCE * Math.abs(loss)) {
            return "the loss " + function;
        }
        boolean normalises = leaves(still).anyMatch(BatchNorm.class::isInstance);
        return normalises ? "BatchNorm, which takes statistics of its batch," : "a layer of " + still.inOneLine();
    }

    private static double of(LossFunction function, INDArray predictions, Batch batch, int from, int to) {
        return function.of(rows(predictions, from, to), rows(batch.targets(), from, to));
    }

    private static INDArray rows(INDArray matrix, int from, int to) {
        return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }

    /** A slope that is drawn at random has a mean that adds up; any fixed one stands for it here. */
    private static Layer withoutChance(Layer model) {
        Layer copy = Layer.parse(model.text().replaceAll("\\brrelu\\b(\\([^)]*\\))?", "leakyrelu"));
        Layer still = Layer.copyAs(DataType.DOUBLE, copy);
        State.of(Layer.copyAs(DataType.DOUBLE, model)).loadInto(still);
        Layer[] from = leaves(model).toArray(Layer[]::new);
        Layer[] to = leaves(still).toArray(Layer[]::new);
        for (int i = 0; i < to.length; i++) {
            boolean drops = !Chance.of(to[i]).generators().isEmpty();
            to[i].setMode(drops ? Mode.TEST : from[i].mode());
        }
        return still;
    }

    private static Stream<Layer> leaves(Layer layer) {
        return layer.layers().isEmpty()
                ? Stream.of(layer)
                : layer.layers().stream().flatMap(Additivity::leaves);
    }

    /** Not the half, so that parts of different sizes must count differently. */
    private static int firstPart(Block rows) {
        return Math.max(1, rows.rows() * 2 / 5);
    }

    private static boolean addsUp(Loss loss, Block rows) {
        int[] parts = {0, firstPart(rows), rows.rows()};
        double[] whole = of(loss, rows, 0, rows.rows());
        double[] mean = new double[whole.length];
        for (int p = 0; p < 2; p++) {
            double[] part = of(loss, rows, parts[p], parts[p + 1]);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += part[i] * (parts[p + 1] - parts[p]) / rows.rows();
            }
        }
        return isSame(whole, mean);
    }

    private static boolean isSame(double[] whole, double... mean) {
        double size = 0;
        double difference = 0;
        for (int i = 0; i < whole.length; i++) {
            size = Math.max(size, Math.abs(whole[i]));
            difference = Math.max(difference, Math.abs(whole[i] - mean[i]));
        }
        return !(difference > TOLERANCE * size);
    }

    /** Loss and gradient of some of the rows. */
    private static double[] of(Loss loss, Block rows, int from, int to) {
        INDArray gradient = Tensors.zeros(DataType.DOUBLE, loss.model().parameterCount());
        double[] all = new double[loss.model().parameterCount() + 1];
        Batch batch = rows.part(from, to).batch();
        all[0] = loss.gradient(batch, gradient);
        System.arraycopy(Tensors.toDoubles(gradient), 0, all, 1, all.length - 1);
        return all;
    }
}
