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
 * Models as files of Deeplearning4j's {@code ModelSerializer}, for programs that haven't flux4j; and such files as layers. A network that flux4j goes on
 * with, and whose every part must stay exact, is saved by {@code ModelSerializer} itself: {@code model.network()}.
 *
 * <p>Static methods, for any thread; a model that is exported must not be trained meanwhile.
 */
public final class Dl4j {

    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";

    /** So that the same model gives the same bytes. */
    private static final long EPOCH = LocalDate.of(1980, 1, 2).toEpochDay() * 24 * 3600 * 1000;

    private Dl4j() {}

    /**
     * Writes a model of Deeplearning4j's own parts alone: exact ones where it has them, else the nearest. Optimiser and loss are left out, in their place are
     * descent with 0.1 and mse.
     *
     * @return what became of each part, and how near it is
     * @throws IllegalArgumentException if a part has nothing near it there, a number of it is not finite, or it has no parameters; with its name
     * @throws IOException if it can't be written; what was there is unchanged
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
     * The network of a file, in Float32 or Float64 as the file is, also one that {@code ModelSerializer} wrote of a flux4j layer's {@code network()}: dense, batch normalising, scaling, dropout and activation layers, and the output
     * or loss layer at the end, whose loss is left out. Neither Java's nor Jackson's deserialisation reads it, no class that it names is loaded, the state of
     * an updater isn't looked at; what is claimed is checked before room is made for it.
     *
     * @return a layer or a chain, which predicts what Deeplearning4j's network does
     * @throws IOException if it is no such file, is cut or damaged, or has another layer or entry, with its name and what was expected
     */
    public static Layer read(Path file) throws IOException {
        return PlainFile.read(Objects.requireNonNull(file, "file is null"));
    }

    /**
     * What became of a model's parts in an export for plain Deeplearning4j, in their order.
     *
     * @param parts each layer and each activation
     */
    public record Exported(List<Part> parts) {

        public Exported {
            parts = List.copyOf(parts);
        }

        /**
         * A part of the model.
         *
         * @param layer which of the model's layers, from 0 on
         * @param part what it was, as text
         * @param made the class of Deeplearning4j's that stands for it, without its package; empty if it is left out
         * @param difference the largest between its values and Deeplearning4j's on a grid from −10 to 10: rounding where it is exact. What a layer
         *     computes besides its activation isn't measured and counts as exact
         * @param note what else is to be known; empty if nothing
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

        /** Those that only come near. */
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
