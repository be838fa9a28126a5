package io.github.flux4j.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistanceTest {

    private static final List<String> COLUMNS = List.of("Name", "Miles_per_Gallon", "Cylinders", "Year", "Origin");

    /** By hand: two letters to change, one to add; "kitten" and "sitting" are every textbook's. */
    @Test
    void countsLettersToAddDropOrChange() {
        assertThat(Distance.between("kitten", "sitting")).isEqualTo(3);
        assertThat(Distance.between("RMS", "rms")).isZero();
    }

    @Test
    void namesThatBeginWithTheGivenOneAreNearestThenThoseThatHaveItWithin() {
        assertThat(Distance.nearest("miles", COLUMNS)).startsWith("Miles_per_Gallon");
        assertThat(Distance.nearest("gallon", COLUMNS)).startsWith("Miles_per_Gallon");
        assertThat(Distance.nearest("a", List.of("b", "bad", "abcdef"))).containsExactly("abcdef", "bad", "b");
    }

    @Test
    void othersFollowByDistance() {
        assertThat(Distance.nearest("Yaer", COLUMNS)).startsWith("Year").hasSize(3);
    }
}
