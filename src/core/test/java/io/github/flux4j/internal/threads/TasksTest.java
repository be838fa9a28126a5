package io.github.flux4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TasksTest {

    @Test
    void resultsComeInTheOrderOfTasks() {
        assertThat(Tasks.all(4, 20, i -> i * i)).hasSize(20).isSorted().startsWith(0, 1, 4);
        assertThat(Tasks.all(4, 0, i -> i)).isEmpty();
    }

    @Test
    void tasksAreDoneSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        assertThat(Tasks.all(2, 2, i -> {
                    both.countDown();
                    return await(both);
                }))
                .containsExactly(true, true);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void eachWorksOnOneThread() {
        assertThat(Tasks.all(2, 3, i -> Threads.limit())).containsOnly(1);
    }

    @Test
    void theFirstFailureIsThrownAndNoThreadIsLeft() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() -> Tasks.all(2, 9, i -> {
                    threads.add(Thread.currentThread());
                    if (i >= 3) {
                        throw new IllegalStateException("task " + i);
                    }
                    return i;
                }))
                .hasMessage("task 3");
        for (Thread thread : threads) {
            thread.join(5_000); // a pool has ended a moment before its threads have
        }
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }
}
