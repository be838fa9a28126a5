package io.github.flux4j.layers;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.engine.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers one after another: each computes on what the one before gives. */
public final class Chain extends Layer implements Iterable<Layer> {

    private final List<Layer> layers;
    private final List<String> names;
    private final Chain whole;
    private final int offset;
    private final List<Layer> withStatistics;
    private INDArray wholeMemory;
    private INDArray part;

    private Chain(List<Layer> layers, List<String> names) {
        this.layers = List.copyOf(layers);
        this.withStatistics = withStatistics(layers);
        this.names = List.copyOf(names);
        this.whole = null;
        this.offset = 0;
    }

    /** Layers {@code from} to before {@code to} of another chain, on its memory. */
    private Chain(Chain whole, int from, int to) {
        this.layers = whole.layers.subList(from, to);
        this.withStatistics = withStatistics(layers);
        this.names = whole.names.isEmpty() ? List.of() : whole.names.subList(from, to);
        this.whole = whole;
        this.offset = whole.layers.subList(0, from).stream()
                .mapToInt(Layer::parameterCount)
                .sum();
        setDataType(whole.ownType());
        setOwner(whole);
    }

    /**
     * A chain of layers, which become part of it: their parameters move into the chain's memory.
     *
     * @throws IllegalArgumentException if there are none, neighbours don't fit, data types differ, or a layer is part of a chain already;
     *     no layer is changed then
     */
    public static Chain of(Layer... layers) {
        return of(List.of(), Objects.requireNonNull(layers, "layers is null"));
    }

    private static Chain of(List<String> names, Layer... layers) {
        if (layers.length == 0) {
            throw new IllegalArgumentException("a chain needs at least one layer");
        }
        requireFree(layers);
        requireFitting(layers);
        Chain chain = new Chain(List.of(layers), names);
        chain.setDataType(commonType(layers));
        long length = Stream.of(layers).mapToLong(Layer::parameterCount).sum();
        requireRoom(chain.describe(), length, chain.dataType());
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

    /** A chain whose layers have names; {@code named().layer("encoder", dense(4, 2)).layer("decoder", dense(2, 4)).build()}. */
    public static Builder named() {
        return new Builder();
    }

    /** Collects named layers. */
    public static final class Builder {

        private final Map<String, Layer> layers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a layer.
         *
         * @throws IllegalArgumentException if the name is taken, or is {@code layers}, which Flux reserves
         */
        public Builder layer(String name, Layer layer) {
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(layer, "layer is null");
            if (name.equals("layers")) {
                throw new IllegalArgumentException("a chain can't have a layer named `layers`; choose another name");
            }
            if (layers.putIfAbsent(name, layer) != null) {
                throw new IllegalArgumentException(
                        "the chain has a layer named " + name + " already; choose another name");
            }
            return this;
        }

        /** The chain; as {@link Chain#of}. */
        public Chain build() {
            return of(List.copyOf(layers.keySet()), layers.values().toArray(Layer[]::new));
        }
    }

    /**
     * Layers {@code from} to before {@code to}, counted from 0, as a model of its own on this chain's memory: training it trains those
     * layers, predicting with it gives an inner result.
     *
     * @throws IndexOutOfBoundsException if there are no such layers
     */
    public Chain slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        if (from == to) {
            throw new IndexOutOfBoundsException("slice(" + from + ", " + to + ") has no layer");
        }
        return new Chain(this, from, to);
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
            layer.requireParameters();
            if (layer.owner() != null) {
                throw new IllegalArgumentException(
                        "layer " + (i + 1) + ", " + layer.describe() + ", already belongs to "
                                + layer.owner().describe()
                                + "; a layer is part of one chain at most, since its parameters live there. "
                                + "Make a new layer, or " + copying(layer));
            }
            if (!seen.add(layer)) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.describe()
                        + ", stands in this chain twice; shared layers are not supported. Make a new layer, or "
                        + copying(layer));
            }
        }
    }

    private static String copying(Layer layer) {
        return "copy this one with " + (layer.dataType() == DataType.DOUBLE ? "f64" : "f32") + "(…)";
    }

    private static void requireFitting(Layer[] layers) {
        int width = 0;
        Layer source = null;
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            if (layer.inputs() != 0 && width != 0 && layer.inputs() != width) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.describe() + ", expects "
                        + layer.inputs() + (layer.inputs() == 1 ? " input" : " inputs") + ", but " + source.describe()
                        + " before it gives " + width + "; make it take " + width + ", or the one before give "
                        + layer.inputs());
            }
            if (layer.inputs() != 0 || width != 0) {
                width = layer.outputs(layer.inputs() != 0 ? layer.inputs() : width);
                source = layer.inputs() != 0 ? layer : source;
            }
        }
    }

    /** Null if no layer has a type of its own. */
    private static DataType commonType(Layer[] layers) {
        DataType type = null;
        for (int i = 0; i < layers.length; i++) {
            DataType own = layers[i].ownType();
            if (own != null && type != null && own != type) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layers[i].describe() + ", "
                        + (layers[i].parameterCount() > 0 ? "has " + own + " parameters" : "computes in " + own)
                        + ", but those before it " + type
                        + "; build the chain first, then convert it with f64(chain)");
            }
            type = own == null ? type : own;
        }
        return type;
    }

    private static List<Layer> withStatistics(List<Layer> layers) {
        return layers.stream().filter(Layer::keepsStatistics).toList();
    }

    @Override
    public void requireFiniteStatistics() {
        for (int i = 0; i < withStatistics.size(); i++) {
            withStatistics.get(i).requireFiniteStatistics();
        }
    }

    @Override
    public void commitStatistics() {
        for (int i = 0; i < withStatistics.size(); i++) {
            withStatistics.get(i).commitStatistics();
        }
    }

    /** How many layers it has. */
    public int size() {
        return layers.size();
    }

    /** Layer {@code i}, counted from 0. */
    public Layer get(int i) {
        return layers.get(i);
    }

    /**
     * The layer of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Layer get(String name) {
        int i = names.indexOf(name);
        if (i < 0) {
            throw new IllegalArgumentException("no layer is named " + name + "; the names are " + names);
        }
        return layers.get(i);
    }

    /** The layer's name, or its number as text where the layers have none. */
    String name(int i) {
        return names.isEmpty() ? String.valueOf(i) : names.get(i);
    }

    boolean isNamed() {
        return !names.isEmpty();
    }

    /** Every layer's output for x, in the chain's type, the last one's being {@code predict(x)}. */
    public List<INDArray> activations(INDArray x) {
        requireFeatures(x, "the array");
        requireFinite(x);
        List<INDArray> outputs = new ArrayList<>();
        INDArray input = ownType() == null ? x : Tensors.ofType(x, ownType());
        for (Layer layer : layers) {
            input = layer.program(input).predict(input);
            outputs.add(input);
        }
        return outputs;
    }

    @Override
    public INDArray flatParameters() {
        if (whole == null) {
            return super.flatParameters();
        }
        INDArray memory = whole.flatParameters();
        if (memory != wholeMemory) {
            int count = layers.stream().mapToInt(Layer::parameterCount).sum();
            part = count == 0 ? null : Tensors.slice(memory, offset, count);
            wholeMemory = memory;
        }
        return part;
    }

    @Override
    public void setMode(Mode mode) {
        layers.forEach(layer -> layer.setMode(mode));
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
        return collect(Layer::trainables);
    }

    @Override
    List<Parameter> buffers() {
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
    public int inputs() {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).inputs() != 0) {
                return layers.get(i).inputs();
            }
        }
        return 0;
    }

    @Override
    int outputs(int inputs) {
        int size = inputs;
        for (int i = 0; i < layers.size(); i++) {
            size = layers.get(i).outputs(size);
        }
        return size;
    }

    @Override
    List<Operation> operations() {
        return layers.stream().flatMap(layer -> layer.operations().stream()).toList();
    }

    @Override
    Chain copy(DataType type) {
        return of(names, layers.stream().map(layer -> copyIn(type, layer)).toArray(Layer[]::new));
    }

    @Override
    String entrance() {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).inputs() != 0) {
                String inner = layers.get(i).entrance();
                return "layer " + (i + 1) + ", " + inner + (inner.endsWith(",") ? "" : ",");
            }
        }
        return describe();
    }

    @Override
    String describe() {
        return IntStream.range(0, size())
                .mapToObj(
                        i -> (isNamed() ? name(i) + " = " : "") + layers.get(i).describe())
                .collect(Collectors.joining(", ", "Chain(", ")"));
    }
}
