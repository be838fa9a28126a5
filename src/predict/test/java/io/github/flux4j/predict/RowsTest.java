package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.internal.network.Rows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowsTest {

    /** 2¹⁶·2¹⁶ = 2³², which as an int is 0; the rows are one array, so that it takes no memory. */
    @Test
    void moreNumbersThanAnArrayHoldsAreRefusedAndNotLost() {
        double[][] rows = new double[1 << 16][];
        Arrays.fill(rows, new double[1 << 16]);
        assertThatThrownBy(() -> Rows.joined(rows)).isInstanceOf(ArithmeticException.class);
    }
}
