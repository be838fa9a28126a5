package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;
import java.util.Objects;

/** {@code y = join(layer₁(x), layer₂(x), …)}. */
record Parallel(Join join, List<Structure> layers) implements Branching {

    Parallel(Join join, List<Structure> layers) {
        this.join = Objects.requireNonNull(join, "join is null");
        this.layers = List.copyOf(layers);
        requireFitting();
    }

    static Parallel read(Call call, int width, Parts parts) {
        Arguments arguments = new Arguments(call, parts);
        return new Parallel(arguments.value("join", JOINS), LayerWords.layers(call, arguments, width));
    }

    @Override
    public String word() {
        return "Parallel";
    }

    @Override
    public Call call(boolean full) {
        return Branching.call("parallel", List.of(Branching.setting("join", join, full)), layers, full);
    }

    @Override
    public String toString() {
        return call().toString();
    }
}
