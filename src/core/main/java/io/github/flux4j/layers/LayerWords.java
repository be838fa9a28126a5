package io.github.flux4j.layers;

import io.github.flux4j.internal.values.Vocabulary;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every layer by its name in text, {@code dense(8, 64, relu)}, with the settings that a text may omit. */
final class LayerWords {

    private static final Set<String> NAMES_OF_INPUTS = Set.of("in", "size");

    /** Layers of layers; theirs may omit inputs that the row's width determines. */
    private static final Map<String, Reader> COMPOSITES = Map.of(
            "chain", LayerWords::chain,
            "parallel", Parallel::read,
            "skipConnection", SkipConnection::read,
            "maxout", Maxout::read,
            "columns", Columns::read);

    /** Reads a call; the width is that of the layer's rows, 0 if unknown. */
    private interface Reader {
        Structure read(Call call, int width, Parts parts);
    }

    static final Vocabulary<Structure> ALL = new Vocabulary<>(Structure.class, "a layer")
            .using(ActivationWords.ALL)
            .including(ActivationWords.ALL)
            .partsOf(Layer.class, Layer::structure)
            .settings("dense", new Dense.Settings(1, 1, Activation.IDENTITY, true), 2)
            .settings("scale", new Scale.Settings(1, Activation.IDENTITY, true), 1)
            .settings("layerNorm", LayerNorm.Settings.of(1, Activation.IDENTITY), 1)
            .settings("batchNorm", BatchNorm.Settings.of(1, Activation.IDENTITY), 1)
            .settings("dropout", new Dropout.Settings(0.5, RandomMask.ALL), 1)
            .settings("alphaDropout", new AlphaDropout.Settings(0.5), 1)
            .settings("embedding", new Embedding.Settings(1, 1), 2)
            .settings("periodic", new Periodic.Settings(1, 1, 1), 3);

    static {
        COMPOSITES.forEach((name, reader) ->
                ALL.word(name, arguments -> reader.read(new Call(name, arguments.takeAll()), 0, arguments.parts())));
    }

    private LayerWords() {}

    /**
     * Reads a layer that may omit its inputs.
     *
     * @param width of its rows; 0 if unknown
     */
    static Structure read(Call call, int width, Parts parts) {
        Reader composite = COMPOSITES.get(call.name());
        return composite == null ? ALL.read(withInputs(call, width), parts) : composite.read(call, width, parts);
    }

    private static Call withInputs(Call call, int width) {
        List<String> required = ALL.required(call.name());
        if (required.isEmpty()
                || !NAMES_OF_INPUTS.contains(required.get(0))
                || given(call, required) >= required.size()) {
            return call;
        }
        if (width == 0) {
            throw new IllegalArgumentException(
                    call + " doesn't say how many inputs it has, and no layer before it does; write " + call.name()
                            + required.stream().collect(Collectors.joining(", ", "(", ", …)")));
        }
        List<Call.Argument> arguments = new ArrayList<>(call.arguments());
        arguments.add(0, new Call.Argument(required.get(0), (double) width));
        return new Call(call.name(), arguments);
    }

    /** The number of required settings that are there, by name or as numbers without one. */
    private static long given(Call call, List<String> required) {
        return call.arguments().stream()
                .filter(argument -> argument.name() == null
                        ? argument.value() instanceof Double
                        : required.contains(argument.name()))
                .count();
    }

    /** Reads layers in sequence; each may omit the inputs that the one before determines. */
    static Chain.Settings chain(Call call, int inputs, Parts parts) {
        List<String> names = new ArrayList<>();
        List<Structure> layers = new ArrayList<>();
        int width = inputs;
        for (Call.Argument argument : call.arguments()) {
            Structure next = read(layer(call, argument), width, parts);
            layers.add(next);
            if (argument.name() != null) {
                names.add(argument.name());
            }
            width = LayerCheck.outputsAfter(next, width);
        }
        return new Chain.Settings(names, layers);
    }

    /** Reads the remaining arguments of a call: layers that take rows of one width. */
    static List<Structure> layers(Call call, Arguments arguments, int width) {
        return arguments.takeAll().stream()
                .map(argument -> read(layer(call, argument), width, arguments.parts()))
                .toList();
    }

    /** One of a call's arguments, which must be a layer. */
    static Call layer(Call call, Call.Argument argument) {
        if (argument.value() instanceof Call layer) {
            return layer;
        }
        throw new IllegalArgumentException(call.name() + " expects layers, but has " + argument + ": " + call);
    }

    /** The sum of their numbers, which saturates instead of overflowing. */
    static long numbers(List<Structure> layers) {
        return layers.stream()
                .mapToLong(Structure::numbers)
                .reduce(0, (sum, more) -> Math.min(sum, Long.MAX_VALUE / 4) + Math.min(more, Long.MAX_VALUE / 4));
    }
}
