package io.github.flux4j.internal.model;

import static io.github.flux4j.format.ModelFileException.shown;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.network.LayerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers that a model file's JSON describes, and what their tensors are called: as in PyTorch's {@code nn.Sequential} of the same layers,
 * where an activation is a place of its own, so that chain(dense(8, 64, relu), dense(64, 1)) has {@code 0.weight}, {@code 0.bias},
 * {@code 2.weight} and {@code 2.bias}. A named chain's layers go by their names, chains within chains by paths such as
 * {@code 1.0.weight}, a layer that is in no chain has {@code weight}; where there are several networks, the network's number comes first.
 *
 * <p>The JSON's {@code sections} name what else a file has: tensors called {@code optimiser.…} in one with {@code "sections":
 * ["optimiser"]} are left to those who know what an optimiser is.
 *
 * <p>Immutable; for any thread.
 */
public final class NetworkLayout {

    /** Networks of a model. */
    private static final int NETWORKS = 256;

    /** Layers of a network. */
    private static final int LAYERS = 256;

    /** Letters of a layer's name. */
    private static final int NAME = 256;

    private static final String SECTION = "[a-z]{2,32}";

    private final List<Place> networks = new ArrayList<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Set<String> sections;
    private final Tensor.Type type;

    private NetworkLayout(Set<String> sections, Tensor.Type type) {
        this.sections = sections;
        this.type = type;
    }

    /**
     * Of a document.
     *
     * @throws ModelFileException if it describes no networks, or more than a file may have
     */
    public static NetworkLayout of(Map<String, Object> document) throws ModelFileException {
        JsonObject settings = new JsonObject("the model", document);
        NetworkLayout structure = new NetworkLayout(sections(settings), type(settings));
        List<?> networks = settings.list("networks", NETWORKS);
        for (int i = 0; i < networks.size(); i++) {
            structure.add(place(networks.size() == 1 ? "" : i + ".", JsonObject.of("network " + i, networks.get(i))));
        }
        return structure;
    }

    private static Tensor.Type type(JsonObject settings) throws ModelFileException {
        String type = settings.text("type", "float32");
        if (!type.equals("float32") && !type.equals("float64")) {
            throw settings.unknown("float32 or float64", "type");
        }
        return type.equals("float32") ? Tensor.Type.F32 : Tensor.Type.F64;
    }

    private static Set<String> sections(JsonObject settings) throws ModelFileException {
        List<String> sections = settings.list("sections", NETWORKS, String.class);
        for (String section : sections) {
            require(section.matches(SECTION), "a section's name has two to 32 small letters, not " + shown(section));
        }
        return Set.copyOf(new HashSet<>(sections));
    }

    private static void require(boolean condition, String what) throws ModelFileException {
        if (!condition) {
            throw new ModelFileException(what);
        }
    }

    private static Place place(String path, JsonObject layer) throws ModelFileException {
        LayerKind.requireSettings(layer);
        List<Place> inner = new ArrayList<>();
        if (!LayerKind.hasLayers(layer)) {
            return new Place(path, layer, inner);
        }
        List<?> layers = layer.list("layers", LAYERS);
        require(!layers.isEmpty(), layer.where() + " has no layers");
        boolean isChain = LayerKind.isChain(layer);
        List<String> names = isChain ? names(layer, layers.size()) : List.of();
        int at = 0;
        for (int i = 0; i < layers.size(); i++) {
            JsonObject next = JsonObject.of("layer " + (i + 1) + " of " + layer.where(), layers.get(i));
            inner.add(place(path + (names.isEmpty() ? String.valueOf(at) : names.get(i)) + ".", next));
            at += isChain && hasActivation(next) ? 2 : 1;
        }
        return new Place(path, layer, inner);
    }

    private static boolean hasActivation(JsonObject layer) {
        return layer.has("activation") && !"identity".equals(layer.values().get("activation"));
    }

    private static List<String> names(JsonObject chain, int count) throws ModelFileException {
        List<String> names = chain.list("names", LAYERS, String.class);
        require(
                names.isEmpty() || names.size() == count,
                "a chain of " + count + " layers has as many names or none, but " + names.size() + " are there");
        require(
                new HashSet<>(names).size() == names.size() && !names.contains("layers"),
                "layers have different names, none of them layers, but " + chain.where() + " has " + names);
        for (String name : names) {
            require(
                    !name.isEmpty() && name.length() <= NAME && name.indexOf('.') < 0,
                    "a layer's name in a file has 1 to " + NAME
                            + " letters and no dot, which would make paths ambiguous, but " + shown(name)
                            + " is none; build the chain with another name");
        }
        return names;
    }

    private void add(Place network) throws ModelFileException {
        networks.add(network);
        List<Place> leaves = network.leaves();
        require(leaves.size() <= LAYERS, "a network has at most " + LAYERS + " layers, but this one more");
        for (Place place : leaves) {
            for (Map.Entry<String, int[]> tensor :
                    LayerKind.tensorsOf(place.settings()).entrySet()) {
                String name = place.tensor(tensor.getKey());
                shapes.put(name, tensor.getValue());
                require(
                        !isOfSection(name),
                        "tensor " + shown(name) + " of a layer has the name of a section of the file");
            }
        }
        require(
                shapes.size() <= Header.MOST_TENSORS,
                "a file has at most " + Header.MOST_TENSORS + " tensors, but these layers have more");
    }

    /** Each network, with the layers that it is built of. */
    public List<Place> networks() {
        return List.copyOf(networks);
    }

    /** The tensors by name with their shapes, in the order of the layers: weight, bias, then running statistics. */
    public Map<String, int[]> tensors() {
        return new LinkedHashMap<>(shapes);
    }

    /** F32 or F64: that of all the layers' tensors. */
    public Tensor.Type type() {
        return type;
    }

    private boolean isOfSection(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && sections.contains(name.substring(0, dot));
    }

    /** Throws unless these are exactly the tensors that the layers and sections name, of their shapes. */
    void requireTensors(Map<String, Header.Entry> entries) throws ModelFileException {
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            Header.Entry entry = entries.get(tensor.getKey());
            require(
                    entry != null && entry.hasShape(tensor.getValue()) && entry.type() == type,
                    "the layers need a tensor " + shown(tensor.getKey()) + " of type " + type + " and shape "
                            + Arrays.toString(tensor.getValue())
                            + ", but the file has " + (entry == null ? "none" : entry)
                            + "; it was not written by flux4j");
        }
        for (String name : entries.keySet()) {
            if (!shapes.containsKey(name) && !isOfSection(name)) {
                requireKnown(Set.of()); // whose it may be
                throw ModelFileException.foreign(
                        "tensor " + shown(name) + " belongs to no layer and no section of the file");
            }
        }
    }

    /**
     * Throws if a layer or an activation is of a type that neither the format has nor the reader.
     *
     * @param own the names of the reader's own parts
     */
    public void requireKnown(Set<String> own) throws ModelFileException {
        for (Place network : networks) {
            for (Place place : network.all().toList()) {
                JsonObject unknown = LayerKind.unknown(place.settings());
                if (unknown != null && !own.contains(unknown.text("type"))) {
                    throw unknown.unknown(
                            "a layer, activation or join that is known, or one of the parts given to load,", "type");
                }
            }
        }
    }
}
