package io.github.flux4j.layers;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/** Checks whether layers can form a chain, or the branches of another layer. */
final class LayerCheck {

    private LayerCheck() {}

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

    /**
     * Throws if a layer is part of another already, is there twice, or has lost its memory.
     *
     * @param whole what they are to be part of, {@code chain}
     */
    static void requireFree(String whole, List<Layer> layers) {
        Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer == null) {
                throw new NullPointerException("layer " + (i + 1) + " of the " + whole + " is null");
            }
            if (layer.isStateless()) {
                continue;
            }
            layer.memory().requireOpen(layer);
            if (layer.memory().owner() != null) {
                throw new IllegalArgumentException(
                        "layer " + (i + 1) + ", " + layer.inOneLine() + ", already belongs to "
                                + layer.memory().owner().inOneLine()
                                + "; a layer is part of one " + whole + " at most, since its parameters live there. "
                                + "Make a new layer, or " + copying(layer));
            }
            if (!seen.add(layer)) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.inOneLine()
                        + ", is in this " + whole + " twice; shared layers are not supported. Make a new layer, or "
                        + copying(layer));
            }
        }
    }

    private static String copying(Layer layer) {
        return "copy this one with " + (layer.dataType() == DataType.DOUBLE ? "f64" : "f32") + "(…)";
    }

    static void requireFitting(List<Layer> layers) {
        int width = 0;
        Layer source = null;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (width != 0 && !takes(layer.structure(), width)) {
                String expected = expects(layer.structure());
                throw new IllegalArgumentException("layer " + (i + 1) + ", " + layer.inOneLine() + ", expects "
                        + expected + (expected.equals("1") ? " input" : " inputs") + ", but " + source.inOneLine()
                        + " before it gives " + width + "; make it take " + width + ", or make the one before it give "
                        + expected);
            }
            source = layer.structure().least() != 0 ? layer : source;
            width = outputsAfter(layer.structure(), width);
        }
    }

    /** Whether its rows may have this number of features. */
    static boolean takes(Structure layer, int columns) {
        return layer.inputs() == 0 ? columns >= layer.least() : columns == layer.inputs();
    }

    /** The number of features that a row must have, in words: {@code 8}, or {@code at least 8}. */
    static String expects(Structure layer) {
        return (layer.inputs() == 0 ? "at least " : "") + layer.least();
    }

    /** The number of output columns for a width, 0 if unknown; 0 if the layer doesn't determine it either. */
    static int outputsAfter(Structure layer, int width) {
        int columns = layer.inputs() != 0 ? layer.inputs() : width != 0 ? width : layer.least();
        return columns == 0 ? 0 : layer.outputs(columns);
    }

    /** The layers' common type; null if none has one of its own. */
    static DataType commonType(String whole, List<Layer> layers) {
        String name = whole.toLowerCase(Locale.ROOT);
        DataType type = null;
        for (int i = 0; i < layers.size(); i++) {
            DataType own = layers.get(i).memory().type();
            if (own != null && type != null && own != type) {
                throw new IllegalArgumentException("layer " + (i + 1) + ", "
                        + layers.get(i).inOneLine() + ", "
                        + (layers.get(i).parameterCount() > 0 ? "has " + own + " parameters" : "computes in " + own)
                        + ", but those before it " + type
                        + "; build the " + name + " first, then convert it with f64(" + name + ")");
            }
            type = own == null ? type : own;
        }
        return type;
    }

    /** The first layer that determines the number of features, for messages: {@code layer 2, Dense(3 => 1),}. */
    static String entrance(Chain chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).structure().least() != 0) {
                String inner = chain.get(i).entrance();
                return "layer " + (i + 1) + ", " + inner + (inner.endsWith(",") ? "" : ",");
            }
        }
        return chain.inOneLine();
    }
}
