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
 * The layers that a model file's JSON describes, and their tensors' names, as in PyTorch's {@code nn.Sequential} of the same layers. There an activation counts
 * as a layer, so chain(dense(8, 64, relu), dense(64, 1)) has {@code 0.weight}, {@code 0.bias}, {@code 2.weight} and {@code 2.bias}.
 *
 * <p>A named chain's layers use their names, nested chains use paths such as {@code 1.0.weight}, and a layer outside of a chain has {@code weight}. With
 * several networks, the network's number comes first. The JSON's {@code sections} name further content: {@code "sections": ["optimiser"]} allows tensors called
 * {@code optimiser.…}, for readers that know what an optimiser is. Immutable.
 */
public final class NetworkLayout {

    /** The most networks of a model. */
    private static final int NETWORKS = 256;

    /** The most layers of a network. */
    private static final int LAYERS = 256;

    /** The most characters of a layer's name. */
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
     * Makes the layout of a document.
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
            require(
                    section.matches(SECTION),
                    "a section's name must have 2 to 32 lower-case letters, but is " + shown(section));
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
                "a chain of " + count + " layers must have as many names or none, but has " + names.size());
        require(
                new HashSet<>(names).size() == names.size() && !names.contains("layers"),
                "layers must have different names, none of them \"layers\", but " + chain.where() + " has " + names);
        for (String name : names) {
            require(
                    !name.isEmpty() && name.length() <= NAME && name.indexOf('.') < 0,
                    "a layer's name in a file must have 1 to " + NAME
                            + " letters and no dot, which would make paths ambiguous, but " + shown(name)
                            + " breaks that rule; build the chain with another name");
        }
        return names;
    }

    private void add(Place network) throws ModelFileException {
        networks.add(network);
        List<Place> leaves = network.leaves();
        require(leaves.size() <= LAYERS, "a network has at most " + LAYERS + " layers, but this one has more");
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

    /** Each network, with the layers within. */
    public List<Place> networks() {
        return List.copyOf(networks);
    }

    /** The tensors by name with their shapes, in the order of the layers: weight, bias, then running statistics. */
    public Map<String, int[]> tensors() {
        return new LinkedHashMap<>(shapes);
    }

    /** F32 or F64, the type of all the layers' tensors. */
    public Tensor.Type type() {
        return type;
    }

    private boolean isOfSection(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && sections.contains(name.substring(0, dot));
    }

    /** Throws unless these are exactly the tensors that the layers and sections name, with their shapes. */
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
     * Throws if a layer or an activation has a type that is neither the format's nor one of the reader's parts.
     *
     * @param own the names of the reader's own parts
     */
    public void requireKnown(Set<String> own) throws ModelFileException {
        for (Place network : networks) {
            for (Place place : network.all().toList()) {
                JsonObject unknown = LayerKind.unknown(place.settings());
                if (unknown != null && !own.contains(unknown.text("type"))) {
                    throw unknown.unknown(
                            "a known layer, activation or join, or one of the parts passed to load", "type");
                }
            }
        }
    }
}
