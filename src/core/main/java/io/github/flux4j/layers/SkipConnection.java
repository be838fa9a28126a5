package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** A layer and a way around it, {@code y = join(layer(x), x)}. */
final class SkipConnection extends Composite {

    private final Settings settings;

    private SkipConnection(Layer layer, Join join) {
        super(List.of(layer), new ParameterMemory());
        settings = new Settings(layer.structure(), join);
        assemble();
    }

    /** Layer and join. */
    record Settings(Structure layer, Join join) implements Branching {

        Settings(Structure layer, Join join) {
            JoinWords.require(join);
            this.layer = layer;
            this.join = join;
            requireFitting();
        }

        static Settings read(Call call, int width, Parts parts) {
            Arguments arguments = new Arguments(call, parts);
            Object given = arguments.take("layer");
            if (!(given instanceof Call inner)) {
                throw new IllegalArgumentException("skipConnection expects a layer, then a join: " + call);
            }
            Structure layer = LayerWords.read(inner, width, parts);
            Settings settings = new Settings(layer, arguments.value("join", JoinWords.ALL));
            arguments.requireNoMore();
            return settings;
        }

        @Override
        public List<Structure> branches() {
            return List.of(layer, Activation.IDENTITY);
        }

        @Override
        public SkipConnection build() {
            return new SkipConnection(layer.build(), join);
        }

        @Override
        public Call call() {
            return Call.of("skipConnection", layer.call(), Call.of(join.word()));
        }

        @Override
        public Call fullCall() {
            return new Call(
                    "skipConnection",
                    List.of(JoinWords.argument("join", join), new Call.Argument(null, layer.fullCall())));
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    static SkipConnection of(Layer layer, Join join) {
        LayerCheck.requireFree("skipConnection", List.of(Objects.requireNonNull(layer, "layer is null")));
        return new SkipConnection(layer, join);
    }

    @Override
    String word() {
        return "SkipConnection";
    }

    @Override
    List<Object> shown() {
        return List.of(layers().get(0), JoinWords.inJulia(settings.join));
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
    SkipConnection copy(DataType type) {
        return new SkipConnection(copyIn(type, layers().get(0)), settings.join);
    }
}
