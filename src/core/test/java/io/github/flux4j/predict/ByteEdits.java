package io.github.flux4j.predict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes cut, repeated, overwritten, or given what a reader of JSON, of tables or of numbers may stumble over. */
public final class ByteEdits {

    private static final byte[] TELLING = "{}[]\":,0123456789-.eE\\ \0\u00ff".getBytes(ISO_8859_1);
    private static final String[] HUGE = {
        "9223372036854775807",
        "18446744073709551615",
        "1e400",
        "-1",
        "2147483648",
        "4294967296",
        "null",
        "[[[[[[[[[[[[[[[[["
    };

    private final SplittableRandom random;

    public ByteEdits(SplittableRandom random) {
        this.random = random;
    }

    /** The same of a text. */
    public String of(String original) {
        return new String(of(original.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    /** One to three changes of these bytes. */
    public byte[] of(byte... original) {
        byte[] changed = original;
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            changed = changedOnce(changed);
        }
        return changed;
    }

    private byte[] changedOnce(byte... file) {
        int at = random.nextInt(file.length + 1);
        int to = Math.min(file.length, at + random.nextInt(24));
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(file, at);
            case 1 -> joined(file, at, new byte[0], to); // cut out
            case 2 -> joined(file, to, file, at); // again
            case 3 -> joined(file, at, HUGE[random.nextInt(HUGE.length)].getBytes(ISO_8859_1), to);
            case 4 -> joined(file, at, telling(), at);
            case 5 -> joined(file, at, telling(), Math.min(file.length, at + 1));
            case 6 -> joined(file, at, noise(to - at), to);
            default -> joined(file, at, noise(1), Math.min(file.length, at + 1));
        };
    }

    private byte[] telling() {
        return new byte[] {TELLING[random.nextInt(TELLING.length)]};
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] joined(byte[] file, int at, byte[] middle, int to) {
        byte[] joined = Arrays.copyOf(file, at + middle.length + file.length - to);
        System.arraycopy(middle, 0, joined, at, middle.length);
        System.arraycopy(file, to, joined, at + middle.length, file.length - to);
        return joined;
    }
}
