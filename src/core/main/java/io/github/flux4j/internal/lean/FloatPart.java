package io.github.flux4j.internal.lean;

import org.bytedeco.javacpp.FloatPointer;

/** A pointer into native memory, kept as long as it is the same from run to run. */
final class FloatPart {

    private FloatPointer base;
    private FloatPointer part;
    private long offset;

    /** The elements of {@code memory} from {@code from} on. */
    FloatPointer of(FloatPointer memory, long from) {
        if (from == 0) {
            return memory;
        }
        if (base != memory || offset != from) {
            part = memory.getPointer(from);
            base = memory;
            offset = from;
        }
        return part;
    }
}
