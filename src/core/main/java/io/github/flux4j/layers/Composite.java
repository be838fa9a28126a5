package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Need;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of layers, with their parameters one after another in its memory. */
abstract class Composite extends Layer {

    private final List<Layer> layers;
    private final List<RunningStatistics> statistics;

    Composite(List<Layer> layers, ParameterMemory memory) {
        super(memory);
        this.layers = List.copyOf(layers);
        this.statistics =
                layers.stream().flatMap(layer -> layer.statistics().stream()).toList();
    }

    /** Its name in Flux's print. */
    abstract String word();

    /** The name of layer {@code i} in paths. */
    String name(int i) {
        return String.valueOf(i);
    }

    /** What its brackets contain in print: layers and texts. */
    List<Object> shown() {
        return List.copyOf(layers);
    }

    /** Moves the values of its layers, which are free and fit, into its own memory. */
    final void assemble() {
        memory().setType(LayerCheck.commonType(word(), layers));
        long length = layers.stream().mapToLong(Layer::parameterCount).sum();
        ParameterMemory.requireRoom(inOneLine(), length, dataType());
        Need need = new Need(inOneLine(), length, dataType());
        gather(length == 0 ? null : need.orSay(() -> Tensors.zeros(dataType(), length)));
    }

    private void gather(INDArray flat) {
        int at = 0;
        for (Layer layer : layers) {
            if (!layer.isStateless()) {
                int count = layer.parameterCount();
                layer.memory().join(this, count == 0 ? null : Tensors.slice(flat, at, count));
                at += count;
            }
        }
        if (flat != null) {
            place(flat);
        }
    }

    @Override
    public final List<Layer> layers() {
        return layers;
    }

    @Override
    final List<RunningStatistics> statistics() {
        return statistics;
    }

    @Override
    public final void setMode(Mode mode) {
        layers.forEach(layer -> layer.setMode(mode));
    }

    @Override
    final void attach(INDArray flat) {
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
    public final List<Parameter> trainables() {
        return collect(Layer::trainables);
    }

    @Override
    final List<Parameter> buffers() {
        return collect(Layer::buffers);
    }

    private List<Parameter> collect(Function<Layer, List<Parameter>> arrays) {
        List<Parameter> all = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < layers.size(); i++) {
            for (Parameter parameter : arrays.apply(layers.get(i))) {
                all.add(parameter.within("layers." + name(i), at));
            }
            at += layers.get(i).parameterCount();
        }
        return all;
    }

    @Override
    public final String inOneLine() {
        return Printing.inOneLine(this);
    }
}
