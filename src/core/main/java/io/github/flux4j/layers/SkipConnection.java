package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Objects;

/** {@code y = join(layer(x), x)}. */
record SkipConnection(Structure layer, Join join) implements Branching {

    SkipConnection(Structure layer, Join join) {
        this.layer = layer;
        this.join = Objects.requireNonNull(join, "join is null");
        requireFitting();
    }

    static SkipConnection read(Call call, int width, Parts parts) {
        Arguments arguments = new Arguments(call, parts);
        if (!(arguments.take("layer") instanceof Call layer)) {
            throw new IllegalArgumentException("skipConnection expects a layer, then a join: " + call);
        }
        Structure read = LayerWords.read(layer, width, parts);
        SkipConnection settings = new SkipConnection(read, arguments.value("join", JOINS));
        arguments.requireNoMore();
        return settings;
    }

    @Override
    public String word() {
        return "SkipConnection";
    }

    @Override
    public List<Structure> layers() {
        return List.of(layer);
    }

    @Override
    public List<Structure> branches() {
        return List.of(layer, Activation.IDENTITY);
    }

    @Override
    public Call call(boolean full) {
        return full
                ? Branching.call("skipConnection", List.of(Branching.setting("join", join, true)), layers(), true)
                : Call.of("skipConnection", layer.call(), Call.of(join.word()));
    }

    @Override
    public String toString() {
        return call().toString();
    }
}
