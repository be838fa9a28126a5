package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the generators of a model's layers stand, such as those of its dropouts, to go on from there in another process. A value.
 *
 * @param generators each as text, in the order of the layers that have one
 */
public record Chance(List<String> generators) {

    public Chance {
        generators = List.copyOf(generators);
    }

    /** That of a model now. */
    public static Chance of(Layer model) {
        return new Chance(
                all(model).map(generator -> generator.state().toString()).toList());
    }

    private static Stream<SplitMix> all(Layer model) {
        return Stream.concat(
                Stream.ofNullable(model.generator()), model.layers().stream().flatMap(Chance::all));
    }

    /** Gives a model's generators new places from the source of chance, in the order of the layers: what follows doesn't depend on what was drawn before. */
    public static void renew(Layer model) {
        all(model).forEach(generator -> generator.become(Randomness.next().state()));
    }

    /**
     * Lets a model's generators go on from here.
     *
     * @throws IllegalArgumentException if the model has more or fewer, or a text is none of a generator's; the model is as before then
     */
    public void into(Layer model) {
        List<SplitMix> mine = all(model).toList();
        if (mine.size() != generators.size()) {
            throw new IllegalArgumentException(model.inOneLine() + " has " + mine.size()
                    + " layers that draw random numbers, but " + generators.size() + " were kept");
        }
        List<SplitMix.State> states = new ArrayList<>();
        generators.forEach(text -> states.add(SplitMix.State.parse(text)));
        for (int i = 0; i < states.size(); i++) {
            mine.get(i).become(states.get(i));
        }
    }
}
