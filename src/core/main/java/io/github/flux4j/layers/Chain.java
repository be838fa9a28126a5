package io.github.flux4j.layers;

import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers in sequence: each takes the output of the one before. For threads see {@link Layer}. */
public final class Chain extends Composite implements Iterable<Layer> {

    private final Settings settings;

    private Chain(List<String> names, List<Layer> layers, ParameterMemory memory) {
        super(layers, memory);
        this.settings = Settings.of(names, layers);
    }

    /**
     * The chain's structure.
     *
     * @param names one for each layer, or none
     */
    public record Settings(List<String> names, List<Structure> layers) implements Sequence {

        public Settings {
            names = List.copyOf(names);
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("a chain needs at least one layer");
            }
            LayerCheck.requireNames(names, layers.size());
        }

        private static Settings of(List<String> names, List<Layer> layers) {
            return new Settings(
                    names, layers.stream().<Structure>map(Layer::structure).toList());
        }

        @Override
        public Chain build() {
            ParameterMemory.requireRoom("the chain", numbers(), DataType.FLOAT);
            return Chain.of(names, layers.stream().map(Structure::build).toArray(Layer[]::new));
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Parses a sequence of layers, such as {@code dense(64, relu), dropout(0.1), dense(1)}.
     *
     * @param inputs the number of features that the first layer takes
     * @param parts layers and activations of your own that the text may name
     * @throws IllegalArgumentException as {@link Layer#parse(String, Parts)}
     */
    public static Chain parse(String layers, int inputs, Parts parts) {
        Objects.requireNonNull(layers, "layers is null");
        return LayerWords.chain(Call.parse("chain(" + layers + ")"), inputs, parts)
                .build();
    }

    /**
     * Makes a chain of layers. Their parameters move into the chain's memory.
     *
     * @throws IllegalArgumentException if there is no layer, neighbours don't fit, data types differ, or a layer is part of a chain already; no layer is
     *     changed then
     */
    public static Chain of(Layer... layers) {
        return of(List.of(), Objects.requireNonNull(layers, "layers is null"));
    }

    private static Chain of(List<String> names, Layer... layers) {
        if (layers.length == 0) {
            throw new IllegalArgumentException("a chain needs at least one layer");
        }
        LayerCheck.requireFree("chain", Arrays.asList(layers));
        LayerCheck.requireFitting(List.of(layers));
        Chain chain = new Chain(names, List.of(layers), new ParameterMemory());
        chain.assemble();
        return chain;
    }

    /** Starts a chain of named layers: {@code named().layer("encoder", dense(4, 2)).layer("decoder", dense(2, 4)).build()}. */
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
            LayerCheck.requireNew(name, layers.keySet());
            layers.put(name, layer);
            return this;
        }

        /** Makes the chain; see {@link Chain#of}. */
        public Chain build() {
            return of(List.copyOf(layers.keySet()), layers.values().toArray(Layer[]::new));
        }
    }

    /**
     * Returns layers {@code from} (counted from 0) to {@code to} (exclusive) as a model on this chain's memory: training it trains those layers, and its
     * predictions are an inner result of the chain.
     *
     * @throws IndexOutOfBoundsException if there are no such layers
     */
    public Chain slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        if (from == to) {
            throw new IndexOutOfBoundsException("slice(" + from + ", " + to + ") has no layer");
        }
        int offset = count(layers().subList(0, from));
        List<Layer> part = layers().subList(from, to);
        return new Chain(
                isNamed() ? names().subList(from, to) : List.of(),
                part,
                new ParameterMemory.Part(this, offset, count(part)));
    }

    private static int count(List<Layer> layers) {
        return layers.stream().mapToInt(Layer::parameterCount).sum();
    }

    /** Returns the number of layers. */
    public int size() {
        return layers().size();
    }

    /** Returns layer {@code i}, counted from 0. */
    public Layer get(int i) {
        return layers().get(i);
    }

    /**
     * Returns the layer of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Layer get(String name) {
        int i = names().indexOf(name);
        if (i < 0) {
            throw new IllegalArgumentException("no layer is named " + name + "; the names are " + names());
        }
        return layers().get(i);
    }

    @Override
    String word() {
        return "Chain";
    }

    /** The layer's name, or its number as text if the layers have no names. */
    @Override
    String name(int i) {
        return isNamed() ? names().get(i) : String.valueOf(i);
    }

    private List<String> names() {
        return settings.names;
    }

    boolean isNamed() {
        return !names().isEmpty();
    }

    /** Returns every layer's output for x, in the chain's data type; the last equals {@code predict(x)}. */
    public List<INDArray> activations(INDArray x) {
        FeatureCheck.requireFeatures(this, x, "the array");
        FeatureCheck.requireFinite(this, x);
        return changes().read(() -> eachOutput(x));
    }

    private List<INDArray> eachOutput(INDArray x) {
        List<INDArray> outputs = new ArrayList<>();
        INDArray input = memory().type() == null ? x : Tensors.ofType(x, memory().type());
        for (Layer layer : layers()) {
            input = layer.compiled().program(input).predict(input);
            outputs.add(input);
        }
        return outputs;
    }

    @Override
    public Iterator<Layer> iterator() {
        return layers().iterator();
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    List<Operation> operations() {
        return layers().stream().flatMap(layer -> layer.operations().stream()).toList();
    }

    @Override
    Chain copy(DataType type) {
        return of(names(), layers().stream().map(layer -> copyIn(type, layer)).toArray(Layer[]::new));
    }

    @Override
    String entrance() {
        return LayerCheck.entrance(this);
    }
}
