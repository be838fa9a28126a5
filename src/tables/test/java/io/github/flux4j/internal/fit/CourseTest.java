package io.github.flux4j.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static List<Double> losses(double... losses) {
        return DoubleStream.of(losses).boxed().toList();
    }

    /** By hand: the best fell from 0.5 to 0.42 in the later half, by 0.16; so 4 + 40 + 1.5·40·0.16/0.24 = 84. */
    @Test
    void aLossThatFallsGoesOnForLongerThanPatience() {
        assertThat(new Course(losses(1, 0.6, 0.5, 0.45, 0.42), 4, 40, 400).epochs(4))
                .isCloseTo(84, within(1e-9));
    }

    @Test
    void aLossThatFellNoMoreEndsWithPatience() {
        double[] losses =
                DoubleStream.iterate(0.5, loss -> loss + 0.001).limit(31).toArray();
        losses[0] = 1;
        assertThat(new Course(losses(losses), 1, 40, 400).epochs(30)).isEqualTo(41);
    }

    @Test
    void neverTakesMoreThanAllEpochsAndNeverFewerThanWereMade() {
        assertThat(new Course(losses(1, 0.6), 1, 40, 50).epochs(1)).isEqualTo(50);
        assertThat(new Course(losses(1, 0.6, 0.5), 2, 0, 9).epochs(2)).isEqualTo(9);
    }
}
