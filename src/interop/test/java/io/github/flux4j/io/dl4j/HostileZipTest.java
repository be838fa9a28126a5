package io.github.flux4j.io.dl4j;

import static io.github.flux4j.Flux4j.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.flux4j.ChildJvm;
import io.github.flux4j.io.JsonEdits;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.predict.ByteEdits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeplearning4j's zips with edited configurations, parameters and entries: refused in a sentence, or a layer that can be written again. */
class HostileZipTest {

    @TempDir
    private Path folder;

    /** What no file may have loaded. */
    @SuppressWarnings("unused") // named by files
    private static final class Trap {}

    /** Reads files that name the trap in place of each class of theirs. */
    static final class Reader {

        private Reader() {}

        public static void main(String... arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            int refused = 0;
            for (Map<String, byte[]> sound : sound(file)) {
                String text = new String(sound.get(Dl4j.CONFIGURATION), UTF_8);
                for (String name : text.split("\"")) {
                    if (name.startsWith("org.")) {
                        sound.put(
                                Dl4j.CONFIGURATION,
                                text.replace(name, arguments[1]).getBytes(UTF_8));
                        write(sound, file);
                        refused += isRead(file) ? 0 : 1;
                    }
                }
            }
            System.out.println(refused > 0 ? "refused" : "read");
        }
    }

    @Test
    @Tag("process")
    void aClassThatAFileNamesIsNeverLoaded() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        ChildJvm run = ChildJvm.run(
                Reader.class,
                List.of("-Xlog:class+load:file=" + loaded),
                folder.resolve("trap.zip").toString(),
                Trap.class.getName());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().strip()).isEqualTo("refused");
        assertThat(Files.readString(loaded)).contains(Reader.class.getName()).doesNotContain("$Trap");
    }

    @Test
    void hundredsAreRefusedOrLayers() throws IOException {
        assertThat(read(400, 1)).isBetween(20, 320);
    }

    @Test
    @Tag("long")
    void aHundredThousandAreRefusedOrLayers() throws IOException {
        assertThat(read(100_000, 2)).isBetween(5000, 80_000);
    }

    /** How many of so many were read; nothing but the file may stand beside it afterwards. */
    private int read(int count, long seed) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("hostile.zip");
        List<Map<String, byte[]>> sound = sound(file);
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        for (int i = 0; i < count; i++) {
            changed(sound.get(i % sound.size()), file, random);
            read += isRead(file) ? 1 : 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).containsExactly(file);
        }
        return read;
    }

    /** One of flux4j's export, one of ModelSerializer's own of parts that both know. */
    private static List<Map<String, byte[]>> sound(Path file) throws IOException {
        Layer model = chain(dense(2, 3, ELU), batchNorm(3), dense(3, 1));
        Dl4j.export(model, file);
        Map<String, byte[]> exported = entries(file);
        MultiLayerNetwork network = model.network();
        ModelSerializer.writeModel(network, file.toFile(), true);
        return List.of(exported, entries(file));
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static void changed(Map<String, byte[]> sound, Path file, SplittableRandom random) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(sound);
        ByteEdits bytes = new ByteEdits(random);
        switch (random.nextInt(8)) {
            case 0 -> entries.put(Dl4j.COEFFICIENTS, bytes.of(entries.get(Dl4j.COEFFICIENTS)));
            case 1 -> entries.put(Dl4j.CONFIGURATION, bytes.of(entries.get(Dl4j.CONFIGURATION)));
            case 2 -> entries.put(random.nextBoolean() ? "../../outside.txt" : "/tmp/outside.txt", new byte[] {1});
            default -> entries.put(Dl4j.CONFIGURATION, edited(entries.get(Dl4j.CONFIGURATION), random));
        }
        write(entries, file);
        if (random.nextInt(8) == 0) { // the zip itself
            Files.write(file, bytes.of(Files.readAllBytes(file)));
        }
    }

    private static byte[] edited(byte[] configuration, SplittableRandom random) {
        JsonEdits edits = new JsonEdits(random);
        JsonElement json = JsonParser.parseString(new String(configuration, UTF_8));
        edits.edit(json);
        return edits.text(json).getBytes(UTF_8);
    }

    private static void write(Map<String, byte[]> entries, Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        Files.write(file, out.toByteArray());
    }

    private static boolean isRead(Path file) {
        try {
            assertThat(Dl4j.read(file).text()).isNotEmpty();
            return true;
        } catch (IOException e) {
            assertThat(e.getMessage())
                    .startsWith(file + " can't be read")
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(1500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("only a layer or an IOException was expected of " + file, e);
        }
    }
}
