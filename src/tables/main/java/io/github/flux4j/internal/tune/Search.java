package io.github.flux4j.internal.tune;

import io.github.flux4j.internal.arrays.SplitMix;
import io.github.flux4j.internal.prepare.EstimatorSetting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which values are tried together. */
public sealed interface Search {

    /** Trials of one tuning. */
    int MOST = 100_000;

    /** The share of trials that goes on, and how many times as many epochs these then get. */
    int THIRD = 3;

    /**
     * The values of each trial, in the order of the dimensions.
     *
     * @throws IllegalArgumentException if they are too many
     */
    <E> List<List<Object>> candidates(List<Dimension<E>> dimensions, long seed);

    /** In how many rounds trials are thinned out. */
    default int rounds(int trials, int epochs) {
        return 1;
    }

    /** All combinations. */
    record Grid(int points) implements Search {

        public Grid {
            EstimatorSetting.requireAtLeast("grid", points, 1);
        }

        @Override
        public <E> List<List<Object>> candidates(List<Dimension<E>> dimensions, long seed) {
            List<List<Object>> all = List.of(List.of());
            for (Dimension<E> dimension : dimensions) {
                all = product(all, dimension.grid(points));
            }
            return all;
        }

        private static List<List<Object>> product(List<List<Object>> some, List<Object> values) {
            long count = (long) some.size() * values.size();
            if (count > MOST) {
                throw new IllegalArgumentException("a grid has at most " + MOST + " trials, but this one " + count
                        + " or more; use fewer points, or random(" + 30 + ")");
            }
            List<List<Object>> all = new ArrayList<>((int) count);
            for (List<Object> before : some) {
                for (Object value : values) {
                    List<Object> with = new ArrayList<>(before);
                    with.add(value);
                    all.add(List.copyOf(with));
                }
            }
            return all;
        }
    }

    /** Each by chance; none twice, so there may be fewer where values are listed. */
    record Random(int trials) implements Search {

        /** Draws for each trial: all of a short list have come by then, as good as surely. */
        private static final int DRAWS = 100;

        public Random {
            requireTrials("random", trials);
        }

        @Override
        public <E> List<List<Object>> candidates(List<Dimension<E>> dimensions, long seed) {
            SplitMix random = new SplitMix(seed);
            Set<List<Object>> all = new LinkedHashSet<>();
            for (long draw = 0; all.size() < trials && draw < (long) DRAWS * trials; draw++) {
                all.add(dimensions.stream()
                        .map(dimension -> dimension.at(random.nextDouble()))
                        .toList());
            }
            return List.copyOf(all);
        }
    }

    /**
     * Successive halving (Jamieson and Talwalkar 2016): all of random ones get few epochs, the better third three times as many, and so on, up to
     * the estimator's own.
     */
    record Halving(int trials) implements Search {

        public Halving {
            requireTrials("halving", trials);
        }

        @Override
        public <E> List<List<Object>> candidates(List<Dimension<E>> dimensions, long seed) {
            return new Random(trials).candidates(dimensions, seed);
        }

        @Override
        public int rounds(int all, int epochs) {
            int rounds = 1;
            for (long thinned = THIRD; thinned <= all && thinned <= epochs; thinned *= THIRD) {
                rounds++;
            }
            return rounds;
        }
    }

    private static void requireTrials(String name, int trials) {
        if (trials < 1 || trials > MOST) {
            throw new IllegalArgumentException(name + "(trials) needs 1 to " + MOST + " trials, but was " + trials);
        }
    }
}
