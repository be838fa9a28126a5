package io.github.flux4j.predict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.ModelWriter;
import io.github.flux4j.internal.model.ModelFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Files changed at random. As a program: reads so many of them, and prints how many were accepted. */
public final class Mutations {

    private final ModelFile model;
    private final byte[] bytes;
    private final ByteEdits edits;

    public Mutations(ModelFile model, long seed) {
        this.model = model;
        this.bytes = SampleFiles.bytes(model);
        this.edits = new ByteEdits(new SplittableRandom(seed));
    }

    public static void main(String... arguments) {
        System.out.println(new Mutations(SampleFiles.small(), 1).run(Integer.parseInt(arguments[0])));
    }

    /** Reads so many, half of them with a checksum that fits what was changed; how many were accepted. */
    int run(int count) {
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            boolean isAccepted = i % 2 == 0 ? isSameOrRefused(edits.of(bytes), model) : isReadOrRefused(withChecksum());
            accepted += isAccepted ? 1 : 0;
        }
        return accepted;
    }

    /** Whether it is read; then it must mean what the model means, since there is a checksum. */
    static boolean isSameOrRefused(byte[] file, ModelFile model) {
        try {
            ModelFileTest.assertSame(SampleFiles.read(file), model);
            return true;
        } catch (ModelFileException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError("only one kind of exception was expected", e);
        }
    }

    /** Whether it is read; nothing but an exception that says why not may come of it. */
    private static boolean isReadOrRefused(byte[] file) {
        try {
            SafeTensors.read(new ByteArrayInputStream(file));
            Predictor.load(new ByteArrayInputStream(file));
            return true;
        } catch (ModelFileException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError("only one kind of exception was expected", e);
        }
    }

    /** A file whose structure was changed, so that what lies behind the checksum is tried, too. */
    public byte[] withChecksum() {
        SafeTensors file = ModelWriter.safeTensors(model);
        String json = new String(edits.of(file.metadata().get("flux4j").getBytes(ISO_8859_1)), ISO_8859_1);
        Map<String, String> texts = new LinkedHashMap<>(file.metadata());
        texts.put("flux4j", json);
        texts.put("sha256", checksum(json, file));
        return SampleFiles.bytes(new SafeTensors(texts, file.tensors()));
    }

    private static String checksum(String json, SafeTensors file) {
        var digest = ModelFile.digest(json);
        byte[] bytes = SampleFiles.bytes(new SafeTensors(Map.of(), file.tensors()));
        int data = 8
                + (int) java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong();
        digest.update(bytes, data, bytes.length - data);
        return java.util.HexFormat.of().formatHex(digest.digest());
    }
}
