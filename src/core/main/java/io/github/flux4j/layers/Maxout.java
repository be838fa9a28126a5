package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** The largest of what several layers give, element by element, {@code y = max(layer₁(x), layer₂(x), …)} (Goodfellow and others 2013). */
final class Maxout extends Composite {

    private final Settings settings;

    private Maxout(List<Layer> layers) {
        super(layers, new ParameterMemory());
        settings = new Settings(layers.stream().map(Layer::structure).toList());
        assemble();
    }

    /** Its layers. */
    record Settings(List<Structure> branches) implements Branching {

        Settings(List<Structure> branches) {
            this.branches = List.copyOf(branches);
            requireFitting();
        }

        static Settings read(Call call, int width, Parts parts) {
            return new Settings(LayerWords.layers(call, new Arguments(call, parts), width));
        }

        @Override
        public Join join() {
            return Join.MAX;
        }

        @Override
        public Maxout build() {
            ParameterMemory.requireRoom("the maxout", numbers(), DataType.FLOAT);
            return new Maxout(branches.stream().map(Structure::build).toList());
        }

        @Override
        public Call call() {
            return call(Structure::call);
        }

        @Override
        public Call fullCall() {
            return call(Structure::fullCall);
        }

        private Call call(Function<Structure, Call> ofLayer) {
            return Call.of("maxout", branches.stream().map(ofLayer).toArray());
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    static Maxout of(Layer... layers) {
        List<Layer> all = Arrays.asList(Objects.requireNonNull(layers, "layers is null"));
        LayerCheck.requireFree("maxout", all);
        return new Maxout(all);
    }

    @Override
    String word() {
        return "Maxout";
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
    Maxout copy(DataType type) {
        return new Maxout(layers().stream().map(layer -> copyIn(type, layer)).toList());
    }
}
