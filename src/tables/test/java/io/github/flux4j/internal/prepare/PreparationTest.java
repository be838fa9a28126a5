package io.github.flux4j.internal.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.format.Features;
import io.github.flux4j.format.NumberFeature;
import io.github.flux4j.format.TextFeature;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A prepared table: a, which is taken as it is, b with two cosines, and a text. */
class PreparationTest {

    private static final NumberFeature A = NumberFeature.of("a", 0, 0, 1);
    private static final NumberFeature B =
            new NumberFeature("b", false, 0, 0, 1, Double.POSITIVE_INFINITY, List.of(0.5, 1.0), List.of(0.0, 0.0));
    private static final TextFeature C = new TextFeature("c", List.of("x", "y"), null, false);
    private static final Preparation ALL = new Preparation(Features.of(List.of(B, C, A)));
    private static final Preparation NUMBERS = new Preparation(Features.of(List.of(A, NumberFeature.of("b", 0, 0, 1))));

    private static List<Column> columns(double... a) {
        return List.of(
                Numbers.of("a", a),
                Numbers.of("b", 1, 2, 5),
                Numbers.of("d", 1, 2, 3),
                Texts.of("c", List.of("x", "y", "x")));
    }

    @Test
    void rangesAreThoseOfTheKnownNumbersOfItsColumns() {
        assertThat(ALL.within(columns(3, Double.NaN, -1), EstimatorSettings.USUAL)
                        .features()
                        .ranges())
                .isEqualTo(Map.of("a", List.of(-1.0, 3.0), "b", List.of(1.0, 5.0)));
        assertThat(ALL.within(columns(3, 2, 1), EstimatorSettings.USUAL.with(EstimatorSetting.TIME, "b"))
                        .features()
                        .ranges())
                .isEqualTo(Map.of("a", List.of(1.0, 3.0)));
    }

    /** By hand: 1 to 5 and 0 to 3 are 0 to 5; the other column has no range, and gets none. */
    @Test
    void aRangeIsWidenedByAnotherTable() {
        Preparation one = new Preparation(NUMBERS.features().within(Map.of("a", List.of(1.0, 5.0))));
        Table other = Table.of(Numbers.of("a", 0, 3), Numbers.of("b", 7, 8));

        assertThat(one.widened(other, EstimatorSettings.USUAL).features().ranges())
                .isEqualTo(Map.of("a", List.of(0.0, 5.0)));
    }

    @Test
    void plainNumbersAreThoseThatAreNoCosines() {
        assertThat(ALL.width()).isEqualTo(6);
        assertThat(ALL.plain()).containsExactly(0, 3, 4, 5);
        assertThat(ALL.plain((feature, place) -> feature == C && place == 1)).containsExactly(4);
    }

    @Test
    void rowsOfMapsNumbersAndTablesAreTheSame() {
        Table table = Table.of(Numbers.of("b", 2, 4), Numbers.of("a", 1, 3));

        assertThat(NUMBERS.rows(table)).containsExactly(1, 2, 3, 4);
        assertThat(NUMBERS.row(Map.of("a", 3, "b", 4))).containsExactly(3, 4);
        assertThat(NUMBERS.row(List.of("none", "b", "a"), 9, 4, 3)).containsExactly(3, 4);
    }

    @Test
    void rowsOutsideTheRangeAreTold() {
        Preparation known =
                new Preparation(ALL.features().within(Map.of("a", List.of(1.0, 5.0), "b", List.of(1.0, 5.0))));
        Table table = Table.of(
                Numbers.of("a", 1, 0, 5, Double.NaN),
                Numbers.of("b", 1, 2, 6, 3),
                Texts.of("c", List.of("x", "z", "y", "x")));

        assertThat(known.outside(table)).containsExactly(false, true, true, false);
    }

    @Test
    void whatFloat32CantHoldOrNumbersArentIsRefused() {
        Table table = Table.of(Numbers.of("a", 1, 1e39), Numbers.of("b", 1, 2));

        assertThatThrownBy(() -> NUMBERS.rows(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the model's preparation makes 1.0E39 of column a, too large for Float32");
        assertThatThrownBy(() -> NUMBERS.row(Map.of("a", Double.POSITIVE_INFINITY, "b", 1)))
                .hasMessageContaining("must be finite, but is Infinity");
        Table infinite = Table.of(Numbers.of("a", 1, 2), Texts.of("b", List.of("1", "many")));
        assertThatThrownBy(() -> NUMBERS.rows(infinite)).hasMessageStartingWith("row 1: column \"b\" expects a number");
    }
}
