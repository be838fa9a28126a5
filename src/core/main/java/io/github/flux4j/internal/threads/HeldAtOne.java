package io.github.flux4j.internal.threads;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * A library's number of threads, which is one for the whole process, kept at 1 as long as somebody is inside. It is counted who is, and
 * the last one puts back what holds outside: what was there, or what has been {@link #set} since.
 */
final class HeldAtOne {

    private final IntSupplier read;
    private final IntConsumer write;
    private int inside;
    private volatile int outside = 1;

    HeldAtOne(IntSupplier read, IntConsumer write) {
        this.read = read;
        this.write = write;
    }

    /** From here on it is 1, until {@link #leave}. */
    synchronized void enter() {
        if (inside++ == 0) {
            outside = read.getAsInt();
            if (outside > 1) {
                write.accept(1);
            }
        }
    }

    /** Ends what {@link #enter} began. A number that somebody else has set in between stays. */
    synchronized void leave() {
        if (--inside == 0 && outside > 1 && read.getAsInt() == 1) {
            write.accept(outside);
        }
    }

    /** The number that holds outside. */
    synchronized int get() {
        return inside == 0 ? read.getAsInt() : outside;
    }

    /** Sets the number that holds outside, from now on or, if somebody is inside, from when the last one leaves. */
    synchronized void set(int threads) {
        outside = threads;
        write.accept(inside == 0 ? threads : 1);
    }

    /** The number that holds outside, for those who are inside. */
    int outside() {
        return outside;
    }
}
