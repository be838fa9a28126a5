package io.github.flux4j.internal.arrays;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The counting, with sizes that are said to be larger than they are. */
class NativeMemoryTest {

    private static final long BUDGET = 1L << 30;
    private static final long TENTH = BUDGET / 10;

    private final List<INDArray> kept = new ArrayList<>();
    private int collections;

    private final NativeMemory memory = new NativeMemory(() -> BUDGET, () -> collections++);

    private DataBuffer keep() {
        kept.add(Tensors.zeros(DataType.FLOAT, 1));
        return kept.get(kept.size() - 1).data();
    }

    @Test
    void asksForOneCollectionPerBudgetWhereArraysStayInUse() {
        for (int i = 0; i < 10; i++) {
            memory.add(keep(), TENTH);
        }
        assertThat(collections).isZero();
        for (int i = 0; i < 25; i++) {
            memory.add(keep(), TENTH);
        }
        assertThat(collections).isEqualTo(3);
        assertThat(memory.bytes()).isEqualTo(35 * TENTH);
    }

    @Test
    void closedArraysNeedNone() {
        for (int i = 0; i < 100; i++) {
            memory.add(keep(), TENTH);
            kept.get(i).close();
        }
        assertThat(collections).isZero();
        assertThat(memory.bytes()).isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void whatACollectionFindsUnreachableCountsNoMore() {
        NativeMemory real = new NativeMemory(() -> BUDGET, () -> {
            collections++;
            System.gc();
        });
        for (int i = 0; i < 100; i++) {
            real.add(Tensors.zeros(DataType.FLOAT, 1).data(), TENTH);
            // the array that is being counted, and one that the stack may still name
            assertThat(real.bytes()).isLessThanOrEqualTo(BUDGET + 2 * TENTH);
        }
        assertThat(collections).isBetween(1, 13);
    }

    @Test
    void aBudgetFreedByTheHeapsOwnCollectionsIsNoReasonForAnother() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 10; i++) {
                memory.add(Tensors.zeros(DataType.FLOAT, 1).data(), TENTH);
            }
            System.gc();
        }
        assertThat(collections).isZero();
    }

    @Test
    void arraysThatWeighNoMoreThanTheirObjectsAreNotCounted() {
        memory.add(keep(), NativeMemory.LEAST - 1);
        assertThat(memory.bytes()).isZero();
        memory.add(keep(), NativeMemory.LEAST);
        assertThat(memory.bytes()).isEqualTo(NativeMemory.LEAST);
    }

    @Test
    void everyArrayThatTensorsMakesIsCounted() {
        long before = NativeMemory.ARRAYS.bytes();
        INDArray zeros = Tensors.zeros(DataType.DOUBLE, 1000, 1000);
        INDArray copy = Tensors.copy(zeros.transpose());
        INDArray narrow = Tensors.rowMajor(zeros, DataType.FLOAT);

        // others' may have been freed meanwhile, but none is made while a class runs
        assertThat(NativeMemory.ARRAYS.bytes() - before).isLessThanOrEqualTo(20_000_000L);
        assertThat(List.of(zeros, copy, narrow)).noneMatch(INDArray::wasClosed);
        assertThat(NativeMemory.ARRAYS.bytes()).isGreaterThanOrEqualTo(20_000_000L);
    }
}
