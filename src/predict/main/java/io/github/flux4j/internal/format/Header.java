package io.github.flux4j.internal.format;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What stands before the numbers of a safetensors file: texts, and where which tensor lies.
 *
 * @param metadata the texts, in order
 * @param entries the tensors by name
 */
public record Header(Map<String, String> metadata, Map<String, Entry> entries) {

    /** Bytes of a header; this and the other limits are checked before room is made. */
    public static final int MOST_BYTES = 16 << 20;

    /** Tensors of a file. */
    public static final int MOST_TENSORS = 4096;

    /** Dimensions of a tensor. */
    public static final int MOST_DIMENSIONS = 8;

    /** Entries of {@code __metadata__}. */
    public static final int MOST_TEXTS = 1024;

    /** The key of the texts, which no tensor may have. */
    public static final String METADATA = "__metadata__";

    /**
     * A tensor's place, counted from behind the header.
     *
     * @param dtype safetensors' name of what its numbers are, also those that can't be read here, such as {@code BF16}
     * @param begin the first byte's
     * @param end that of the first byte behind it
     */
    public record Entry(String dtype, int[] shape, long begin, long end) {

        /** What can be read here, or null. */
        public Tensor.Type type() {
            for (Tensor.Type known : Tensor.Type.values()) {
                if (known.name().equals(dtype)) {
                    return known;
                }
            }
            return null;
        }

        int length() {
            return (int) ((end - begin) / type().width());
        }

        /** Whether it has these sizes. */
        public boolean hasShape(int... other) {
            return Arrays.equals(shape, other);
        }

        @Override
        public String toString() {
            return dtype + Arrays.toString(shape);
        }
    }

    /**
     * Reads what stands before the numbers, and not the numbers.
     *
     * @throws ModelFileException if it is no safetensors file, or one that was cut
     */
    public static Header read(Path file) throws IOException {
        return Source.read(file, HeaderReader::read);
    }

    /** The names in the order in which the tensors lie in the file. */
    public List<String> inOrder() {
        return entries.keySet().stream()
                .sorted(Comparator.<String>comparingLong(
                                name -> entries.get(name).begin())
                        .thenComparingLong(name -> entries.get(name).end()))
                .toList();
    }
}
