package io.github.flux4j.io.onnx;

import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.learn.Fitted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Models as ONNX files, which ONNX Runtime and many others predict with; and networks of others' ONNX files as layers.
 *
 * <p>Written is what {@code predict} computes, as opset 13, with one input {@code features} and one output {@code predictions}, each with a
 * row for every example, of the model's type: Float32 or Float64.
 *
 * <p>Static methods, for any thread; a model that is exported must not be trained meanwhile.
 */
public final class Onnx {

    private Onnx() {}

    /**
     * Writes a model; what was at the path before stays until the new file is whole.
     *
     * @throws IllegalArgumentException if a part of it means nothing outside of training or to others, a number of it is not finite, or it has
     *     more than 2 GiB; with the reason
     * @throws IOException if it can't be written
     */
    public static void export(Layer model, Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        byte[] bytes = bytes(model);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /**
     * Writes a fitted model as one ONNX graph (opset 13), preparation included, for other runtimes. An input {@code [rows, 1]} for each of {@link Fitted#features()},
     * by its name: Float32 for numbers and dates (as years; NaN for what is missing), Float64 for numbers that are more than 10⁴ times
     * what they differ by, strings for texts. Outputs: {@code predictions [rows, targets]}, or {@code probabilities [rows, classes]} and
     * {@code label [rows]}; where a column has that name, with a line below it.
     *
     * @throws IllegalArgumentException if a network has a part that means nothing outside of training or to others, with the reason
     * @throws IOException if the file can't be written; what was there is unchanged
     */
    public static void export(Fitted model, Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        byte[] bytes = bytes(model);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** As {@link #export(Layer, Path)}; the stream is left open. */
    public static void export(Layer model, OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out is null");
        out.write(bytes(model));
    }

    /** The bytes of the file; the same each time. */
    public static byte[] bytes(Layer model) {
        int inputs = Objects.requireNonNull(model, "model is null").inputs();
        Graph graph = Graph.of(model.dataType());
        String features = graph.input("features", inputs);
        graph.output("predictions", graph.network(model, features), inputs == 0 ? 0 : model.outputSize(inputs));
        graph.property("flux4j.model", model.text());
        return graph.bytes();
    }

    /** The bytes of a fitted model's file; the same each time. */
    public static byte[] bytes(Fitted model) {
        return OnnxModel.bytes(Objects.requireNonNull(model, "model is null"));
    }

    /**
     * The network of a file as layers, in Float32 or Float64 as its numbers are: fully connected layers, normalisations and activations one
     * after another, as exporters write them.
     *
     * @return a layer or a chain, which predicts what the file's network does
     * @throws IOException if the file can't be read, isn't ONNX or has something else in it, with the operator and what was expected
     */
    public static Layer read(Path file) throws IOException {
        return read(file, null);
    }

    /**
     * As {@link #read(Path)}, but of a file with several outputs one of them, or of a larger network the part before an inner tensor.
     *
     * @param output the tensor's name; null for the only output
     */
    public static Layer read(Path file, @Nullable String output) throws IOException {
        return OnnxFile.read(Objects.requireNonNull(file, "file is null"), output);
    }
}
