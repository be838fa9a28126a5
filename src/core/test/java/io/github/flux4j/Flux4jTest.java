package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class Flux4jTest {

    @Test
    void columnHasOneFloat32ValuePerRow() {
        INDArray column = column(1, 2.5, -3);

        assertThat(column.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(column.shape()).containsExactly(3, 1);
        assertThat(column.toFloatMatrix()).isDeepEqualTo(new float[][] {{1}, {2.5f}, {-3}});
    }

    @Test
    void rowsHaveOneExampleEach() {
        INDArray rows = rows(new double[] {1, 2, 3}, new double[] {4, 5, 6});

        assertThat(rows.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(rows.toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
    }

    @Test
    void rowsMustBeOfOneLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new double[] {1, 2}, new double[] {3}))
                .withMessage(
                        "rows must have the same length, but row 0 has 2 values and row 1 has 1; pad the shorter or cut the longer");
    }

    @Test
    void columnsAndRowsAreMadeOfFloatsToo() {
        float[] floats = {0.1f, 2, -3};
        float[] many = new float[5000];
        for (int i = 0; i < many.length; i++) {
            many[i] = i / 7f;
        }

        assertThat(column(floats)).isEqualTo(column(0.1f, 2.0, -3));
        assertThat(column(0.1f, 2f, -3f)).isEqualTo(column(floats));
        assertThat(column(many).toFloatVector()).isEqualTo(many);
        assertThat(rows(new float[][] {{1, 2.5f}, {3, 4}})).isEqualTo(rows(new double[] {1, 2.5}, new double[] {3, 4}));
        assertThat(column(floats).dataType()).isEqualTo(DataType.FLOAT);
    }

    /** Java takes whole numbers for floats where it can choose; Float32 rounds them as it would have done by way of double. */
    @Test
    void columnsOfWholeNumbersAreAsBefore() {
        assertThat(column(0, 1, 2)).isEqualTo(column(0.0, 1.0, 2.0));
        assertThat(column(16_777_217, Integer.MAX_VALUE)).isEqualTo(column(16_777_217.0, 2147483647.0));
        assertThat(column(1, 2.5)).isEqualTo(column(1.0, 2.5));
    }

    @Test
    void rowsNeedRoomInOneArray() {
        float[][] floats = new float[65_536][];
        Arrays.fill(floats, new float[65_536]);
        double[][] doubles = new double[65_536][];
        Arrays.fill(doubles, new double[65_536]);
        String message = "65536 rows of 65536 values are 4294967296 numbers, but an array holds at most 536870911;"
                + " use fewer rows at a time";

        assertThatIllegalArgumentException().isThrownBy(() -> rows(floats)).withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> rows(doubles)).withMessage(message);
    }

    @Test
    void columnsAndRowsMustHaveValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> column())
                .withMessage("column() needs at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows())
                .withMessage("rows(…) needs at least one row of at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> column(new float[0]))
                .withMessage("column() needs at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new float[0][]))
                .withMessage("rows(…) needs at least one row of at least one value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new float[][] {{1}, {1, 2}}))
                .withMessageStartingWith("rows must have the same length, but row 0 has 1 values and row 1 has 2;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new double[0]))
                .withMessage("rows(…) needs at least one row of at least one value");
    }

    /** Which an IDE shows; a link alone would say nothing there. */
    @Test
    void everyWordSaysInASentenceWhatItIs() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/core/main/java/io/github/flux4j/Flux4j.java"));
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("    public static ")) {
                assertThat(lines.get(i - 1))
                        .as(lines.get(i))
                        .matches("    /\\*\\* .+\\. \\*/")
                        .doesNotMatch("    /\\*\\* \\{@link [^}]*}\\. \\*/");
            }
        }
    }
}
