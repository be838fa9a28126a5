package io.github.flux4j.optimise;

import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a loss with respect to a model's parameters: one array per parameter, in the order of {@code params}. Not thread-safe. */
public final class Gradient extends AbstractList<INDArray> {

    private final Layer model;
    private final INDArray flat;
    private final List<INDArray> arrays;

    /** Views of one vector in the order of the model's flat parameters. */
    public Gradient(Layer model, @Nullable INDArray flat) {
        this.model = model;
        this.flat = flat;
        this.arrays = model.trainables().stream().map(p -> view(flat, p)).toList();
    }

    private static INDArray view(INDArray flat, Parameter parameter) {
        return Tensors.slice(flat, parameter.offset(), parameter.length())
                .reshape('c', parameter.values().shape());
    }

    /** Returns the model that the gradient belongs to. */
    public Layer model() {
        return model;
    }

    /** Returns the whole gradient in one vector, live, or null for a model without parameters. */
    public @Nullable INDArray flat() {
        return flat;
    }

    /**
     * Returns the gradient with respect to one parameter, live, in its shape.
     *
     * @param parameter an array of the model, such as {@code model.weight()}
     * @throws IllegalArgumentException if it isn't one of the model's
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
