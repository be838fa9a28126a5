package io.github.flux4j.io.onnx;

import java.util.Map;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;

/** Types and shapes of a graph's inputs and outputs, whose number of rows is never fixed. */
final class Shapes {

    private static final Map<DataType, TensorProto.DataType> CODES = Map.of(
            DataType.FLOAT, TensorProto.DataType.FLOAT,
            DataType.DOUBLE, TensorProto.DataType.DOUBLE,
            DataType.INT64, TensorProto.DataType.INT64,
            DataType.UTF8, TensorProto.DataType.STRING);

    private Shapes() {}

    static int code(DataType type) {
        TensorProto.DataType code = CODES.get(type);
        if (code == null) {
            throw new IllegalArgumentException("a tensor here must be FLOAT, DOUBLE, INT64 or UTF8, but was " + type);
        }
        return code.getNumber();
    }

    /** Of columns 0 for any number, −1 for none: {@code [rows]}. */
    static ValueInfoProto of(String name, DataType type, long columns) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("rows"));
        if (columns >= 0) {
            shape.addDim(
                    columns == 0
                            ? Dimension.newBuilder().setDimParam("columns")
                            : Dimension.newBuilder().setDimValue(columns));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(code(type)).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
