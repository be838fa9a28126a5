package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * In training, sets each element to 0 with probability p and multiplies the others by 1/(1 − p); in testing, does nothing (Srivastava
 * and others 2014). p is the probability of dropping, as in Flux, not of keeping, as in DL4J.
 */
public final class Dropout extends Layer {

    private final double p;
    private final int dimension;
    private final RandomMask mask;

    /**
     * Drops with probability p; p = 1 gives zeros.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public Dropout(double p) {
        this(p, RandomMask.ALL);
    }

    private Dropout(double p, int dimension) {
        this.p = RandomMask.probability("Dropout", p);
        this.dimension = dimension;
        this.mask = new RandomMask(dimension, p, 1 / (1 - p), 0, 0);
    }

    /**
     * The same layer with one random choice for all elements at an index of a dimension: with 0 whole rows (examples)
     * are dropped, with 1 whole columns (features). In Flux, whose examples are columns, these are {@code dims = 2} and {@code dims = 1}.
     *
     * @throws IllegalArgumentException if the dimension is neither
     */
    public Dropout withDims(int dims) {
        if (dims != 0 && dims != 1) {
            throw new IllegalArgumentException(
                    "Dropout's dims must be 0 (whole rows) or 1 (whole columns), but was " + dims);
        }
        return new Dropout(p, dims);
    }

    @Override
    public void setMode(Mode mode) {
        mask.setMode(mode);
    }

    @Override
    List<Operation> operations() {
        return List.of(new Operation.Rows(mask));
    }

    @Override
    Dropout copy(DataType type) {
        Dropout copy = new Dropout(p, dimension);
        copy.setMode(mask.mode());
        return copy;
    }

    @Override
    String describe() {
        return "Dropout(" + p + (dimension == RandomMask.ALL ? "" : ", dims=" + dimension)
                + mask.mode().describe() + ")";
    }
}
