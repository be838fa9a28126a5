package io.github.flux4j.internal.arrays;

import java.util.Locale;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory that a layer takes while it is made: its numbers as Java's doubles, and where they stay, outside of Java's heap.
 *
 * @param model in one line, for messages
 */
public record Need(String model, long parameters, DataType type) {

    /** Bytes up to which nobody is asked, which takes the start of a program some milliseconds. */
    private static final long FEW = 1 << 26;

    /** How ND4J begins to say that there is no native memory; it has no type of exception for it. */
    private static final String ND4J = "Allocation failed";

    private static final double MEGABYTE = 1e6;

    private long heap() {
        return parameters * Double.BYTES;
    }

    private long outside() {
        return parameters * type.width();
    }

    /** Throws if there can't be so much, with sizes and limits. */
    public void requirePossible() {
        if (heap() <= FEW) {
            return;
        }
        if (heap() > Runtime.getRuntime().maxMemory() || heap() + outside() > NativeMemory.physical()) {
            throw new IllegalArgumentException(sentence("can't be made here") + limits() + remedy());
        }
    }

    /** What {@code make} makes, or words where there is no memory for it. */
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
        String text = sentence("found no room") + limits() + ", some of it in use" + remedy();
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
        return ". Take fewer units, or a larger heap (-Xmx) where the machine has it";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / MEGABYTE);
    }
}
