package io.github.flux4j.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files: what is written is read, and nothing else is read. */
class ModelFileTest {

    @TempDir
    private Path folder;

    private final ModelFile model = SampleFiles.small();
    private final byte[] bytes = SampleFiles.bytes(model);

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("model.flux4j");
        ModelWriter.write(model, file);

        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertSame(ModelFile.read(file), model);
        try (InputStream stream = Files.newInputStream(file)) {
            assertSame(ModelFile.read(stream), model);
        }
    }

    static void assertSame(ModelFile read, ModelFile written) {
        assertThat(read.document()).isEqualTo(written.document());
        assertThat(read.tensors().keySet()).isEqualTo(written.tensors().keySet());
        read.tensors().forEach((name, tensor) -> {
            assertThat(tensor.floats()).isEqualTo(written.tensors().get(name).floats());
            assertThat(tensor.shape()).isEqualTo(written.tensors().get(name).shape());
        });
    }

    /** By the published description of safetensors and this library's, with another JSON reader and nothing of what wrote it. */
    @Test
    void theBytesAreThoseOfTheDocumentedLayout() throws Exception {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(in.getLong());
        JsonObject header =
                JsonParser.parseString(new String(bytes, 8, length, UTF_8)).getAsJsonObject();
        JsonObject texts = header.getAsJsonObject("__metadata__");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(texts.get("flux4j").getAsString().getBytes(UTF_8));
        digest.update(bytes, 8 + length, bytes.length - 8 - length);

        assertThat(length % 8).isZero();
        assertThat(texts.get("format").getAsString()).isEqualTo("flux4j");
        assertThat(texts.get("flux4j.schema").getAsString()).isEqualTo("1");
        assertThat(texts.get("sha256").getAsString()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        assertThat(header.getAsJsonObject("0.weight"))
                .hasToString("{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]}");
        assertThat(header.keySet())
                .containsExactly(
                        "__metadata__",
                        "0.weight",
                        "0.bias",
                        "2.0.weight",
                        "2.0.bias",
                        "2.0.running_mean",
                        "2.0.running_var",
                        "2.1.weight",
                        "2.1.bias",
                        "3.weight",
                        "3.bias",
                        "4.weight",
                        "4.bias");
        float first = in.position(8 + length).getFloat();
        assertThat(first).isEqualTo(model.tensors().get("0.weight").floats()[0]);
        int end = header.getAsJsonObject("4.bias")
                .getAsJsonArray("data_offsets")
                .get(1)
                .getAsInt();
        assertThat(8 + length + end).isEqualTo(bytes.length);
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertRefused(() -> SampleFiles.read(cut), "expected");
        }
    }

    @Test
    void aFileWithABitChangedIsRefusedOrMeansTheSame() {
        int same = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            same += Mutations.isSameOrRefused(changed, model) ? 1 : 0;
        }
        assertThat(same).as("spaces of the padding").isLessThan(8);
    }

    @Test
    void aFileWithSomethingAppendedIsRefused() {
        assertRefused(
                () -> SampleFiles.read(Arrays.copyOf(bytes, bytes.length + 1)),
                "something was appended",
                "copy it again");
    }

    @Test
    void aChangedNumberIsFoundByTheChecksum() {
        bytes[bytes.length - 4] ^= 1;
        assertRefused(() -> SampleFiles.read(bytes), "checksum", "changed or damaged", "copy it again");
    }

    @Test
    void aForeignFileIsRefusedWithTheWordThatReadsIt() {
        byte[] foreign = SampleFiles.bytes(new SafeTensors(Map.of("format", "pt"), model.tensors()));
        assertRefused(() -> SampleFiles.read(foreign), "saved by flux4j", "\"pt\"", "SafeTensors.read");
        byte[] bare = SampleFiles.bytes(new SafeTensors(Map.of(), model.tensors()));
        assertRefused(() -> SampleFiles.read(bare), "saved by flux4j", "no format");
        assertRefused(() -> SampleFiles.read("PK\3\4 a zip of DL4J's, say".getBytes(UTF_8)), "another kind");
    }

    @Test
    void aNewerFormIsRefusedWithTheVersionThatWroteIt() {
        assertRefused(
                () -> SampleFiles.read(with("flux4j.schema", "2")),
                "written by flux4j 0.1.0 in format version 2",
                "update flux4j to read it");
        assertRefused(() -> SampleFiles.read(with("flux4j.schema", "one")), "\"one\"", "copy the file again");
        assertRefused(() -> SampleFiles.read(with("flux4j", "{]")), "valid JSON");
        assertRefused(() -> SampleFiles.read(with("sha256", "0")), "checksum");
    }

    private byte[] with(String key, String text) {
        Map<String, String> texts =
                new LinkedHashMap<>(ModelWriter.safeTensors(model).metadata());
        texts.put(key, text);
        return SampleFiles.bytes(new SafeTensors(texts, model.tensors()));
    }

    @Test
    void unknownKeysAreKeptAndIgnored() throws IOException {
        Map<String, Object> document = SampleFiles.document(SampleFiles.dense(1, 1, "relu"));
        document.put("new in the next version", List.of(1, true, "x", Map.of()));
        ModelFile file = SampleFiles.ofDocument(document);

        assertThat(SampleFiles.read(SampleFiles.bytes(file)).document().get("new in the next version"))
                .isEqualTo(List.of(1.0, true, "x", Map.of()));
    }

    @Test
    void theTensorsAreThoseOfTheStructureAndOfItsSections() throws IOException {
        Map<String, Object> document = SampleFiles.document(SampleFiles.dense(1, 1, "relu"));
        Map<String, Tensor> tensors = new LinkedHashMap<>(SampleFiles.tensors(document));
        tensors.put("optimiser.0.m", Tensor.of(new double[] {1, 2}, 2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelWriter.file(document, tensors))
                .withMessageContaining("\"optimiser.0.m\" belongs to no layer and no section");
        document.put("sections", List.of("optimiser"));
        ModelFile read = SampleFiles.read(SampleFiles.bytes(ModelWriter.file(document, tensors)));
        assertThat(read.tensors().get("optimiser.0.m").doubles()).containsExactly(1, 2);
    }

    @Test
    void aTensorThatIsMissingOrOfAnotherShapeOrTypeIsRefused() {
        Map<String, Object> document = SampleFiles.document(SampleFiles.dense(2, 1, "relu"));
        Tensor bias = Tensor.of(new float[1], 1);
        assertMisfit(document, Map.of("weight", Tensor.of(new float[2], 1, 2)), "\"bias\"", "the file has none");
        assertMisfit(
                document, Map.of("weight", Tensor.of(new float[2], 2, 1), "bias", bias), "shape [1, 2]", "F32[2, 1]");
        assertMisfit(document, Map.of("weight", Tensor.of(new double[2], 1, 2), "bias", bias), "type F32", "F64[1, 2]");
    }

    private static void assertMisfit(Map<String, Object> document, Map<String, Tensor> tensors, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelWriter.file(document, tensors))
                .withMessageContainingAll(parts);
    }

    @Test
    void numbersThatAreNotFiniteAreNeitherWrittenNorRead() {
        float[] values = {1, Float.NaN};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleFiles.bytes(new SafeTensors(Map.of(), Map.of("w", Tensor.of(values, 2)))))
                .withMessageContainingAll("element 1 of \"w\"", "did not diverge");
        byte[] file = SampleFiles.bytes(new SafeTensors(Map.of(), Map.of("w", Tensor.of(new float[2], 2))));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, Float.POSITIVE_INFINITY);
        assertRefused(
                () -> SafeTensors.read(new java.io.ByteArrayInputStream(file)), "finite", "element 1 of tensor \"w\"");
    }

    @Test
    void whatIsNoFileIsRefusedByItsPath() {
        assertRefused(() -> ModelFile.read(folder), folder.toString(), "is a folder; name the file in it");
        assertRefused(
                () -> ModelFile.read(folder.resolve("absent")), "absent", "there is no such file; check the path");
        assertRefused(() -> ModelFile.read(Path.of("/dev/zero")), "/dev/zero", "read it as a stream");
        assertThatNullPointerException()
                .isThrownBy(() -> ModelFile.read(ModelFileTest.class.getResourceAsStream("absent")))
                .withMessageContaining("class path");
    }

    static void assertRefused(ThrowingCallable reading, String... parts) {
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(reading)
                .withMessageContainingAll(parts)
                .withMessageNotContaining("\n");
    }
}
