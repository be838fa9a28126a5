package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers one after another: each computes on what the one before gives. */
public final class Chain extends Layer implements Iterable<Layer> {

    private final List<Layer> layers;

    private Chain(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    /**
     * A chain of layers, which become part of it: their parameters move into the chain's memory.
     *
     * @throws IllegalArgumentException if there are none, neighbours don't fit, data types differ, or a layer is part of a chain already;
     *     no layer is changed then
     */
    public static Chain of(Layer... layers) {
        if (layers.length == 0) {
            throw new IllegalArgumentException("a chain needs at least one layer");
        }
        requireFree(layers);
        requireFitting(layers);
        Chain chain = new Chain(List.of(layers));
        chain.setDataType(commonType(layers));
        int length = 0;
        for (Layer layer : layers) {
            length += layer.parameterCount();
        }
        INDArray memory = length == 0 ? null : Tensors.zeros(chain.dataType(), length);
        int at = 0;
        for (Layer layer : layers) {
            if (!layer.isStateless()) {
                int count = layer.parameterCount();
                layer.moveTo(count == 0 ? null : Tensors.slice(memory, at, count), chain);
                at += count;
            }
        }
        if (memory != null) {
            chain.placeWhole(memory);
        }
        return chain;
    }

    /** The layers have been moved already, so only the chain itself is told. */
    private void placeWhole(INDArray memory) {
        super.place(memory);
    }

    private static void requireFree(Layer[] layers) {
        Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            if (layer == null) {
                throw new NullPointerException("layer " + (i + 1) + " of the chain is null");
            }
            if (layer.isStateless()) {
                continue;
            }
            if (layer.owner() != null) {
                throw new IllegalArgumentException(
                        "layer " + (i + 1) + ", " + layer.describe() + ", already belongs to "
                                + layer.owner().describe()
                                + "; a layer is part of one chain at most, since its parameters live there. "
                                + "Make a new layer, or copy this one");
            }
            if (!seen.add(layer)) {
                throw new IllegalArgumentException(
                        "layer " + (i + 1) + ", " + layer.describe()
                                + ", stands in this chain twice; shared layers are not supported. Make a new layer, or copy this one");
            }
        }
    }

    private static void requireFitting(Layer[] layers) {
        int width = 0;
        Layer source = null;
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            if (layer.inputs() != 0 && width != 0 && layer.inputs() != width) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.describe() + ", expects "
                        + layer.inputs() + " inputs, but " + source.describe() + " before it gives " + width);
            }
            if (layer.inputs() != 0 || width != 0) {
                width = layer.outputSize(layer.inputs() != 0 ? layer.inputs() : width);
                source = layer;
            }
        }
    }

    private static DataType commonType(Layer[] layers) {
        DataType type = null;
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].parameterCount() == 0) {
                continue;
            }
            if (type != null && layers[i].dataType() != type) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layers[i].describe() + ", has "
                        + layers[i].dataType() + " parameters, but those before it " + type
                        + "; build the chain first, then convert it with f64(chain)");
            }
            type = layers[i].dataType();
        }
        return type == null ? DataType.FLOAT : type;
    }

    /** How many layers it has. */
    public int size() {
        return layers.size();
    }

    /** Layer {@code i}, counted from 0. */
    public Layer get(int i) {
        return layers.get(i);
    }

    /** The layers, in order. */
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Iterator<Layer> iterator() {
        return layers.iterator();
    }

    @Override
    void attach(INDArray flat) {
        int at = 0;
        for (Layer layer : layers) {
            int count = layer.parameterCount();
            if (count > 0) {
                layer.place(Tensors.slice(flat, at, count));
                at += count;
            }
        }
    }

    @Override
    public List<Parameter> trainables() {
        List<Parameter> all = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < layers.size(); i++) {
            for (Parameter parameter : layers.get(i).trainables()) {
                all.add(parameter.within("layers." + i, at));
            }
            at += layers.get(i).parameterCount();
        }
        return all;
    }

    @Override
    public int inputs() {
        return layers.stream()
                .mapToInt(Layer::inputs)
                .filter(n -> n != 0)
                .findFirst()
                .orElse(0);
    }

    @Override
    public int outputSize(int inputs) {
        int size = inputs;
        for (Layer layer : layers) {
            size = layer.outputSize(size);
        }
        return size;
    }

    @Override
    List<Operation> operations() {
        return layers.stream().flatMap(layer -> layer.operations().stream()).toList();
    }

    @Override
    Chain copy(DataType type) {
        return of(layers.stream().map(layer -> layer.copy(type)).toArray(Layer[]::new));
    }

    @Override
    String entrance() {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).inputs() != 0) {
                return "layer " + (i + 1) + ", " + layers.get(i).entrance() + ",";
            }
        }
        return describe();
    }

    @Override
    String describe() {
        return layers.stream().map(Layer::describe).collect(Collectors.joining(", ", "Chain(", ")"));
    }
}
