package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Need;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The place and type of a model's parameters, and the layer that owns them if it is part of one. */
class ParameterMemory {

    private INDArray flat;

    /** Null while the input determines it, which requires a model without numbers of its own. */
    private DataType type;

    private Layer owner;

    /** All parameters in one vector; null if there are none. */
    INDArray flat() {
        return flat;
    }

    /** The model's own type, whatever its input's; null if there is none. */
    DataType type() {
        return type;
    }

    Layer owner() {
        return owner;
    }

    void setType(DataType type) {
        this.type = type;
    }

    /** Sets a layer's first values, in memory of its own. Every layer starts with Float32: without values it stands for no type. */
    void start(Layer layer, DataType givenType, double[] values) {
        start(layer, givenType, values, new double[0]);
    }

    /** Sets first values from two arrays, one after the other. */
    void start(Layer layer, DataType givenType, double[] values, double[] more) {
        if (values.length > 0 || givenType != DataType.FLOAT) {
            type = givenType;
        }
        if (values.length > 0) {
            INDArray vector = Tensors.uninitialised(givenType, values.length + more.length);
            Tensors.write(values, vector);
            if (more.length > 0) {
                Tensors.write(more, Tensors.slice(vector, values.length, more.length));
            }
            layer.place(vector);
        }
    }

    /** Makes this vector, which holds the values already, the parameters. */
    void place(INDArray vector) {
        flat = vector;
    }

    /** Becomes part of another layer, and moves the values there. */
    void join(Layer whole, INDArray part) {
        owner = whole;
        if (flat != null) {
            part.assign(flat);
        }
    }

    /** Throws if the parameters were closed, through whichever array lies there. */
    void requireOpen(Layer model) {
        INDArray vector = flat();
        if (vector != null && Lifetime.isOver(vector)) {
            throw new IllegalStateException(
                    "the parameters of " + model.inOneLine() + " can't be used: their memory was"
                            + " closed, by flatParameters().close() or with another array or network on it. Make a new model");
        }
    }

    /** Throws if a model would have more parameters of this type than an array can have elements, 2³¹ − 1 bytes. */
    static void requireRoom(String model, long parameters, DataType type) {
        long most = Integer.MAX_VALUE / type.width();
        if (parameters > most) {
            throw new IllegalArgumentException(model + " would have " + parameters
                    + " parameters, but a model can have at most " + most + " of type " + type);
        }
    }

    /**
     * Makes a layer or a copy of one, if there can be memory for it.
     *
     * @throws IllegalArgumentException if there would be more parameters than an array has elements, or than memory can hold; nothing is allocated then
     * @throws OutOfMemoryError with an explanation, if only memory in use is in the way
     */
    static <T> T making(String model, long parameters, DataType type, Supplier<T> make) {
        requireRoom(model, parameters, type);
        Need need = new Need(model, parameters, type);
        need.requirePossible();
        return need.orSay(make);
    }

    /** A part of a chain's memory, for a slice of the chain; it follows when the chain's moves. */
    static final class Part extends ParameterMemory {

        private final ParameterMemory whole;
        private final int offset;
        private final int length;
        private INDArray seen;
        private INDArray part;

        Part(Chain chain, int offset, int length) {
            this.whole = chain.memory();
            this.offset = offset;
            this.length = length;
            setType(whole.type());
            join(chain, null);
        }

        @Override
        INDArray flat() {
            INDArray now = whole.flat();
            if (now != seen) {
                part = length == 0 ? null : Tensors.slice(now, offset, length);
                seen = now;
            }
            return part;
        }
    }
}
