package io.github.flux4j.internal.arrays;

import java.util.Locale;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory that making a layer takes: its numbers as Java doubles on the heap, and their final place outside of it.
 *
 * @param model in one line, for messages
 */
public record Need(String model, long parameters, DataType type) {

    /** The bytes up to which it doesn't check, which would delay a program's start by some milliseconds. */
    private static final long FEW = 1 << 26;

    /** The start of ND4J's message for missing native memory; it has no type of exception for it. */
    private static final String ND4J = "Allocation failed";

    private static final double MEGABYTE = 1e6;

    private long heap() {
        return parameters * Double.BYTES;
    }

    private long outside() {
        return parameters * type.width();
    }

    /** Throws if the limits exclude so much, with sizes and limits. */
    public void requirePossible() {
        if (heap() <= FEW) {
            return;
        }
        if (heap() > Runtime.getRuntime().maxMemory() || heap() + outside() > NativeMemory.physical()) {
            throw new IllegalArgumentException(sentence("can't be made here") + limits() + remedy());
        }
    }

    /** Runs {@code make}, and explains a lack of memory. */
    public <T> T orSay(Supplier<T> make) {
        try {
            return make.get();
        } catch (OutOfMemoryError full) {
            throw full(full);
        } catch (RuntimeException failure) {
            if (failure.getMessage() != null && failure.getMessage().startsWith(ND4J)) {
                throw full(failure);
            }
            throw failure;
        }
    }

    private Error full(Throwable cause) {
        String text = sentence("doesn't fit into memory") + limits() + ", some of it in use" + remedy();
        return (Error) new OutOfMemoryError(text).initCause(cause);
    }

    private String sentence(String what) {
        return model + " " + what + ": its " + parameters + " parameters take " + megabytes(heap())
                + " of Java's heap while they are set or copied, and " + megabytes(outside()) + " outside of it";
    }

    private static String limits() {
        return ", but the heap has " + megabytes(Runtime.getRuntime().maxMemory())
                + (NativeMemory.physical() == Long.MAX_VALUE
                        ? ""
                        : " and the machine or container " + megabytes(NativeMemory.physical()));
    }

    private static String remedy() {
        return ". Use fewer units, or a larger heap (-Xmx) if the machine has the memory";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / MEGABYTE);
    }
}
