package io.github.flux4j.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads a file by the letter of safetensors' layout and of flux4j's checksum, with nothing of flux4j's. */
final class FileByHand {

    private static final double EPS = 1e-5;

    private final ByteBuffer data;
    private final JsonObject header;

    FileByHand(byte... file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        assertThat(length % 8).as("the numbers' place").isZero();
        header = JsonParser.parseString(new String(file, 8, length, UTF_8)).getAsJsonObject();
        data = bytes.slice(8 + length, file.length - 8 - length).order(ByteOrder.LITTLE_ENDIAN);
        requireChecksum(Arrays.copyOfRange(file, 8 + length, file.length));
    }

    private void requireChecksum(byte... numbers) throws Exception {
        JsonObject texts = header.getAsJsonObject("__metadata__");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(texts.get("flux4j").getAsString().getBytes(UTF_8));
        digest.update(numbers);
        assertThat(texts.get("sha256").getAsString()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private float[] tensor(String name) {
        JsonObject entry = header.getAsJsonObject(name);
        assertThat(entry.get("dtype").getAsString()).isEqualTo("F32");
        JsonArray offsets = entry.getAsJsonArray("data_offsets");
        float[] numbers = new float[(offsets.get(1).getAsInt() - offsets.get(0).getAsInt()) / Float.BYTES];
        data.slice(offsets.get(0).getAsInt(), numbers.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }

    /** What dense(2, 8, tanh), batchNorm(8), dropout and dense(8, 1) give in testing. */
    double predict(double a, double b) {
        float[] weight = tensor("0.weight");
        double sum = tensor("4.bias")[0];
        for (int i = 0; i < 8; i++) {
            double hidden = Math.tanh(weight[2 * i] * a + weight[2 * i + 1] * b + tensor("0.bias")[i]);
            double normal = (hidden - tensor("2.running_mean")[i]) / Math.sqrt(tensor("2.running_var")[i] + EPS);
            sum += tensor("4.weight")[i] * (tensor("2.weight")[i] * normal + tensor("2.bias")[i]);
        }
        return sum;
    }
}
