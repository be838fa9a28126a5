package io.github.flux4j.internal.figures;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Orders things that have numbers of their own, from 0. */
public final class Order {

    private Order() {}

    /** Sorts by a key from the least to the greatest, equal ones as they are numbered; NaN is the greatest. */
    public static int[] by(int count, IntToDoubleFunction key) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(key::applyAsDouble))
                .mapToInt(i -> i)
                .toArray();
    }
}
