package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import org.junit.jupiter.api.Test;

/** What a regressor refuses, and what it says then. */
class RefusalsTest {

    private static final Regressor SHORT =
            regressor().network("dense(8, relu)").epochs(3).networks(3).yardstick(false);

    private static void refuses(Table table, String target, String message) {
        assertThatThrownBy(() -> SHORT.fit(table, target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void errorsSayWhatToDo() {
        Table cars = RealData.CARS;
        refuses(cars, "Miles", "there is no column named Miles; the nearest are Miles_per_Gallon, ");
        refuses(cars, "Origin", "use classifier()");
        refuses(cars.rows(0, 1, 2), RealData.MPG, "at least 5 rows");
        refuses(Table.of(Numbers.of("x", 1, 2, 3, 4, 5), Numbers.of("y", 7, 7, 7, 7, 7)), "y", "nothing to learn");
        refuses(
                Table.of(Numbers.of("x", 1, 1, 1, 1, 1), Numbers.of("y", 1, 2, 3, 4, 5)),
                "y",
                "no column to learn y from");
        double gap = Double.NaN;
        refuses(
                Table.of(Numbers.of("x", gap, gap, gap, gap, gap, 1, 2), Numbers.of("y", 1, 2, 3, 4, 5, gap, gap)),
                "y",
                "no column to learn y from");
        refuses(Table.of(Numbers.of("x", 1, 2), Numbers.of("y", gap, gap)), "y", "no row has a value of y");
        assertThatThrownBy(() -> SHORT.fit(cars)).hasMessageContaining("fit needs a target");
        assertThatThrownBy(() -> SHORT.fit(cars, RealData.MPG, RealData.MPG)).hasMessageContaining("named twice");
        assertThatThrownBy(() -> SHORT.weights(RealData.MPG).fit(cars, RealData.MPG))
                .hasMessageContaining("the target and also the weights");
        assertThatThrownBy(() -> SHORT.weights("Origin").fit(cars, RealData.MPG))
                .hasMessageContaining("weights must be numbers");
        assertThatThrownBy(() -> SHORT.keep("Nmae").fit(cars, RealData.MPG)).hasMessageContaining("Nmae");
    }

    @Test
    void aNetworkThatDoesNotFitIsAnError() {
        assertThatThrownBy(() -> SHORT.network((in, out) -> dense(3, 1)).fit(RealData.CARS, RealData.MPG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the network must take");
    }

    @Test
    void valuesThatCantBeScaledAreRefused() {
        double[] five = {1, 2, 3, 4, 5};
        refuses(
                Table.of(Numbers.of("x", five), Numbers.of("y", 1e300, -1e300, 0, 0, 0)),
                "y",
                "the target y, from -1.0E300");
        refuses(Table.of(Numbers.of("x", five), Numbers.of("y", 1e-300, 0, 0, 0, 0)), "y", "use another unit");
        refuses(Table.of(Numbers.of("x", 0, 0, 0, 0, Double.MIN_VALUE), Numbers.of("y", five)), "y", "Table.drop");
        refuses(
                Table.of(Numbers.of("x", 1e308, 1e308, -1e308, -1e308, 0), Numbers.of("y", five)),
                "y",
                "column x, from");
    }
}
