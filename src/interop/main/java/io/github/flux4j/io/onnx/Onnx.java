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
 * Exports models to ONNX for ONNX Runtime and other runtimes, and reads networks from ONNX files as layers.
 *
 * <p>The files are opset 13 and compute what {@code predict} computes. All methods are static and safe for any thread; don't train a model while it is exported.
 */
public final class Onnx {

    private Onnx() {}

    /**
     * Exports a network, with one input {@code features} and one output {@code predictions}, a row per example, in the model's Float32 or Float64. A failed export
     * leaves an earlier file as it was.
     *
     * @throws IllegalArgumentException if a part is for training alone or has no ONNX form, a number is not finite, or the model exceeds 2 GiB; with the reason
     * @throws IOException if the file can't be written
     */
    public static void export(Layer model, Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        byte[] bytes = bytes(model);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /**
     * Exports a fitted model, preparation included, as one ONNX graph (opset 13). Each of {@link Fitted#features()} is an input {@code [rows, 1]} of its name:
     * Float32 for numbers and for dates in years (NaN for a gap), strings for texts. Numbers more than 10⁴ times as large as their spread are Float64. Outputs are
     * {@code predictions [rows, targets]}, or {@code probabilities [rows, classes]} and {@code label [rows]}; a column of the same name gets an underscore added to
     * the output's.
     *
     * @throws IllegalArgumentException if a network has a part that is for training alone or has no ONNX form; with the reason
     * @throws IOException if the file can't be written; an earlier file stays
     */
    public static void export(Fitted model, Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        byte[] bytes = bytes(model);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** Exports a network to a stream, which stays open; see {@link #export(Layer, Path)}. */
    public static void export(Layer model, OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out is null");
        out.write(bytes(model));
    }

    /** The bytes of a network's ONNX file, the same for each call. */
    public static byte[] bytes(Layer model) {
        int inputs = Objects.requireNonNull(model, "model is null").inputs();
        Graph graph = Graph.of(model.dataType());
        String features = graph.input("features", inputs);
        graph.output("predictions", graph.network(model, features), inputs == 0 ? 0 : model.outputSize(inputs));
        graph.property("flux4j.model", model.text());
        return graph.bytes();
    }

    /** The bytes of a fitted model's ONNX file, the same for each call. */
    public static byte[] bytes(Fitted model) {
        return OnnxModel.bytes(Objects.requireNonNull(model, "model is null"));
    }

    /**
     * Reads the network of an ONNX file as layers, in the file's Float32 or Float64. It knows fully connected layers, normalisations and activations in sequence, as
     * exporters write them.
     *
     * @return a layer or chain that predicts what the file's network does
     * @throws IOException if the file can't be read, isn't ONNX, or has another operator; names it and what was expected
     */
    public static Layer read(Path file) throws IOException {
        return read(file, null);
    }

    /**
     * Reads the network up to one tensor: one of several outputs, or an inner tensor of a larger network.
     *
     * @param output the tensor's name; null for the only output
     */
    public static Layer read(Path file, @Nullable String output) throws IOException {
        return OnnxFile.read(Objects.requireNonNull(file, "file is null"), output);
    }
}
