package io.github.flux4j.predict;

import static io.github.flux4j.predict.ModelFileTest.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.format.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of others, written byte by byte, among them those that claim what isn't there. */
class SafeTensorsTest {

    /** Eight bytes of numbers follow. */
    private static SafeTensors read(String header) throws IOException {
        return read(header, 8);
    }

    private static SafeTensors read(String header, int size) throws IOException {
        return SafeTensors.read(new ByteArrayInputStream(file(header, size)));
    }

    private static byte[] file(String header, int size) {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + size).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (int i = 0; file.remaining() >= 4; i++) {
            file.putFloat(i + 1);
        }
        return file.array();
    }

    private static String tensor(String type, String shape, long begin, long end) {
        return "{\"w\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end
                + "]}}";
    }

    @Test
    void readsTensorsOfOthersInAnyOrderOfKeys() throws IOException {
        SafeTensors file = read("""
                {"b": {"data_offsets": [12, 20], "dtype": "F64", "shape": []},
                 "__metadata__": {"format": "pt"},
                 "a": {"shape": [1, 3], "dtype": "F32", "data_offsets": [0, 12]},
                 "empty": {"shape": [0, 7], "dtype": "F32", "data_offsets": [12, 12]},
                 "num_batches_tracked": {"shape": [], "dtype": "I64", "data_offsets": [20, 28]}}""", 28);

        assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(file.tensors().keySet()).containsExactly("b", "a", "empty", "num_batches_tracked");
        assertThat(file.tensors().get("a").floats()).containsExactly(1, 2, 3);
        assertThat(file.tensors().get("a").shape()).containsExactly(1, 3);
        assertThat(file.tensors().get("empty").length()).isZero();
        assertThat(file.tensors().get("num_batches_tracked").type()).isEqualTo(Tensor.Type.I64);
        assertThat(file.tensors().get("b")).hasToString("F64[]");
    }

    /** Longer than the pieces in which files are read, by a part of one. */
    @Test
    void longTensorsAreReadWhole() throws IOException {
        float[] numbers = new float[50_001];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        Map<String, Tensor> tensors = Map.of("w", Tensor.of(numbers, numbers.length));
        byte[] bytes = SampleFiles.bytes(new SafeTensors(Map.of(), tensors));

        assertThat(SafeTensors.read(new ByteArrayInputStream(bytes))
                        .tensors()
                        .get("w")
                        .floats())
                .isEqualTo(numbers);
    }

    @Test
    void wideNumbersLieFirstSoThatAllAreAligned() throws IOException {
        Map<String, Tensor> tensors = new java.util.LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[] {1}, 1));
        tensors.put("b", Tensor.of(new double[] {2, 3}, 2));
        tensors.put("c", Tensor.of(new long[] {4}));
        byte[] bytes = SampleFiles.bytes(new SafeTensors(Map.of(), tensors));
        SafeTensors read = SafeTensors.read(new ByteArrayInputStream(bytes));

        assertThat(read.tensors().keySet()).containsExactly("b", "c", "a");
        assertThat(read.tensors().get("b").doubles()).containsExactly(2, 3);
        assertThat(read.tensors().get("c").doubles()).containsExactly(4);
        assertThat(read.tensors().get("a").doubles()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F32 | [2]                            | 0 | 16 | claims bytes",
                "F32 | [4]                            | 0 | 8  | claims bytes",
                "F32 | [2]                            | 8 | 0  | claims bytes",
                "F32 | [2147483648, 2147483648, 4]    | 0 | 8  | claims bytes",
                "F32 | [4294967296, 4294967296]       | 0 | 8  | claims bytes",
                "F32 | [2147483647, 2147483647, 2147483647] | 0 | 8 | claims bytes",
                "F32 | [2]                            | 4 | 12 | begins at byte 4, but 0 is the next free one",
                "F32 | [500000000]                    | 0 | 2000000000 | expected tensors of 2000000000 bytes, but only 8 follow",
                "F32 | [1]                            | 0 | 4  | something was appended",
                "F32 | [1,1,1,1,1,1,1,1,2]            | 0 | 8  | more than 8 numbers",
                "F32 | [-2]                           | 0 | 8  | no whole number",
                "F32 | [2.0]                          | 0 | 8  | no whole number",
                "F32 | [2e0]                          | 0 | 8  | no whole number",
                "F32 | ['2']                          | 0 | 8  | no whole number",
                "F32 | 2                              | 0 | 8  | valid JSON",
                "F16 | [4]                            | 0 | 8  | in PyTorch with tensor.float()"
            })
    void whatClaimsOtherSizesThanTheFileHasIsRefused(String type, String shape, long begin, long end, String message) {
        assertRefused(() -> read(tensor(type, shape.replace('\'', '"'), begin, end)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                       | expected tensors of 0 bytes",
                "[]                                                       | doesn't begin with {",
                "{'w':1}                                                  | valid JSON",
                "{'w':{}}                                                 | lacks its dtype",
                "{'w':{'dtype':'F32','dtype':'F32'}}                      | second \"dtype\"",
                "{'w':{'shape':[1],'shape':[1]}}                          | second \"shape\"",
                "{'w':{'strange':[1]}}                                    | unexpected or second \"strange\"",
                "{'__metadata__':{'a':1}}                                 | no text",
                "{'__metadata__':{'a':'b','a':'b'}}                       | \"a\" is there twice",
                "{'__metadata__':{'a':'b'},'__metadata__':{'a':'b'}}      | \"__metadata__\" is there twice",
                "{'w':{'shape':[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]}} | no whole number",
                "{} {}                                                    | valid JSON",
                "{'w':                                                    | valid JSON",
            })
    void whatIsNoHeaderIsRefused(String header, String message) {
        assertRefused(() -> read(header.replace('\'', '"')), message);
    }

    @Test
    void aTensorNamedTwiceIsRefused() {
        String twice = "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
        assertRefused(() -> read("{" + twice + "," + twice + "}"), "\"w\" is there twice");
    }

    @Test
    void badUnicodeIsRefused() {
        byte[] file = file("{\"é\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        file[8 + 3] = '"';
        assertRefused(() -> SafeTensors.read(new ByteArrayInputStream(file)), "valid JSON");
    }

    @Test
    void moreTensorsThanAFileMayHaveAreRefused() {
        String header = IntStream.range(0, 4097)
                .mapToObj(i -> "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}")
                .collect(Collectors.joining(",", "{", "}"));
        assertRefused(() -> read(header, 0), "at most 4096 tensors");
        Tensor none = Tensor.of(new float[0], 0);
        Map<String, Tensor> many =
                IntStream.range(0, 4097).boxed().collect(Collectors.toMap(String::valueOf, i -> none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleFiles.bytes(new SafeTensors(Map.of(), many)))
                .withMessageContaining("at most 4096 tensors, not 4097");
    }

    @Test
    void anAnnouncedHeaderBeyondTheFileOrTheLimitIsRefused() {
        byte[] file = file("{}", 0);
        for (long length : new long[] {-1, Long.MIN_VALUE, 0, 1, (16 << 20) + 1, Long.MAX_VALUE}) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
            assertRefused(
                    () -> SafeTensors.read(new ByteArrayInputStream(file)),
                    "claim a header of " + Long.toUnsignedString(length));
        }
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 16 << 20);
        assertRefused(
                () -> SafeTensors.read(new ByteArrayInputStream(file)), "only 2 follow", "the file was truncated");
    }

    @Test
    void whatCantBeReadIsNotWritten() {
        Tensor one = Tensor.of(new float[1], 1);
        assertNotWritten(Map.of(), Map.of("__metadata__", one));
        assertNotWritten(Map.of(), Map.of("\ud800", one));
        assertNotWritten(Map.of("a", "\udc00"), Map.of());
        assertNotWritten(Map.of(), Map.of("w", Tensor.of(new float[1], 1, 1, 1, 1, 1, 1, 1, 1, 1)))
                .withMessageContaining("at most 8 dimensions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(new float[4], 2, 3))
                .withMessageContaining("[2, 3] has 6");
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new float[4], -2, -2));
        SafeTensors large = new SafeTensors(
                Map.of("text", String.join("", Collections.nCopies(1 << 20, "sixteen letters!"))), Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleFiles.bytes(large))
                .withMessageContaining("the header at most");
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertNotWritten(
            Map<String, String> metadata, Map<String, Tensor> tensors) {
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleFiles.bytes(new SafeTensors(metadata, tensors)));
    }
}
