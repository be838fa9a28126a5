package io.github.flux4j.layers;

import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Structures in sequence, named or not: each takes the output of the one before. */
interface Sequence extends Structure {

    List<String> names();

    List<Structure> layers();

    /** The first of them that determines the number of inputs. */
    private Optional<Structure> first() {
        return layers().stream().filter(layer -> layer.least() != 0).findFirst();
    }

    @Override
    default int inputs() {
        return first().map(Structure::inputs).orElse(0);
    }

    @Override
    default int least() {
        return first().map(Structure::least).orElse(0);
    }

    @Override
    default int outputs(int inputs) {
        List<Structure> layers = layers();
        int size = inputs;
        for (int i = 0; i < layers.size(); i++) {
            size = layers.get(i).outputs(size);
        }
        return size;
    }

    @Override
    default long numbers() {
        return LayerWords.numbers(layers());
    }

    @Override
    default Call call() {
        return call(Structure::call);
    }

    @Override
    default Call fullCall() {
        return call(Structure::fullCall);
    }

    private Call call(Function<Structure, Call> ofLayer) {
        List<Call.Argument> arguments = new ArrayList<>();
        for (int i = 0; i < layers().size(); i++) {
            arguments.add(new Call.Argument(names().isEmpty() ? null : names().get(i), ofLayer.apply(layers().get(i))));
        }
        return new Call("chain", arguments);
    }
}
