package io.github.flux4j.internal.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    interface Shape {}

    public record Circle(double radius, boolean filled) implements Shape {}

    public record Polygon(int corners) implements Shape {
        public Polygon {
            if (corners < 3) {
                throw new IllegalArgumentException("corners must be at least 3, but was " + corners);
            }
        }
    }

    record Several(List<Shape> shapes) implements Shape, Described {
        @Override
        public Call call() {
            return new Call(
                    "several",
                    shapes.stream()
                            .map(shape -> new Call.Argument(null, SHAPES.call(shape)))
                            .toList());
        }
    }

    private static final Shape POINT = new Shape() {};

    static final Vocabulary<Shape> SHAPES = new Vocabulary<>(Shape.class, "a shape");

    static {
        SHAPES.value("point", POINT)
                .record("circle", new Circle(1, false))
                .record("polygon", new Polygon(3))
                .word("several", arguments -> new Several(arguments.values(SHAPES)));
    }

    @Test
    void valuesGoToTextAndBackEqual() {
        for (Shape shape : List.of(POINT, new Circle(0.1, true), new Several(List.of(new Polygon(4), POINT)))) {
            assertThat(SHAPES.read(SHAPES.call(shape).toString())).isEqualTo(shape);
        }
        assertThat(SHAPES.call(new Circle(0.5, true))).hasToString("circle(0.5, true)");
    }

    @Test
    void argumentsGoByNameOrPlaceAndDefaultWhereLeftOut() {
        assertThat(SHAPES.read("circle")).isEqualTo(new Circle(1, false));
        assertThat(SHAPES.read("circle(filled=true)")).isEqualTo(new Circle(1, true));
        assertThat(SHAPES.read("circle(true, radius=3)")).isEqualTo(new Circle(3, true));
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReason() {
        assertThatThrownBy(() -> SHAPES.read("circel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shape named circel is unknown; the nearest are circle, point, several."
                        + " Pass one of your own as a part");
        assertThatThrownBy(() -> SHAPES.read("circle(1, true, 3)"))
                .hasMessage("circle doesn't know what to do with 3: circle(1, true, 3)");
        assertThatThrownBy(() -> SHAPES.read("polygon(4.5)"))
                .hasMessage("polygon expects a whole number as corners, but has 4.5: polygon(4.5)");
        assertThatThrownBy(() -> SHAPES.read("polygon(2)")).hasMessage("corners must be at least 3, but was 2");
        assertThatThrownBy(() -> SHAPES.call(new Shape() {})).hasMessageContaining("can't be written as text");
    }

    @Test
    void partsOfTheReadersOwnAreFoundAfterTheLists() {
        Shape star = new Shape() {};
        Parts parts = Parts.of()
                .value(Shape.class, "star", star)
                .word(Shape.class, "disc", arguments -> new Circle(arguments.number("radius"), true));
        assertThat(SHAPES.read("several(star, disc(2), point)", parts))
                .isEqualTo(new Several(List.of(star, new Circle(2, true), POINT)));
        assertThatThrownBy(() -> parts.value(Shape.class, "star", star)).hasMessageContaining("already");
    }
}
