package io.github.flux4j.optimise;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a loss with respect to a model's parameters: one array for each of them, in the order of {@code params}.
 *
 * <p>As the model that it is of: for one thread at a time.
 */
public final class Gradient extends AbstractList<INDArray> {

    private final Layer model;
    private final INDArray flat;
    private final List<INDArray> arrays;

    /** Views of one vector that lies as the model's flat parameters do. */
    public Gradient(Layer model, @Nullable INDArray flat) {
        this.model = model;
        this.flat = flat;
        this.arrays = model.trainables().stream().map(p -> view(flat, p)).toList();
    }

    private static INDArray view(INDArray flat, Parameter parameter) {
        return Tensors.slice(flat, parameter.offset(), parameter.length())
                .reshape('c', parameter.values().shape());
    }

    /** Whose gradient it is. */
    public Layer model() {
        return model;
    }

    /** All of it in one vector, live; null for a model without parameters. */
    public @Nullable INDArray flat() {
        return flat;
    }

    /**
     * The gradient with respect to one parameter, live, of its shape.
     *
     * @param parameter an array of the model, such as {@code model.weight()}
     * @throws IllegalArgumentException if it is none of the model's
     */
    public INDArray of(INDArray parameter) {
        List<Parameter> parameters = model.trainables();
        for (int i = 0; i < arrays.size(); i++) {
            if (parameters.get(i).values() == parameter) {
                return arrays.get(i);
            }
        }
        throw new IllegalArgumentException("that array is not a parameter of " + model.inOneLine()
                + "; take it from weight(), bias() or params(model)");
    }

    @Override
    public INDArray get(int i) {
        return arrays.get(i);
    }

    @Override
    public int size() {
        return arrays.size();
    }
}
