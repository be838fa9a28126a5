package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** Parallel layers with their numbers. */
final class Branched extends Composite {

    private final Branching settings;

    Branched(Branching settings, List<Layer> layers) {
        super(layers, new ParameterMemory());
        this.settings = settings;
        assemble();
    }

    /** Makes a layer of free layers; the function turns their structures into its own. */
    static Branched of(String whole, Function<List<Structure>, Branching> settings, Layer... layers) {
        List<Layer> all = Arrays.asList(Objects.requireNonNull(layers, "layers is null"));
        LayerCheck.requireFree(whole, all);
        return new Branched(settings.apply(all.stream().map(Layer::structure).toList()), all);
    }

    @Override
    String word() {
        return settings.word();
    }

    @Override
    List<Object> shown() {
        List<Object> parts = new ArrayList<>(layers());
        if (settings.setting() != null) {
            parts.add(settings instanceof SkipConnection ? 1 : 0, settings.setting());
        }
        return parts;
    }

    @Override
    public Structure structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return List.of(new Operation.Branches(inOneLine(), settings.operations(layers()), settings.join()));
    }

    @Override
    Branched copy(DataType type) {
        return new Branched(
                settings, layers().stream().map(layer -> copyIn(type, layer)).toList());
    }
}
