package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;

/** Reads the numbers of a stored tensor, raw or typed; room is made for as many as are there. */
final class TensorReader {

    /** Dimensions of a tensor. */
    private static final int RANK = 8;

    private TensorReader() {}

    static Constant read(TensorProto tensor) throws IOException {
        if (tensor.getDataLocation() == DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw refused(
                    tensor, "its numbers are in another file, which flux4j doesn't read; save them inside the model");
        }
        long length = length(tensor);
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        Elements elements = elements(tensor, raw);
        if (raw.remaining() % elements.width != 0) {
            throw refused(tensor, "it has " + raw.remaining() + " bytes, not a whole number of elements");
        }
        int there = raw.hasRemaining() ? raw.remaining() / elements.width : elements.count;
        if (there != length) {
            throw refused(
                    tensor, "its shape " + shape(tensor) + " has " + length + " elements, but " + there + " are there");
        }
        double[] values = new double[there];
        Arrays.setAll(values, raw.hasRemaining() ? elements.raw : elements.typed);
        boolean isDouble = tensor.getDataType() == DataType.DOUBLE.getNumber();
        return new Constant(values, List.copyOf(tensor.getDimsList()), isDouble);
    }

    /** Both forms of a type's elements: raw ones of so many bytes, and so many typed ones. */
    private record Elements(int width, IntToDoubleFunction raw, int count, IntToDoubleFunction typed) {}

    private static Elements elements(TensorProto tensor, ByteBuffer raw) throws IOException {
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null) {
            throw unknown(tensor);
        }
        return switch (type) {
            case FLOAT -> new Elements(4, i -> raw.getFloat(4 * i), tensor.getFloatDataCount(), tensor::getFloatData);
            case DOUBLE ->
                new Elements(8, i -> raw.getDouble(8 * i), tensor.getDoubleDataCount(), tensor::getDoubleData);
            case INT64 -> new Elements(8, i -> raw.getLong(8 * i), tensor.getInt64DataCount(), tensor::getInt64Data);
            case INT32 -> new Elements(4, i -> raw.getInt(4 * i), tensor.getInt32DataCount(), tensor::getInt32Data);
            case BOOL -> new Elements(1, raw::get, tensor.getInt32DataCount(), tensor::getInt32Data);
            default -> throw unknown(tensor);
        };
    }

    private static long length(TensorProto tensor) throws IOException {
        if (tensor.getDimsCount() > RANK) {
            throw refused(tensor, "it has " + tensor.getDimsCount() + " dimensions; the most are " + RANK);
        }
        long length = 1;
        for (long dimension : tensor.getDimsList()) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE || length * dimension > Integer.MAX_VALUE) {
                throw refused(tensor, "its shape " + shape(tensor) + " isn't an array's");
            }
            length *= dimension;
        }
        return length;
    }

    private static String shape(TensorProto tensor) {
        return Constant.text(tensor.getDimsList().stream().mapToLong(Long::longValue));
    }

    private static IOException unknown(TensorProto tensor) {
        return refused(
                tensor,
                "its numbers are of ONNX's type " + tensor.getDataType()
                        + "; expected FLOAT (1) or DOUBLE (11). Convert the model to Float32");
    }

    private static IOException refused(TensorProto tensor, String reason) {
        return new IOException("tensor " + shown(tensor.getName()) + " can't be read: " + reason);
    }
}
