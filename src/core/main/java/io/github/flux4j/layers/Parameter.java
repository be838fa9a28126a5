package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Tensors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One array of a model: trainable, or another part of its state. Change it only while no other thread uses the model.
 *
 * @param path the array's place, such as {@code weight} or {@code layers.0.weight}
 * @param values the array itself, live
 * @param offset its first index in the model's flat parameters
 */
public record Parameter(String path, INDArray values, int offset) {

    /** Whether it is a bias (b, β) rather than a weight; weight decay often omits biases. */
    public boolean isBias() {
        return path.endsWith("bias") || path.endsWith("β");
    }

    /** Returns the number of values. */
    public int length() {
        return (int) values.length();
    }

    /** Formats the values as Julia prints them: {@code Float32[0.5, 1.0]}, with {@code ;} between a matrix's rows. */
    public String toJulia() {
        double[] numbers = Tensors.toDoubles(values);
        boolean single = values.dataType() == DataType.FLOAT;
        int columns = values.rank() == 2 ? values.columns() : 1;
        StringBuilder text = new StringBuilder(single ? "Float32[" : "[");
        for (int i = 0; i < numbers.length; i++) {
            String separator = values.rank() == 1 ? ", " : i % columns == 0 ? "; " : " ";
            text.append(i == 0 ? "" : separator)
                    .append(single ? Float.toString((float) numbers[i]) : Double.toString(numbers[i]));
        }
        return text.append(']').toString();
    }

    /** This parameter as seen from a model that contains its layer under a name, {@code by} numbers further on. */
    Parameter within(String name, int by) {
        return new Parameter(name + "." + path, values, offset + by);
    }
}
