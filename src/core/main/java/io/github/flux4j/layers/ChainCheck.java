package io.github.flux4j.layers;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** Whether layers can be a chain. */
final class ChainCheck {

    private ChainCheck() {}

    /** Throws unless there are no names, or as many as layers, and all differ. */
    static void requireNames(List<String> names, int layers) {
        if (!names.isEmpty() && names.size() != layers) {
            throw new IllegalArgumentException("the chain has " + layers + " layers, but " + names.size() + " names: "
                    + names + "; name all of them or none");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            requireNew(name, seen);
            seen.add(name);
        }
    }

    /** Throws if a name is taken, or is {@code layers}, which Flux reserves. */
    static void requireNew(String name, Collection<String> names) {
        if (name.equals("layers")) {
            throw new IllegalArgumentException("a chain can't have a layer named `layers`; choose another name");
        }
        if (names.contains(name)) {
            throw new IllegalArgumentException("the chain has a layer named " + name + " already; choose another name");
        }
    }

    /** Throws if a layer is part of a chain already, stands there twice, or has lost its memory. */
    static void requireFree(Layer[] layers) {
        Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            if (layer == null) {
                throw new NullPointerException("layer " + (i + 1) + " of the chain is null");
            }
            if (layer.isStateless()) {
                continue;
            }
            layer.memory().requireOpen(layer);
            if (layer.memory().owner() != null) {
                throw new IllegalArgumentException(
                        "layer " + (i + 1) + ", " + layer.inOneLine() + ", already belongs to "
                                + layer.memory().owner().inOneLine()
                                + "; a layer is part of one chain at most, since its parameters live there. "
                                + "Make a new layer, or " + copying(layer));
            }
            if (!seen.add(layer)) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.inOneLine()
                        + ", stands in this chain twice; shared layers are not supported. Make a new layer, or "
                        + copying(layer));
            }
        }
    }

    private static String copying(Layer layer) {
        return "copy this one with " + (layer.dataType() == DataType.DOUBLE ? "f64" : "f32") + "(…)";
    }

    static void requireFitting(Layer[] layers) {
        int width = 0;
        Layer source = null;
        for (int i = 0; i < layers.length; i++) {
            Layer layer = layers[i];
            if (layer.inputs() != 0 && width != 0 && layer.inputs() != width) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.inOneLine() + ", expects "
                        + layer.inputs() + (layer.inputs() == 1 ? " input" : " inputs") + ", but " + source.inOneLine()
                        + " before it gives " + width + "; make it take " + width + ", or the one before give "
                        + layer.inputs());
            }
            if (layer.inputs() != 0 || width != 0) {
                width = layer.outputs(layer.inputs() != 0 ? layer.inputs() : width);
                source = layer.inputs() != 0 ? layer : source;
            }
        }
    }

    /** The type that layers agree on; null if none has one of its own. */
    static DataType commonType(Layer[] layers) {
        DataType type = null;
        for (int i = 0; i < layers.length; i++) {
            DataType own = layers[i].memory().type();
            if (own != null && type != null && own != type) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layers[i].inOneLine() + ", "
                        + (layers[i].parameterCount() > 0 ? "has " + own + " parameters" : "computes in " + own)
                        + ", but those before it " + type
                        + "; build the chain first, then convert it with f64(chain)");
            }
            type = own == null ? type : own;
        }
        return type;
    }

    /** The first layer that says how many features a row must have, for messages: {@code layer 2, Dense(3 => 1),}. */
    static String entrance(Chain chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).inputs() != 0) {
                String inner = chain.get(i).entrance();
                return "layer " + (i + 1) + ", " + inner + (inner.endsWith(",") ? "" : ",");
            }
        }
        return chain.inOneLine();
    }
}
