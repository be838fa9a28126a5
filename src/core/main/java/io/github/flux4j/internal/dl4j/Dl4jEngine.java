package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Engine;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.TrainedWith;
import io.github.flux4j.saved.FluxLayer;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Runs every model without branches by forward pass and backpropagation of DL4J's {@link MultiLayerNetwork}. */
public final class Dl4jEngine implements Engine {

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public Optional<String> refusal(Blueprint model) {
        boolean branches = model.operations().stream().anyMatch(Operation.Branches.class::isInstance);
        return model.refusal(NetworkTranslation.KNOWN)
                .map(reason -> reason + (branches ? "; Deeplearning4j's MultiLayerNetwork has no branches" : ""));
    }

    @Override
    public Program compile(Blueprint model) {
        return new Dl4jProgram(model);
    }

    @Override
    public <T> Optional<T> export(Blueprint model, TrainedWith training, Class<T> type) {
        refusal(model).ifPresent(reason -> {
            throw new IllegalStateException(model.name() + " can't run as a Deeplearning4j network: " + reason);
        });
        return type == MultiLayerNetwork.class
                ? Optional.of(type.cast(NetworkTranslation.network(
                        committing(model), NetworkTranslation.loss(training), NetworkTranslation.updater(training))))
                : Optional.empty();
    }

    private static Blueprint committing(Blueprint model) {
        return new Blueprint(
                model.name(),
                model.operations().stream().map(Dl4jEngine::committing).toList(),
                model.parameters(),
                model.dataType());
    }

    private static Operation committing(Operation operation) {
        return operation instanceof Operation.Rows rows ? FluxLayer.committing(rows) : operation;
    }
}
