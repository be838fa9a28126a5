package io.github.flux4j.layers;

import static io.github.flux4j.Flux4j.RELU;
import static io.github.flux4j.Flux4j.batchNorm;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.Flux4j.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void putsBackWhatWasTakenLast(boolean doubles) {
        Chain made = chain(dense(3, 40, RELU), batchNorm(40), dense(40, 2));
        Chain model = doubles ? f64(made) : made;
        Snapshot snapshot = new Snapshot(model);
        model.trainables().get(0).values().addi(1);
        snapshot.take();
        State taken = state(model);
        model.trainables().forEach(parameter -> parameter.values().muli(3));
        model.buffers().forEach(buffer -> buffer.values().addi(7));
        assertThat(state(model)).isNotEqualTo(taken);
        snapshot.putBack();
        assertThat(state(model)).isEqualTo(taken);
    }

    /** 100 takings of 240 kB; what is allocated are views of a few hundred bytes each. */
    @Test
    void takingAgainTakesNoRoomForTheNumbers() {
        Chain model = chain(dense(200, 300), dense(300, 1));
        Snapshot snapshot = new Snapshot(model);
        snapshot.take(); // loads classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            snapshot.take();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100 * 10_000);
    }
}
