package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** Some of the columns, as they are or given to a layer: {@code y = layer(x[:, from … to − 1])}. */
final class Columns extends Composite {

    private final Settings settings;

    private Columns(int from, int to, List<Layer> layers) {
        super(layers, new ParameterMemory());
        settings = new Settings(from, to, layers.stream().map(Layer::structure).toList());
        assemble();
    }

    /** From which column to before which, and the layer that gets them, if any. */
    record Settings(int from, int to, List<Structure> layers) implements Structure {

        Settings {
            layers = List.copyOf(layers);
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException(
                        "columns(" + from + ", " + to
                                + "): from must be at least 0, and to more than that; columns are counted from 0, and to is not among them");
            }
            if (layers.size() > 1) {
                throw new IllegalArgumentException("columns takes one layer, but " + layers.size() + " are there: "
                        + layers + "; make a chain of them");
            }
            for (Structure layer : layers) {
                if (!LayerCheck.takes(layer, to - from)) {
                    throw new IllegalArgumentException(layer + " expects " + LayerCheck.expects(layer)
                            + " inputs, but columns(" + from + ", " + to + ") gives " + (to - from));
                }
            }
        }

        static Settings read(Call call, int width, Parts parts) {
            Arguments arguments = new Arguments(call, parts);
            int from = arguments.whole("from");
            int to = arguments.whole("to");
            return new Settings(from, to, LayerWords.layers(call, arguments, Math.max(0, to - from)));
        }

        @Override
        public Columns build() {
            return new Columns(from, to, layers.stream().map(Structure::build).toList());
        }

        @Override
        public int inputs() {
            return 0;
        }

        @Override
        public int least() {
            return to;
        }

        @Override
        public int outputs(int inputs) {
            if (inputs < to) {
                throw new IllegalArgumentException(
                        this + " expects at least " + to + " features per row, but is given " + inputs);
            }
            return layers.isEmpty() ? to - from : layers.get(0).outputs(to - from);
        }

        @Override
        public long numbers() {
            return LayerWords.numbers(layers);
        }

        @Override
        public Call call() {
            return call(Stream.of(number(null, from), number(null, to)), Structure::call);
        }

        @Override
        public Call fullCall() {
            return call(Stream.of(number("from", from), number("to", to)), Structure::fullCall);
        }

        private static Call.Argument number(String name, double value) {
            return new Call.Argument(name, value);
        }

        private Call call(Stream<Call.Argument> range, Function<Structure, Call> ofLayer) {
            Stream<Call.Argument> layer = layers.stream().map(inner -> new Call.Argument(null, ofLayer.apply(inner)));
            return new Call("columns", Stream.concat(range, layer).toList());
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    static Columns of(int from, int to, Layer... layer) {
        List<Layer> layers = List.of(Objects.requireNonNull(layer, "layer is null"));
        LayerCheck.requireFree("columns", layers);
        return new Columns(from, to, layers);
    }

    @Override
    String word() {
        return "Columns";
    }

    @Override
    List<Object> shown() {
        List<Object> parts = new ArrayList<>(List.of(settings.from + ", " + settings.to));
        parts.addAll(layers());
        return parts;
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        List<Operation> inner =
                layers().stream().flatMap(layer -> layer.operations().stream()).toList();
        return List.of(new Operation.Branches(
                inOneLine(), List.of(new Operation.Branch(settings.from, settings.to, inner)), Join.CONCAT));
    }

    @Override
    Columns copy(DataType type) {
        return new Columns(
                settings.from,
                settings.to,
                layers().stream().map(layer -> copyIn(type, layer)).toList());
    }
}
