package io.github.flux4j.internal.network;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.format.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds of layers that the format has: for each its settings, its tensors, and what it computes. A setting that a kind doesn't have, or a value
 * that none may have, is refused, since who drops it predicts something else. Of a type that isn't known, as that of a part of somebody's own,
 * nothing is said.
 */
public enum LayerKind {
    CHAIN("chain", "layers names") {
        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            for (Place inner : place.inner()) {
                network.add(inner);
            }
        }
    },
    PARALLEL("parallel", "join layers") {
        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.addBranches(place, network.branches(place), place.settings().text("join"));
        }
    },
    SKIP_CONNECTION("skipConnection", "join layers") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            layer.list("layers", 1);
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            List<ForwardPass> branches = network.branches(place);
            branches.add(network.branch(List.of()));
            network.addBranches(place, branches, place.settings().text("join"));
        }
    },
    MAXOUT("maxout", "layers") {
        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.addBranches(place, network.branches(place), "max");
        }
    },
    COLUMNS("columns", "from to layers") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            layer.number("to", layer.count("from") + 1, Integer.MAX_VALUE);
            layer.size("to");
            if (layer.has("layers")) {
                layer.list("layers", 1);
            }
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.addColumns(
                    place, place.settings().count("from"), place.settings().size("to"));
        }
    },
    DENSE("dense", "mode activation bias in out") {
        @Override
        Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
            int out = layer.size("out");
            return weightAndBias(layer.flag("bias", true), out, out, layer.size("in"));
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.dense(place, place.settings().size("in"), place.settings().size("out"));
        }
    },
    EMBEDDING("embedding", "mode in out") {
        @Override
        Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
            return weightAndBias(false, 0, layer.size("out"), layer.size("in"));
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            DENSE.add(network, place);
        }
    },
    SCALE("scale", "mode activation bias size") {
        @Override
        Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
            return weightAndBias(layer.flag("bias", true), layer.size("size"), layer.size("size"));
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.scale(place, network.width(place));
        }
    },
    LAYER_NORM("layerNorm", "mode activation affine eps size") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            requireNumber(layer, "eps", Double.MAX_VALUE);
        }

        @Override
        Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
            return affine(layer);
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.layerNorm(place, network.width(place));
        }
    },
    BATCH_NORM("batchNorm", "mode activation affine eps size trackStats momentum") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            requireNumber(layer, "eps", Double.MAX_VALUE);
            requireNumber(layer, "momentum", 1);
        }

        @Override
        Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
            Map<String, int[]> shapes = affine(layer);
            if (layer.flag("trackStats", true)) {
                shapes.put("running_mean", new int[] {layer.size("size")});
                shapes.put("running_var", new int[] {layer.size("size")});
            }
            return shapes;
        }

        @Override
        void add(ForwardPass network, Place place) throws ModelFileException {
            network.batchNorm(place, network.width(place));
        }
    },
    DROPOUT("dropout", "mode p dims") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            layer.number("p", 0, 1);
            if (layer.has("dims") && layer.number("dims", -1, 1) != Math.rint(layer.number("dims"))) {
                throw layer.unknown("-1, 0 or 1", "dims");
            }
        }
    },
    ALPHA_DROPOUT("alphaDropout", "mode p") {
        @Override
        void require(JsonObject layer) throws ModelFileException {
            layer.number("p", 0, 1);
        }
    };

    private final String type;
    private final String[] settings;

    LayerKind(String type, String settings) {
        this.type = type;
        this.settings = settings.split(" ");
    }

    /** Null for a type that isn't known as a layer with settings of its own. */
    private static LayerKind of(JsonObject layer) throws ModelFileException {
        String type = layer.text("type");
        for (LayerKind kind : values()) {
            if (kind.type.equals(type)) {
                return kind;
            }
        }
        return null;
    }

    /** Whether it is built of other layers. */
    private boolean hasLayers() {
        return settings[settings.length - 1].equals("layers") || this == CHAIN;
    }

    /** Throws unless a number that may be missing is from 0 to that. */
    static void requireNumber(JsonObject layer, String key, double high) throws ModelFileException {
        if (layer.has(key)) {
            layer.number(key, 0, high);
        }
    }

    /** Throws unless the numbers among the settings are those of the kind. */
    void require(JsonObject layer) throws ModelFileException {}

    /** The shapes of its tensors, in order. */
    Map<String, int[]> tensors(JsonObject layer) throws ModelFileException {
        return new LinkedHashMap<>();
    }

    /** Adds what it computes; in testing a layer that only drops computes nothing. */
    void add(ForwardPass network, Place place) throws ModelFileException {}

    static Map<String, int[]> weightAndBias(boolean hasBias, int out, int... weight) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("weight", weight);
        if (hasBias) {
            shapes.put("bias", new int[] {out});
        }
        return shapes;
    }

    static Map<String, int[]> affine(JsonObject layer) throws ModelFileException {
        int size = layer.size("size");
        return layer.flag("affine", true) ? weightAndBias(true, size, size) : new LinkedHashMap<>();
    }

    /** Throws unless the settings are those of the layer's type. */
    public static void requireSettings(JsonObject layer) throws ModelFileException {
        LayerKind kind = of(layer);
        if (kind == null) {
            requireActivation(layer);
        } else {
            layer.requireOnly(kind.settings);
            requireActivation(Activations.settings(layer));
            kind.require(layer);
        }
        if (!layer.text("mode", "auto").matches("auto|train|test")) {
            throw layer.unknown("train or test", "mode");
        }
    }

    private static void requireActivation(JsonObject activation) throws ModelFileException {
        if (Activations.named(activation) != null) {
            activation.requireOnly(Activations.numbers(activation.text("type")).split(" "));
        }
    }

    /** The layer, its activation or its join, if that is of a type that the format doesn't have; else null. */
    public static JsonObject unknown(JsonObject layer) throws ModelFileException {
        if (of(layer) == null) {
            return Activations.named(layer) == null ? layer : null;
        }
        JsonObject activation = Activations.settings(layer);
        if (Activations.named(activation) == null) {
            return activation;
        }
        return layer.has("join") && !Joins.NAMES.contains(layer.text("join"))
                ? new JsonObject("the join of " + layer.where(), Map.of("type", layer.text("join")))
                : null;
    }

    /** The shapes of a layer's tensors, in order; of one that isn't known here none. */
    public static Map<String, int[]> tensorsOf(JsonObject layer) throws ModelFileException {
        LayerKind kind = of(layer);
        return kind == null ? Map.of() : kind.tensors(layer);
    }

    /** Whether a layer is built of those that stand as its {@code layers}. */
    public static boolean hasLayers(JsonObject layer) throws ModelFileException {
        LayerKind kind = of(layer);
        return kind != null && kind.hasLayers() && (kind != COLUMNS || layer.has("layers"));
    }

    /** Whether a layer is a chain, where an activation counts as a place. */
    public static boolean isChain(JsonObject layer) throws ModelFileException {
        return of(layer) == CHAIN;
    }

    /** Adds what a layer computes, without its activation. */
    static void addTo(ForwardPass network, Place place) throws ModelFileException {
        LayerKind kind = of(place.settings());
        if (kind == null) {
            network.addPointwise(Activations.named(place.settings()));
        } else {
            kind.add(network, place);
        }
    }
}
