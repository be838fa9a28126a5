package io.github.flux4j.spark;

import io.github.flux4j.data.Batch;
import java.io.Serializable;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Some rows of a partition, one after another: what Spark keeps in memory, or reads from disk block by block. */
final class Block implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int MOST_ROWS = 4096;
    private static final int MOST_NUMBERS = 1 << 20;

    private final Shape shape;
    private int rows;
    private NumberArray features;
    private NumberArray targets;
    private @Nullable NumberArray weights;

    /** What rows are. A class, since Kryo can't write records. */
    static final class Shape implements Serializable {

        private static final long serialVersionUID = 1;

        private final DataType type;
        private final int inputs;
        private final int outputs;
        private final boolean isWeighted;

        /** With a weight for each row, or none. */
        Shape(DataType type, int inputs, int outputs, boolean isWeighted) {
            this.type = type;
            this.inputs = inputs;
            this.outputs = outputs;
            this.isWeighted = isWeighted;
        }

        DataType type() {
            return type;
        }

        int inputs() {
            return inputs;
        }

        int outputs() {
            return outputs;
        }

        /** How many rows a block has, unless it is a partition's last. */
        int rowsOfABlock() {
            return Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / (inputs + outputs)));
        }
    }

    /** Room for so many rows. */
    Block(Shape shape, int most) {
        this.shape = shape;
        features = new NumberArray(shape.type, Math.multiplyExact(most, shape.inputs));
        targets = new NumberArray(shape.type, Math.multiplyExact(most, shape.outputs));
        weights = shape.isWeighted ? new NumberArray(shape.type, most) : null;
    }

    int rows() {
        return rows;
    }

    double target(int row, int column) {
        return targets.get(row * shape.outputs + column);
    }

    /** Of all of a row's numbers, in the model's type. */
    long hash(int row) {
        long hash = Hash.next(0, features, row * shape.inputs, shape.inputs);
        hash = Hash.next(hash, targets, row * shape.outputs, shape.outputs);
        return weights == null ? hash : Hash.next(hash, weights, row, 1);
    }

    void add(double[] x, double[] y, double weight) {
        for (int i = 0; i < x.length; i++) {
            features.put(rows * shape.inputs + i, x[i]);
        }
        for (int i = 0; i < y.length; i++) {
            targets.put(rows * shape.outputs + i, y[i]);
        }
        if (weights != null) {
            weights.put(rows, weight);
        }
        rows++;
    }

    /** Adds a row of another one of the same shape. */
    void add(Block other, int row) {
        features.copy(rows * shape.inputs, other.features, row * shape.inputs, shape.inputs);
        targets.copy(rows * shape.outputs, other.targets, row * shape.outputs, shape.outputs);
        if (weights != null) {
            weights.copy(rows, other.weights, row, 1);
        }
        rows++;
    }

    /** Some of its rows, copied. */
    Block part(int from, int to) {
        Block part = new Block(shape, to - from);
        for (int row = from; row < to; row++) {
            part.add(this, row);
        }
        return part;
    }

    /** Gives up the room that it doesn't need. */
    Block trimmed() {
        features = features.first(rows * shape.inputs);
        targets = targets.first(rows * shape.outputs);
        weights = weights == null ? null : weights.first(rows);
        return this;
    }

    /** In native memory, to be closed after use. */
    Batch batch() {
        return Batch.of(Stream.of(features, targets, weights)
                .filter(Objects::nonNull)
                .map(numbers -> numbers.matrix(rows))
                .toArray(INDArray[]::new));
    }
}
