package io.github.flux4j.io.dl4j;

import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.layers.Layer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Exports models as Deeplearning4j's {@code ModelSerializer} files, for programs without flux4j, and reads such files as layers. All methods are static and safe for
 * any thread; don't train a model while it is exported.
 *
 * <p>To keep every part exact for later use with flux4j, save {@code model.network()} with {@code ModelSerializer} itself.
 */
public final class Dl4j {

    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";

    /** So that the same model gives the same bytes. */
    private static final long EPOCH = LocalDate.of(1980, 1, 2).toEpochDay() * 24 * 3600 * 1000;

    private Dl4j() {}

    /**
     * Exports a model with Deeplearning4j's own parts alone: exact ones where they exist, else the nearest. The file has no optimiser or loss of the model; descent
     * with 0.1 and mse stand in for them.
     *
     * @return what became of each part, and how near it is
     * @throws IllegalArgumentException if a part has no near equivalent, a number is not finite, or the model has no parameters; names the part
     * @throws IOException if the file can't be written; an earlier file stays
     */
    public static Exported export(Layer model, Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        PlainNetwork network = PlainNetwork.of(Objects.requireNonNull(model, "model is null"));
        AtomicFile.write(file, out -> write(network, model, out));
        return network.exported();
    }

    private static void write(PlainNetwork network, Layer model, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(entry(CONFIGURATION));
        zip.write(network.configuration().getBytes(StandardCharsets.UTF_8));
        zip.putNextEntry(entry(COEFFICIENTS));
        Coefficients.write(network.numbers(), model.dataType(), new BufferedOutputStream(zip));
        zip.finish();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(EPOCH);
        return entry;
    }

    /**
     * Reads the network of a file, in its Float32 or Float64: dense, batch normalisation, scaling, dropout and activation layers, and an output or loss layer at the
     * end, without its loss. Files that {@code ModelSerializer} wrote from a flux4j layer's {@code network()} work, too.
     *
     * <p>Reading is safe for untrusted files: it uses neither Java's nor Jackson's deserialisation, loads no class that the file names, skips the updater's state,
     * and checks sizes before it allocates memory.
     *
     * @return a layer or chain that predicts what Deeplearning4j's network does
     * @throws IOException if it is no such file, is damaged, or has another layer or entry; names it and what was expected
     */
    public static Layer read(Path file) throws IOException {
        return PlainFile.read(Objects.requireNonNull(file, "file is null"));
    }

    /**
     * What became of a model's parts in an export, in order.
     *
     * @param parts each layer and each activation
     */
    public record Exported(List<Part> parts) {

        public Exported {
            parts = List.copyOf(parts);
        }

        /**
         * One part of the model.
         *
         * @param layer index of the model's layer, from 0
         * @param part the original, as text
         * @param made the simple name of the Deeplearning4j class that stands for it; empty if it was dropped
         * @param difference the largest one between both activations on a grid from −10 to 10: rounding if it is exact. The rest of a layer isn't measured and counts
         *     as exact
         * @param note a remark; empty for none
         */
        public record Part(int layer, String part, String made, double difference, String note) {

            @Override
            public String toString() {
                return "layer " + layer + ": " + part + (made.isEmpty() ? " dropped" : " as " + made)
                        + (difference > 0 ? ", within " + (float) difference : "")
                        + (note.isEmpty() ? "" : ", " + note);
            }
        }

        /** The largest difference of any part. */
        public double difference() {
            return parts.stream().mapToDouble(Part::difference).max().orElse(0);
        }

        /** The parts that are not exact. */
        public List<Part> approximated() {
            return parts.stream()
                    .filter(part -> part.note().startsWith(Twin.NEAR))
                    .toList();
        }

        @Override
        public String toString() {
            return String.join("\n", parts.stream().map(Part::toString).toList());
        }
    }
}
