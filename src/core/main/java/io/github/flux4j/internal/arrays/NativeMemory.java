package io.github.flux4j.internal.arrays;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.nd4j.linalg.api.buffer.DataBuffer;

/**
 * Counts the native memory of flux4j's arrays, and requests a garbage collection whenever those in use and those waiting hold another budget's worth.
 *
 * <p>ND4J frees an array once a collection finds it unreachable. But an array takes next to nothing on the heap, and a heap that doesn't fill isn't collected.
 * {@code -XX:+DisableExplicitGC} turns the requests off.
 */
final class NativeMemory {

    /** The arrays of this process. */
    static final NativeMemory ARRAYS = new NativeMemory(NativeMemory::budget, System::gc);

    /** The size of an array below which the heap, where it takes about 1 KB, fills first. */
    static final long LEAST = 1 << 12;

    /** The bytes up to which it doesn't even compute the budget, which would delay a program's start by some milliseconds. */
    private static final long FEW = 1 << 26;

    private final LongSupplier budget;
    private final Runnable collection;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean settling = new AtomicBoolean();
    private volatile long limit = FEW;

    NativeMemory(LongSupplier budget, Runnable collection) {
        this.budget = budget;
        this.collection = collection;
    }

    /** The heap's limit, but at most a quarter of the machine's or container's memory. */
    private static long budget() {
        return Math.min(Runtime.getRuntime().maxMemory(), physical() / 4);
    }

    /** The memory of the machine or container; {@code Long.MAX_VALUE} if unknown. */
    static long physical() {
        try {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof com.sun.management.OperatingSystemMXBean system
                    ? system.getTotalMemorySize()
                    : Long.MAX_VALUE;
        } catch (LinkageError e) {
            return Long.MAX_VALUE; // a runtime image without the module jdk.management
        }
    }

    /** Counts a buffer until it is closed or a collection finds it unreachable. */
    void add(DataBuffer buffer, long size) {
        if (size < LEAST) {
            return;
        }
        held.add(new Held(buffer, size));
        if (bytes.addAndGet(size) > limit) {
            settle();
        }
    }

    /** The number of bytes counted now. */
    long bytes() {
        return bytes.get();
    }

    /** One thread is enough, since a collection stops the others anyway. */
    private void settle() {
        if (settling.compareAndSet(false, true)) {
            try {
                settle(budget.getAsLong());
            } finally {
                settling.set(false);
            }
        }
    }

    private void settle(long most) {
        limit = Math.max(limit, most);
        if (bytes.get() <= limit) {
            return;
        }
        forgetFreed();
        // what other collections have freed may do, unless the next crossing would be close
        if (bytes.get() <= limit - most / 2) {
            limit = Math.min(limit, bytes.get() + most);
            return;
        }
        collection.run();
        forgetFreed();
        limit = bytes.get() + most;
    }

    private void forgetFreed() {
        for (Held each : held) {
            if (each.isFreed() && held.remove(each)) {
                bytes.addAndGet(-each.size);
            }
        }
    }

    /** Cleared by the collection that makes ND4J free the buffer. */
    private static final class Held extends WeakReference<DataBuffer> {

        private final long size;

        Held(DataBuffer buffer, long size) {
            super(buffer);
            this.size = size;
        }

        boolean isFreed() {
            DataBuffer buffer = get();
            return buffer == null || buffer.wasClosed();
        }
    }
}
