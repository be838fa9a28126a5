package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of a model's random generators, such as those of its dropouts, from which another process can continue. Immutable.
 *
 * @param generators each as text, in the order of the layers that have one
 */
public record Chance(List<String> generators) {

    public Chance {
        generators = List.copyOf(generators);
    }

    /** Returns the present state of a model's generators. */
    public static Chance of(Layer model) {
        return new Chance(
                all(model).map(generator -> generator.state().toString()).toList());
    }

    private static Stream<SplitMix> all(Layer model) {
        return Stream.concat(
                Stream.ofNullable(model.generator()), model.layers().stream().flatMap(Chance::all));
    }

    /** Reseeds a model's generators from the source of chance, in the order of the layers; what they drew before has no effect on what follows. */
    public static void renew(Layer model) {
        all(model).forEach(generator -> generator.become(Randomness.next().state()));
    }

    /**
     * Restores this state in a model's generators.
     *
     * @throws IllegalArgumentException if the model has more or fewer generators, or a text isn't a generator's; the model is unchanged then
     */
    public void into(Layer model) {
        List<SplitMix> mine = all(model).toList();
        if (mine.size() != generators.size()) {
            throw new IllegalArgumentException(model.inOneLine() + " has " + mine.size()
                    + " layers that draw random numbers, but the saved state has " + generators.size());
        }
        List<SplitMix.State> states = new ArrayList<>();
        generators.forEach(text -> states.add(SplitMix.State.parse(text)));
        for (int i = 0; i < states.size(); i++) {
            mine.get(i).become(states.get(i));
        }
    }
}
