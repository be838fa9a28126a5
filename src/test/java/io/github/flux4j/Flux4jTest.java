package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
                        "rows must be of one length, but row 0 has 2 values and row 1 has 1; fill the shorter or cut the longer");
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
                .isThrownBy(() -> rows(new double[0]))
                .withMessage("rows(…) needs at least one row of at least one value");
    }
}
