package io.github.flux4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelLoopTest {

    private static final int PARTS = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyPartIsDoneOnce(int threads) {
        AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
        ParallelLoop shares = new ParallelLoop((i, n, thread) -> done.incrementAndGet(i));
        for (int run = 1; run <= 1000; run++) {
            shares.run(PARTS, threads);
        }
        assertThat(IntStream.range(0, PARTS).map(done::get)).containsOnly(1000);
    }

    @Test
    void aThreadHasItsNumberForItself() {
        Set<String> pairs = ConcurrentHashMap.newKeySet();
        ParallelLoop shares = new ParallelLoop((i, n, thread) ->
                pairs.add(thread + " " + Thread.currentThread().getName()));
        for (int run = 0; run < 1000; run++) {
            shares.run(PARTS, 3);
        }
        assertThat(pairs).hasSizeBetween(1, 3);
        assertThat(pairs.stream().map(pair -> pair.split(" ")[0])).doesNotHaveDuplicates();
    }

    @Test
    void whoFindsTheOthersBusyDoesAllAlone() {
        AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
        ParallelLoop inner = new ParallelLoop((i, n, thread) -> {
            assertThat(thread).isZero();
            done.incrementAndGet(i);
        });
        new ParallelLoop((i, n, thread) -> inner.run(PARTS, 4)).run(1, 2);
        assertThat(IntStream.range(0, PARTS).map(done::get)).containsOnly(1);
    }

    @Test
    void aFailureOfAnyPartReachesTheCallerAndTheNextRunIsFreeOfIt() {
        for (int part = 0; part < PARTS; part++) {
            int failing = part;
            ParallelLoop shares = new ParallelLoop((i, n, thread) -> {
                if (i == failing) {
                    throw new IllegalStateException("part " + i);
                }
            });
            assertThatThrownBy(() -> shares.run(PARTS, 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("part " + failing);
            new ParallelLoop((i, n, thread) -> {}).run(PARTS, 2);
        }
    }

    @Test
    void partsOfALengthFollowEachOther() {
        assertThat(IntStream.rangeClosed(0, 3).map(i -> ParallelLoop.start(10, i, 3)))
                .containsExactly(0, 3, 6, 10);
        assertThat(ParallelLoop.start(Integer.MAX_VALUE, 7, 7)).isEqualTo(Integer.MAX_VALUE);
    }

    /** A set flag would end each of its sleeps at once. */
    @Test
    void aHelperThatWasInterruptedSleepsAgain() throws InterruptedException {
        ParallelLoop shares =
                new ParallelLoop((i, n, thread) -> Thread.currentThread().interrupt());
        for (int run = 0; run < 1000; run++) {
            shares.run(PARTS, 2);
            Thread.interrupted(); // the caller's
        }
        Thread helper = helper();
        for (int i = 0; i < 500 && helper.getState() != Thread.State.TIMED_WAITING; i++) {
            Thread.sleep(1);
        }
        assertThat(helper.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    }

    /** One that lives keeps its class loader; an application that is dropped could never be collected. */
    @Test
    void aHelperThatNobodyNeedsEndsAndAnotherComesInItsPlace() throws InterruptedException {
        AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
        ParallelLoop shares = new ParallelLoop((i, n, thread) -> done.incrementAndGet(i));
        shares.run(PARTS, 2);
        Thread first = helper();
        first.join(60_000);
        assertThat(first.isAlive()).isFalse();

        shares.run(PARTS, 2);
        assertThat(helper()).isNotSameAs(first);
        assertThat(IntStream.range(0, PARTS).map(done::get)).containsOnly(2);
    }

    /** Work that comes just when a helper's patience ends is done all the same. */
    @Test
    void noWorkIsLostBetweenAHelpersEndAndTheNext() throws InterruptedException {
        AtomicIntegerArray done = new AtomicIntegerArray(PARTS);
        ParallelLoop shares = new ParallelLoop((i, n, thread) -> done.incrementAndGet(i));
        int runs = 0;
        for (long pause = 1010; pause < 1012; pause++) { // milliseconds: awake, then patient
            for (int run = 0; run < 100; run++, runs++) {
                shares.run(PARTS, 2);
            }
            Thread.sleep(pause);
        }
        int all = runs;
        assertThat(IntStream.range(0, PARTS).map(done::get)).containsOnly(all);
    }

    /** That of whoever came first would be kept as long as others have work. */
    @Test
    void aHelperHasTheClassLoaderOfThisLibraryAndNothingOfTheCallers() throws InterruptedException {
        ClassLoader callers = new URLClassLoader(new URL[0]);
        Thread caller = new Thread(() -> new ParallelLoop((i, n, thread) -> {}).run(PARTS, 7));
        caller.setContextClassLoader(callers);
        caller.start();
        caller.join();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("flux4j-"))
                .isNotEmpty()
                .noneMatch(thread -> thread.getContextClassLoader() == callers);
    }

    private static Thread helper() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("flux4j-1"))
                .findFirst()
                .orElseThrow();
    }
}
