package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.SplitMix;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** A layer that keeps or drops at random in training, as its mask does. */
abstract class MaskedLayer extends Layer {

    private final RandomMask mask;

    MaskedLayer(RandomMask mask) {
        this.mask = mask;
    }

    @Override
    public final Mode mode() {
        return mask.mode();
    }

    @Override
    public final void setMode(Mode mode) {
        mask.setMode(mode);
    }

    @Override
    final SplitMix generator() {
        return mask.generator();
    }

    @Override
    final List<Operation> operations() {
        return List.of(new Operation.Rows(mask, new LayerOrigin(this, structure())));
    }

    @Override
    final Layer copy(DataType type) {
        Layer copy = structure().build();
        copy.setMode(mode());
        return copy;
    }
}
