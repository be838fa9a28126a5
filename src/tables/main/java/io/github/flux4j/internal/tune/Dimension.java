package io.github.flux4j.internal.tune;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * One of the things that are tuned.
 *
 * @param name for tables and files
 * @param change an estimator with a value
 * @param values listed; null for a range
 * @param range the value at a share of the way, from 0 to 1; null for a list
 */
public record Dimension<E>(String name, BiFunction<E, Object, E> change, List<Object> values, DoubleFunction<?> range) {

    /** A value drawn with a number from [0, 1). */
    public Object at(double share) {
        return values == null ? range.apply(share) : values.get((int) (share * values.size()));
    }

    /** All that are listed, or so many of the range, evenly and with both ends. */
    List<Object> grid(int points) {
        return values != null
                ? values
                : IntStream.range(0, points)
                        .mapToObj(i -> (Object) range.apply(points == 1 ? 0.5 : i / (points - 1.0)))
                        .distinct()
                        .toList();
    }
}
