package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.optimise.Optimiser;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** Memory of losses that have no loop for Float32. */
class LossMemoryTest {

    private static final int STEPS = 20;
    private static final int ROWS = 2000;
    private static final int COLUMNS = 20;

    static List<LossFunction> wholeBatch() {
        return List.of(DICE_COEFF_LOSS, TVERSKY_LOSS);
    }

    @ParameterizedTest
    @MethodSource("wholeBatch")
    void aStepMakesNoCopiesOfItsBatch(LossFunction loss) {
        Chain model = chain(dense(3, COLUMNS, SIGMOID));
        Optimiser optimiser = setup(descent(), model);
        Batch batch = batch(Nd4j.rand(ROWS, 3), Nd4j.rand(ROWS, COLUMNS));
        List<Batch> data = Collections.nCopies(STEPS, batch);
        train(loss, model, data, optimiser);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        train(loss, model, data, optimiser);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;

        assertThat(each).isLessThan(ROWS * COLUMNS); // a byte an element; a copy has eight
    }
}
