package io.github.flux4j.io.onnx;

import static io.github.flux4j.io.onnx.Operator.shown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        boolean isRaw = raw.hasRemaining();
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null) {
            throw unknown(tensor);
        }
        return switch (type) {
            case FLOAT ->
                isRaw
                        ? of(tensor, length, raw, 4, i -> raw.getFloat(4 * i))
                        : of(tensor, length, tensor.getFloatDataCount(), tensor::getFloatData);
            case DOUBLE ->
                isRaw
                        ? of(tensor, length, raw, 8, i -> raw.getDouble(8 * i))
                        : of(tensor, length, tensor.getDoubleDataCount(), tensor::getDoubleData);
            case INT64 ->
                isRaw
                        ? of(tensor, length, raw, 8, i -> raw.getLong(8 * i))
                        : of(tensor, length, tensor.getInt64DataCount(), tensor::getInt64Data);
            case INT32 ->
                isRaw
                        ? of(tensor, length, raw, 4, i -> raw.getInt(4 * i))
                        : of(tensor, length, tensor.getInt32DataCount(), tensor::getInt32Data);
            case BOOL ->
                isRaw
                        ? of(tensor, length, raw, 1, i -> raw.get(i))
                        : of(tensor, length, tensor.getInt32DataCount(), tensor::getInt32Data);
            default -> throw unknown(tensor);
        };
    }

    private static Constant of(TensorProto tensor, long length, ByteBuffer raw, int width, IntToDoubleFunction element)
            throws IOException {
        if (raw.remaining() % width != 0) {
            throw refused(tensor, "it has " + raw.remaining() + " bytes, not a whole number of elements");
        }
        return of(tensor, length, raw.remaining() / width, element);
    }

    private static Constant of(TensorProto tensor, long length, int there, IntToDoubleFunction element)
            throws IOException {
        if (there != length) {
            throw refused(
                    tensor, "its shape " + shape(tensor) + " has " + length + " elements, but " + there + " are there");
        }
        double[] values = new double[there];
        for (int i = 0; i < there; i++) {
            values[i] = element.applyAsDouble(i);
        }
        boolean isDouble = tensor.getDataType() == DataType.DOUBLE.getNumber();
        return new Constant(values, List.copyOf(tensor.getDimsList()), isDouble);
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
