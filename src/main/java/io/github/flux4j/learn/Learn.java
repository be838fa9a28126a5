package io.github.flux4j.learn;

import io.github.flux4j.layers.Activation;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The words of this room, for static import.
 *
 * <pre>{@code
 * FittedRegressor mpg = regressor().seed(1).fit(Table.read(Path.of("auto-mpg.csv")), "Miles_per_Gallon");
 * System.out.println(mpg.report());
 * }</pre>
 */
public final class Learn {

    private Learn() {}

    /** Predicts numbers. */
    public static Regressor regressor() {
        return Regressor.of();
    }

    /** Predicts one of two classes or more. */
    public static Classifier classifier() {
        return Classifier.of();
    }

    /** One {@code dense} without an activation. */
    public static Network linear() {
        return Network.of("dense");
    }

    /** One {@code dense}. */
    public static Network linear(Activation activation) {
        return Network.of("dense(" + activation.text() + ")");
    }

    /** MLJFlux's {@code Short}: {@code dense(hidden, sigmoid), dropout(p), dense}; 0 hidden units are √(inputs·outputs), rounded. */
    public static Network shortNet(int hidden, double dropout) {
        return new ShortNet(hidden, dropout);
    }

    /** Hidden layers of relu, and a {@code dense}. */
    public static Network mlp(int... hidden) {
        return Network.of(Arrays.stream(hidden)
                .mapToObj(units -> "dense(" + units + ", relu), ")
                .collect(Collectors.joining("", "", "dense")));
    }
}
