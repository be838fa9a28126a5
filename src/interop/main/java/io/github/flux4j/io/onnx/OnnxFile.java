package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Reads the network of an ONNX file: from its output back to its input, one recognised part after another. */
final class OnnxFile {

    /** Bytes of a file, which protobuf can't exceed either. */
    private static final long FILE = Integer.MAX_VALUE - 64;

    /** Of a file in the heap: its bytes, protobuf's, the layers' as Java's arrays. */
    private static final int COPIES = 3;

    /** Columns of the input. */
    private static final long COLUMNS = 1 << 20;

    /** Before it, numbers were combined with rows by other rules. */
    private static final long OLDEST_OPSET = 7;

    private OnnxFile() {}

    static Layer read(Path file, String output) throws IOException {
        try {
            return network(model(bytes(file)), output);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + " can't be read as an ONNX network: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null || e instanceof java.nio.file.FileSystemException
                ? e.getClass().getSimpleName()
                : e.getMessage();
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    Files.exists(file) ? "it isn't a regular file; name an .onnx file" : "there is no such file");
        }
        long size = Files.size(file);
        if (size > FILE) {
            throw new IOException("it has " + size + " bytes; an ONNX file has 2 GiB at most");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(1);
            Wire.requireBeginning(first);
            requireRoom(size);
            byte[] whole = new byte[(int) size];
            System.arraycopy(first, 0, whole, 0, first.length);
            int count = first.length + in.readNBytes(whole, first.length, whole.length - first.length);
            return count == size ? whole : Arrays.copyOf(whole, count);
        }
    }

    /** For the bytes, and for the tensors that are made of them. */
    private static void requireRoom(long size) throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        if (size > heap / COPIES) {
            throw new IOException("it has " + size + " bytes, of which a heap of " + heap + " can't hold " + COPIES
                    + " copies; start Java with a larger one, such as -Xmx" + (COPIES * (size >> 30) + COPIES) + "g");
        }
    }

    static ModelProto model(byte[] bytes) throws IOException {
        Wire.check(bytes, ModelProto.getDescriptor());
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("it isn't an ONNX file, or is damaged (" + e.getMessage() + ")", e);
        }
        if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
            throw new IOException(
                    "it isn't an ONNX file: expected a graph and the version of its operators (opset_import)");
        }
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            if (opset.getDomain().isEmpty() && opset.getVersion() < OLDEST_OPSET) {
                throw new IOException("its operators are of opset " + opset.getVersion() + "; expected " + OLDEST_OPSET
                        + " or later. Export the model again");
            }
        }
        return model;
    }

    static Layer network(ModelProto model, String output) throws IOException {
        Wiring wiring = Wiring.of(model.getGraph());
        Fork fork = new Fork(wiring);
        String tensor = behindClasses(output == null ? onlyOutput(wiring) : named(output, wiring), wiring);
        Deque<Recognised.Found> parts = fork.way(tensor);
        if (parts.isEmpty()) {
            return Assembly.of(parts, width(tensor, false, wiring), fork.budget());
        }
        Recognised.Found first = parts.getFirst();
        boolean isFlattened =
                List.of("Flatten", "Reshape").contains(first.operator().type());
        return Assembly.of(parts, width(first.x(), isFlattened, wiring), fork.budget());
    }

    private static String onlyOutput(Wiring wiring) throws IOException {
        List<String> outputs = wiring.outputsOfNumbers();
        if (outputs.size() != 1) {
            throw new IOException("expected one output of numbers, but there are " + outputs.size() + ", "
                    + shown(String.join(", ", outputs)) + "; pass the name of the one to read");
        }
        return outputs.get(0);
    }

    private static String named(String output, Wiring wiring) throws IOException {
        if (!wiring.isKnown(output)) {
            throw new IOException("there is no tensor " + shown(output) + "; the outputs are "
                    + shown(String.join(", ", wiring.outputsOfNumbers())));
        }
        return output;
    }

    /** A map from each class to its probability is made of the probabilities. */
    private static String behindClasses(String tensor, Wiring wiring) {
        Operator maker = wiring.maker(tensor);
        boolean isMap = maker != null
                && maker.type().startsWith("ZipMap")
                && !maker.inputs().isEmpty();
        return isMap ? maker.inputs().get(0) : tensor;
    }

    /**
     * How many columns the input has; 0 if nothing says.
     *
     * @param isFlattened whether further dimensions become columns
     */
    private static int width(String input, boolean isFlattened, Wiring wiring) throws IOException {
        TypeProto.Tensor type = wiring.input(input).getType().getTensorType();
        if (!type.hasShape()) {
            return 0;
        }
        int rank = type.getShape().getDimCount();
        if (rank < 2 || rank > 2 && !isFlattened) {
            throw new IOException("expected input " + shown(input) + " to have the shape [rows, columns], but it has "
                    + rank + (rank == 1 ? " dimension" : " dimensions"));
        }
        long columns = 1;
        for (TensorShapeProto.Dimension dimension : type.getShape().getDimList().subList(1, rank)) {
            columns *= dimension.getDimValue(); // 0 if it isn't fixed
            if (dimension.getDimValue() < 0 || columns > COLUMNS) {
                throw new IOException("expected input " + shown(input) + " to have up to " + COLUMNS
                        + " columns, but it has " + dimension.getDimValue());
            }
        }
        return (int) columns;
    }
}
