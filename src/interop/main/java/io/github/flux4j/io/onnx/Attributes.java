package io.github.flux4j.io.onnx;

import io.github.flux4j.io.onnx.Graph.Node;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.nd4j.shade.protobuf.ByteString;

/** The attributes of a {@link Node} in ONNX's form, which has a field for each kind. */
final class Attributes {

    private Attributes() {}

    static AttributeProto of(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer || value instanceof Long) {
            attribute.setType(AttributeType.INT).setI(((Number) value).longValue());
        } else if (value instanceof Double number) {
            attribute.setType(AttributeType.FLOAT).setF(float32(number));
        } else if (value instanceof String text) {
            attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            attribute.setType(typeOf(name, list.get(0)));
            list.forEach(element -> add(attribute, element));
        } else {
            throw unknown(name, value);
        }
        return attribute.build();
    }

    /** Rounded; what Float32 can't hold is refused. */
    static float float32(double number) {
        float rounded = (float) number;
        if (Float.isInfinite(rounded) && Double.isFinite(number)) {
            throw new IllegalArgumentException(number + " is too large for Float32; export a Float64 copy, f64(model)");
        }
        return rounded;
    }

    private static AttributeType typeOf(String name, Object element) {
        if (element instanceof Long) {
            return AttributeType.INTS;
        } else if (element instanceof Double) {
            return AttributeType.FLOATS;
        } else if (element instanceof String) {
            return AttributeType.STRINGS;
        }
        throw unknown(name, element);
    }

    private static void add(AttributeProto.Builder attribute, Object element) {
        switch (attribute.getType()) {
            case INTS -> attribute.addInts((Long) element);
            case FLOATS -> attribute.addFloats(float32((Double) element));
            default -> attribute.addStrings(ByteString.copyFromUtf8((String) element));
        }
    }

    private static IllegalArgumentException unknown(String name, Object value) {
        return new IllegalArgumentException("attribute " + name
                + " must be an Integer, Long, Double or String, or a list of Long, Double or String, but was " + value);
    }
}
