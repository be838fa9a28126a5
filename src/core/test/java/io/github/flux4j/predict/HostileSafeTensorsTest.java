package io.github.flux4j.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.io.JsonEdits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files of others in which the header, which has no checksum, was edited: refused in a sentence, or tensors of the sizes that they claim. */
class HostileSafeTensorsTest {

    private static final String HEADER = """
            {"__metadata__": {"format": "pt"},
             "layers.0.weight": {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]},
             "layers.0.bias": {"dtype": "F32", "shape": [3], "data_offsets": [24, 36]},
             "scale": {"dtype": "F64", "shape": [], "data_offsets": [36, 44]},
             "seen": {"dtype": "I64", "shape": [1], "data_offsets": [44, 52]}}""";

    @Test
    void thousandsAreRefusedOrHaveTheSizesThatTheyClaim() {
        assertThat(read(4000, 1)).isBetween(40, 2000);
    }

    @Test
    @Tag("long")
    void aHundredThousandAreRefusedOrHaveTheSizesThatTheyClaim() {
        assertThat(read(100_000, 2)).isBetween(1000, 50_000);
    }

    private static int read(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        JsonEdits json = new JsonEdits(random);
        ByteEdits bytes = new ByteEdits(random);
        int read = 0;
        for (int i = 0; i < count; i++) {
            JsonElement header = JsonParser.parseString(HEADER);
            json.edit(header);
            byte[] file = file(json.text(header));
            read += isRead(i % 3 == 0 ? bytes.of(file) : file) ? 1 : 0;
        }
        return read;
    }

    private static byte[] file(String header) {
        byte[] text = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + text.length + 52)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static boolean isRead(byte... file) {
        try {
            for (Tensor tensor :
                    SafeTensors.read(new ByteArrayInputStream(file)).tensors().values()) {
                assertThat(tensor.doubles()).hasSize(tensor.length());
            }
            return true;
        } catch (ModelFileException e) {
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}").hasSizeLessThan(1500);
            return false;
        } catch (IOException e) {
            throw new AssertionError("only one kind of exception was expected", e);
        }
    }
}
