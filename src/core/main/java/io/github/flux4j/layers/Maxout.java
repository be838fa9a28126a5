package io.github.flux4j.layers;

import io.github.flux4j.engine.Join;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;

/** {@code y = max(layer₁(x), layer₂(x), …)}, element by element (Goodfellow and others 2013). */
record Maxout(List<Structure> layers) implements Branching {

    Maxout(List<Structure> layers) {
        this.layers = List.copyOf(layers);
        requireFitting();
    }

    static Maxout read(Call call, int width, Parts parts) {
        return new Maxout(LayerWords.layers(call, new Arguments(call, parts), width));
    }

    @Override
    public String word() {
        return "Maxout";
    }

    @Override
    public String setting() {
        return null;
    }

    @Override
    public Join join() {
        return Join.MAX;
    }

    @Override
    public Call call(boolean full) {
        return Branching.call("maxout", List.of(), layers, full);
    }

    @Override
    public String toString() {
        return call().toString();
    }
}
