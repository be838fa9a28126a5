package io.github.flux4j.layers;

import io.github.flux4j.values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Structures in sequence, named or not: each takes the output of the one before. */
interface Sequence extends Structure {

    List<String> names();

    List<Structure> layers();

    /** The first of them that determines the number of inputs; null if none does. By a loop, since each prediction asks. */
    private @Nullable Structure first() {
        List<Structure> layers = layers();
        int i = 0;
        while (i < layers.size() && layers.get(i).least() == 0) {
            i++;
        }
        return i < layers.size() ? layers.get(i) : null;
    }

    @Override
    default int inputs() {
        Structure first = first();
        return first == null ? 0 : first.inputs();
    }

    @Override
    default int least() {
        Structure first = first();
        return first == null ? 0 : first.least();
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
