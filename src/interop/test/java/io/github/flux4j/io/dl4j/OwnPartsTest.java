package io.github.flux4j.io.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zips of flux4j's own networks whose configuration somebody edited. */
class OwnPartsTest {

    @TempDir
    private Path folder;

    private Path edited(String from, String to) throws IOException {
        Path file = folder.resolve("edited.zip");
        try (InputStream saved =
                        OwnPartsTest.class.getResourceAsStream("/io/github/flux4j/io/schema1/network-kernels.zip");
                ZipInputStream in = new ZipInputStream(saved);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                boolean isText = entry.getName().endsWith(".json");
                out.write(isText ? new String(bytes, UTF_8).replace(from, to).getBytes(UTF_8) : bytes);
            }
        }
        return file;
    }

    @Test
    void theFirstNamesAndThoseOfTodayAreReadAlike() throws IOException {
        String first = Dl4j.read(edited("", "")).text();
        // layer normalisation stands there as its two operations
        assertThat(first)
                .isEqualTo(
                        "chain(dense(3, 3), batchNorm(3), dropout(0.25), layerNorm(3, affine=false), scale(3), scale(3),"
                                + " dense(3, 1, swish))");
        assertThat(Dl4j.read(edited("internal.dl4j.KernelLayer", "saved.FluxLayer"))
                        .text())
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchNorm(3) | batchNorm(2147483647) | expected at most 2³¹ parameters",
                "batchNorm(3) | batchNorm(4) | parameters",
                "batchNorm(3) | batchNorm | batchNorm",
                "batchNorm(3) | twice | a layer named twice is unknown",
                "batchNorm(3) | chain() | chain",
                "\"mode\" : \"AUTO\" | \"mode\" : \"SLE\\tEP\" | expected a mode of [AUTO, TRAIN, TEST], but there is SLE EP",
                "\"statistics\" : [ [ | \"statistics\" : [ [ 1, | parameters",
                "\"statistics\" : [ [ | \"statistics\" : [ [ \"x\", | a list of numbers in statistics",
                "\"activation\" : \"swish\" | \"activation\" : \"snake\" | an activation named snake is unknown",
                "internal.dl4j.KernelLayer | internal.dl4j.Runtime | io.github.flux4j.internal.dl4j.Runtime"
            })
    void whatMakesNoSenseIsOneSentence(String from, String to, String words) {
        assertThatThrownBy(() -> Dl4j.read(edited(from, to)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("edited.zip can't be read as a network of Deeplearning4j")
                .hasMessageContaining(words);
    }

    @Test
    void deepTextsAreRefused() {
        assertThatThrownBy(() -> Dl4j.read(edited("batchNorm(3)", "chain(".repeat(100_000))))
                .isInstanceOf(IOException.class);
    }
}
