package io.github.flux4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldAtOneTest {

    private int threads = 4;
    private final HeldAtOne held = new HeldAtOne(() -> threads, n -> threads = n);

    @Test
    void theLastToLeavePutsBackWhatWasThere() {
        held.enter();
        held.enter();
        assertThat(threads).isEqualTo(1);
        held.leave();
        assertThat(threads).isEqualTo(1);
        assertThat(held.get()).isEqualTo(4);
        held.leave();
        assertThat(threads).isEqualTo(4);
    }

    @Test
    void whatIsSetWhileSomebodyIsInsideHoldsAfterwards() {
        held.enter();
        held.set(3);
        assertThat(threads).isEqualTo(1);
        assertThat(held.get()).isEqualTo(3);
        assertThat(held.outside()).isEqualTo(3);
        held.leave();
        assertThat(threads).isEqualTo(3);
    }

    @Test
    void oneSetWhileSomebodyIsInsideHoldsAfterwards() {
        held.enter();
        held.set(1);
        held.leave();
        assertThat(threads).isEqualTo(1);
        assertThat(held.get()).isEqualTo(1);
    }

    @Test
    void whatSomebodyElseSetsMeanwhileStays() {
        held.enter();
        threads = 2;
        held.leave();
        assertThat(threads).isEqualTo(2);
    }

    @Test
    void oneStaysOne() {
        threads = 1;
        held.enter();
        held.set(2);
        assertThat(threads).isEqualTo(1);
        held.leave();
        assertThat(threads).isEqualTo(2);
    }
}
