package io.github.flux4j.layers;

import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Structures one after another, each of which takes what the one before gives; with names or without. */
interface Sequence extends Structure {

    List<String> names();

    List<Structure> layers();

    @Override
    default int inputs() {
        List<Structure> layers = layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).inputs() != 0) {
                return layers.get(i).inputs();
            }
        }
        return 0;
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

    /** Far beyond what fits, the sum stays where it is instead of overflowing. */
    @Override
    default long numbers() {
        return layers().stream()
                .mapToLong(Structure::numbers)
                .reduce(0, (sum, more) -> Math.min(sum, Long.MAX_VALUE / 4) + Math.min(more, Long.MAX_VALUE / 4));
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
