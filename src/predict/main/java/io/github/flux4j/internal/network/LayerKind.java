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
    CHAIN("chain", "layers names", LayerKind::none, ForwardPass::addAll),
    PARALLEL(
            "parallel",
            "join layers",
            LayerKind::none,
            (network, place) -> network.addBranches(
                    place, network.branches(place), place.settings().text("join"))),
    SKIP_CONNECTION("skipConnection", "join layers", LayerKind::none, (network, place) -> {
        List<ForwardPass> branches = network.branches(place);
        branches.add(network.branch(List.of()));
        network.addBranches(place, branches, place.settings().text("join"));
    }),
    MAXOUT(
            "maxout",
            "layers",
            LayerKind::none,
            (network, place) -> network.addBranches(place, network.branches(place), "max")),
    COLUMNS(
            "columns",
            "from to layers",
            LayerKind::none,
            (network, place) -> network.addColumns(
                    place, place.settings().count("from"), place.settings().size("to"))),
    DENSE("dense", "mode activation bias in out", LayerKind::product, ForwardPass::dense),
    EMBEDDING("embedding", "mode in out", LayerKind::product, ForwardPass::dense),
    PERIODIC("periodic", "mode in frequencies out", LayerKind::periodic, ForwardPass::periodic),
    SCALE(
            "scale",
            "mode activation bias size",
            layer -> weightAndBias(hasBias(layer), layer.size("size"), layer.size("size")),
            ForwardPass::scale),
    LAYER_NORM("layerNorm", "mode activation affine eps size", LayerKind::affine, ForwardPass::layerNorm),
    BATCH_NORM(
            "batchNorm",
            "mode activation affine eps size trackStats momentum",
            layer -> {
                Map<String, int[]> shapes = affine(layer);
                if (layer.flag("trackStats", true)) {
                    shapes.put("running_mean", new int[] {layer.size("size")});
                    shapes.put("running_var", new int[] {layer.size("size")});
                }
                return shapes;
            },
            ForwardPass::batchNorm),
    DROPOUT("dropout", "mode p dims", LayerKind::none, ForwardPass::nothing),
    ALPHA_DROPOUT("alphaDropout", "mode p", LayerKind::none, ForwardPass::nothing);

    private final String type;
    private final List<String> settings;
    private final Tensors tensors;
    private final Step step;

    LayerKind(String type, String settings, Tensors tensors, Step step) {
        this.type = type;
        this.settings = List.of(settings.split(" "));
        this.tensors = tensors;
        this.step = step;
    }

    /** The shapes of a layer's tensors, in order. */
    private interface Tensors {
        Map<String, int[]> of(JsonObject layer) throws ModelFileException;
    }

    /** Adds what a layer computes, without its activation. */
    private interface Step {
        void add(ForwardPass network, Place place) throws ModelFileException;
    }

    private static Map<String, int[]> none(JsonObject layer) {
        return new LinkedHashMap<>();
    }

    private static Map<String, int[]> product(JsonObject layer) throws ModelFileException {
        boolean hasBias = hasBias(layer) && of(layer) == DENSE;
        return weightAndBias(hasBias, layer.size("out"), layer.size("out"), layer.size("in"));
    }

    private static Map<String, int[]> periodic(JsonObject layer) throws ModelFileException {
        int in = layer.size("in");
        int frequencies = layer.size("frequencies");
        int numbers = (int) Math.min(Integer.MAX_VALUE, (long) in * layer.size("out")); // no tensor is as long
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("frequencies", new int[] {in, frequencies});
        shapes.put("phases", new int[] {in, frequencies});
        shapes.put("weight", new int[] {numbers, frequencies});
        shapes.put("bias", new int[] {numbers});
        return shapes;
    }

    private static Map<String, int[]> affine(JsonObject layer) throws ModelFileException {
        int size = layer.size("size");
        return layer.flag("affine", true) ? weightAndBias(true, size, size) : none(layer);
    }

    private static boolean hasBias(JsonObject layer) throws ModelFileException {
        return layer.flag("bias", true);
    }

    private static Map<String, int[]> weightAndBias(boolean hasBias, int out, int... weight) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("weight", weight);
        if (hasBias) {
            shapes.put("bias", new int[] {out});
        }
        return shapes;
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

    /** Throws unless the settings are those of the layer's type. */
    public static void requireSettings(JsonObject layer) throws ModelFileException {
        LayerKind kind = of(layer);
        if (kind == null) {
            requireActivation(layer);
        } else {
            layer.requireOnly(kind.settings.toArray(String[]::new));
            requireActivation(Activations.settings(layer));
            kind.requireNumbers(layer);
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

    private void requireNumbers(JsonObject layer) throws ModelFileException {
        if (layer.has("eps")) {
            layer.number("eps", 0, Double.MAX_VALUE);
        }
        if (layer.has("momentum")) {
            layer.number("momentum", 0, 1);
        }
        if (settings.contains("p")) {
            layer.number("p", 0, 1);
        }
        if (layer.has("dims") && layer.number("dims", -1, 1) != Math.rint(layer.number("dims"))) {
            throw layer.unknown("-1, 0 or 1", "dims");
        }
        if (this == COLUMNS && layer.size("to") <= layer.count("from")) {
            throw layer.unknown("more than from", "to");
        }
        if (this == SKIP_CONNECTION || this == COLUMNS && layer.has("layers")) {
            layer.list("layers", 1);
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
        return kind == null ? Map.of() : kind.tensors.of(layer);
    }

    /** Whether a layer is built of those that stand as its {@code layers}. */
    public static boolean hasLayers(JsonObject layer) throws ModelFileException {
        LayerKind kind = of(layer);
        return kind != null && kind.settings.contains("layers") && (kind != COLUMNS || layer.has("layers"));
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
            kind.step.add(network, place);
        }
    }
}
