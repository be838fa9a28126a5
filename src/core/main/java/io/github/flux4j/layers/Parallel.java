package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** Layers side by side, {@code y = join(layer₁(x), layer₂(x), …)}. */
final class Parallel extends Composite {

    private final Settings settings;

    private Parallel(Join join, List<Layer> layers) {
        super(layers, new ParameterMemory());
        settings = new Settings(join, layers.stream().map(Layer::structure).toList());
        assemble();
    }

    /** Join and layers. */
    record Settings(Join join, List<Structure> branches) implements Branching {

        Settings(Join join, List<Structure> branches) {
            JoinWords.require(join);
            this.join = join;
            this.branches = List.copyOf(branches);
            requireFitting();
        }

        static Settings read(Call call, int width, Parts parts) {
            Arguments arguments = new Arguments(call, parts);
            return new Settings(arguments.value("join", JoinWords.ALL), LayerWords.layers(call, arguments, width));
        }

        @Override
        public Parallel build() {
            ParameterMemory.requireRoom("the parallel", numbers(), DataType.FLOAT);
            return new Parallel(join, branches.stream().map(Structure::build).toList());
        }

        @Override
        public Call call() {
            return call(null, Structure::call);
        }

        @Override
        public Call fullCall() {
            return call("join", Structure::fullCall);
        }

        private Call call(String name, Function<Structure, Call> ofLayer) {
            List<Call.Argument> arguments = new ArrayList<>(List.of(JoinWords.argument(name, join)));
            branches.forEach(layer -> arguments.add(new Call.Argument(null, ofLayer.apply(layer))));
            return new Call("parallel", arguments);
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    static Parallel of(Join join, Layer... layers) {
        List<Layer> all = Arrays.asList(Objects.requireNonNull(layers, "layers is null"));
        LayerCheck.requireFree("parallel", all);
        return new Parallel(join, all);
    }

    @Override
    String word() {
        return "Parallel";
    }

    @Override
    List<Object> shown() {
        List<Object> parts = new ArrayList<>(List.of(JoinWords.inJulia(settings.join)));
        parts.addAll(layers());
        return parts;
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return settings.operations(inOneLine(), layers());
    }

    @Override
    Parallel copy(DataType type) {
        return new Parallel(
                settings.join,
                layers().stream().map(layer -> copyIn(type, layer)).toList());
    }
}
