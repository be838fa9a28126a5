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
    private final RandomMask mask;

    /**
     * Drops with probability p; p = 1 gives zeros.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public Dropout(double p) {
        this.p = RandomMask.probability("Dropout", p);
        this.mask = new RandomMask(p, 1 / (1 - p), 0, 0);
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
        Dropout copy = new Dropout(p);
        copy.setMode(mask.mode());
        return copy;
    }

    @Override
    String describe() {
        return "Dropout(" + p + ")";
    }
}
