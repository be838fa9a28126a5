package io.github.flux4j.bench.backends;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Whether a workload's numbers are right in a cell.
 *
 * @param error {@link Workload#error}; null if there were no numbers
 * @param bits a checksum: equal if the numbers are, to the last bit
 * @param refusal why it is not timed, else null
 */
record Verdict(Double error, String bits, String refusal) {

    static Verdict of(double error, double tolerance, double[] results) {
        String wrong = error <= tolerance
                ? null
                : String.format(Locale.ROOT, "wrong by %.2g, more than rounding explains (%.0e)", error, tolerance);
        return new Verdict(error, checksum(results), wrong);
    }

    static Verdict refused(String reason) {
        return new Verdict(null, null, reason);
    }

    private static String checksum(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return Long.toHexString(checksum.getValue());
    }
}
