package io.github.flux4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.model.NetworkLayout;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names and shapes of tensors: what PyTorch's state_dict of the same layers in nn.Sequential has, written down by hand. */
class NetworkLayoutTest {

    private static Map<String, Object> chain(Object... layers) {
        return Map.of("type", "chain", "layers", List.of(layers));
    }

    private static Map<String, Object> named(List<String> names, Object... layers) {
        return Map.of("type", "chain", "names", names, "layers", List.of(layers));
    }

    private static Map<String, Object> of(String type) {
        return switch (type) {
            case "dropout" -> Map.of("type", type, "p", 0.5);
            case "tanh" -> Map.of("type", type);
            default -> Map.of("type", type, "size", 3);
        };
    }

    private static Map<String, Object> dense(int in, int out, String activation) {
        return SampleFiles.dense(in, out, activation);
    }

    private static String tensors(Object... networks) {
        return SampleFiles.structure(SampleFiles.document(networks)).tensors().entrySet().stream()
                .map(tensor -> tensor.getKey() + Arrays.toString(tensor.getValue()))
                .collect(Collectors.joining(" "));
    }

    @Test
    void anActivationIsAPlaceOfItsOwn() {
        assertThat(tensors(chain(dense(8, 64, "relu"), dense(64, 1, "identity"))))
                .isEqualTo("0.weight[64, 8] 0.bias[64] 2.weight[1, 64] 2.bias[1]");
        assertThat(tensors(chain(dense(8, 4, "identity"), of("tanh"), of("dropout"), dense(4, 1, "softmax"))))
                .isEqualTo("0.weight[4, 8] 0.bias[4] 3.weight[1, 4] 3.bias[1]");
    }

    @Test
    void aLayerInNoChainHasNoNumber() {
        assertThat(tensors(dense(2, 1, "relu"))).isEqualTo("weight[1, 2] bias[1]");
        assertThat(tensors(of("tanh"))).isEmpty();
    }

    @Test
    void everyLayerHasItsTensors() {
        assertThat(tensors(chain(of("scale"), of("layerNorm"), of("batchNorm"))))
                .isEqualTo(
                        "0.weight[3] 0.bias[3] 1.weight[3] 1.bias[3] 2.weight[3] 2.bias[3] 2.running_mean[3] 2.running_var[3]");
        assertThat(tensors(chain(
                        Map.of("type", "dense", "in", 2, "out", 3, "bias", false),
                        Map.of("type", "scale", "size", 3, "bias", false),
                        Map.of("type", "layerNorm", "size", 3, "affine", false),
                        Map.of("type", "batchNorm", "size", 3, "affine", false),
                        Map.of("type", "batchNorm", "size", 3, "trackStats", false))))
                .isEqualTo("0.weight[3, 2] 1.weight[3] 3.running_mean[3] 3.running_var[3] 4.weight[3] 4.bias[3]");
    }

    @Test
    void chainsWithinChainsArePathsAndNamesAreNames() {
        assertThat(tensors(chain(of("scale"), chain(dense(3, 3, "relu"), of("scale")), of("scale"))))
                .isEqualTo(
                        "0.weight[3] 0.bias[3] 1.0.weight[3, 3] 1.0.bias[3] 1.2.weight[3] 1.2.bias[3] 2.weight[3] 2.bias[3]");
        assertThat(tensors(named(List.of("encoder", "decoder"), dense(4, 2, "relu"), dense(2, 4, "identity"))))
                .isEqualTo("encoder.weight[2, 4] encoder.bias[2] decoder.weight[4, 2] decoder.bias[4]");
    }

    @Test
    void ofSeveralNetworksTheNumberComesFirst() {
        assertThat(tensors(chain(of("scale")), of("scale")))
                .isEqualTo("0.0.weight[3] 0.0.bias[3] 1.weight[3] 1.bias[3]");
    }

    @Test
    void namesThatWouldBeAmbiguousAreRefused() {
        assertRefused("no dot", named(List.of("a.b"), of("scale")));
        assertRefused("1 to 256 letters", named(List.of(""), of("scale")));
        assertRefused("1 to 256 letters", named(List.of("x".repeat(257)), of("scale")));
        assertRefused("as many names or none", named(List.of("a"), of("scale"), of("scale")));
        assertRefused("different names", named(List.of("a", "a"), of("scale"), of("scale")));
        assertRefused("none of them \"layers\"", named(List.of("layers"), of("scale")));
        String longest = "x".repeat(256);
        assertThat(tensors(named(List.of(longest), of("scale"))))
                .isEqualTo(longest + ".weight[3] " + longest + ".bias[3]");
    }

    @Test
    void aSectionTakesNoNameOfALayer() {
        Map<String, Object> document = SampleFiles.document(named(List.of("heldout"), of("scale")));
        document.put("sections", List.of("heldout"));
        assertRefused("name of a section", document);
        document.put("sections", List.of("0"));
        assertRefused("2 to 32 lower-case letters", document);
    }

    @Test
    void whatIsNoStructureIsRefused() {
        assertRefused("\"networks\" of the model must be a list of at most", Map.of("kind", "model"));
        assertRefused("network 0 must be an object, but is 1.0", Map.of("networks", List.of(1)));
        assertRefused("\"type\" of network 0", Map.of());
        assertRefused("\"layers\" of network 0", Map.of("type", "chain"));
        assertRefused("\"in\" of network 0 must be a whole number from 1 on, but is 0.0", dense(0, 1, "relu"));
        assertRefused("\"out\"", Map.of("type", "dense", "in", 1, "out", 1.5));
        assertRefused("\"in\"", Map.of("type", "dense", "in", 3e9, "out", 1));
        assertRefused("true or false", Map.of("type", "scale", "size", 1, "bias", "no"));
        assertRefused("network 0 has no layers", chain());
        assertRefused("layer 2 of network 0 must be an object, but is 5.0", chain(of("scale"), 5));
        assertRefused("\"colour\", which this version", Map.of("type", "scale", "size", 3, "colour", 1));
        Object ofHalf = chain(Collections.nCopies(128, of("scale")).toArray());
        assertThat(tensors(chain(ofHalf, ofHalf)).split(" ")).hasSize(512);
        Map<String, Object> half = SampleFiles.document(of("scale"));
        half.put("type", "float16");
        assertRefused("must be float32 or float64", half);
        assertRefused(
                "at most 256 layers",
                chain(
                        chain(Collections.nCopies(200, of("tanh")).toArray()),
                        chain(Collections.nCopies(57, of("tanh")).toArray())));
    }

    private static void assertRefused(String message, Map<String, Object> documentOrNetwork) {
        Map<String, Object> document =
                documentOrNetwork.containsKey("networks") || documentOrNetwork.containsKey("kind")
                        ? documentOrNetwork
                        : SampleFiles.document(documentOrNetwork);
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> NetworkLayout.of(Json.readObject(JsonText.write(document))))
                .withMessageContaining(message);
    }
}
