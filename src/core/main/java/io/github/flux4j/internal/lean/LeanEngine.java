package io.github.flux4j.internal.lean;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Engine;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.TrainedWith;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Runs chains of layers straight on BLAS and Java arrays, on the memory that the {@code MultiLayerNetwork} would use too. Forward, loss and
 * backward are in {@link FloatProgram}; the rule is the optimiser's.
 */
public final class LeanEngine implements Engine {

    @Override
    public String name() {
        return "lean";
    }

    @Override
    public Optional<String> refusal(Blueprint model) {
        return model.refusal(FloatNodes.MAKERS.keySet());
    }

    @Override
    public Program compile(Blueprint model) {
        return model.dataType() == DataType.DOUBLE ? new DoubleProgram(model) : new FloatProgram(model);
    }

    @Override
    public <T> Optional<T> export(Blueprint model, TrainedWith training, Class<T> type) {
        return Optional.empty();
    }
}
