package io.github.flux4j.cli.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {

    private static final byte[] NEW = bytes("\u0089PNG\r\n\u001a\n and more");

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The signatures of PNG, JPEG and GIF; an empty file as mktemp makes it. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff\u00e0", "GIF89a\n", "GIF87a", ""})
    void takesAnotherPicturesPlaceAndLeavesNothingElse(String old) throws IOException {
        Path file = Files.write(folder.resolve("picture"), bytes(old));
        new PictureFile(file).write(NEW);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(folder.toFile().list()).containsExactly("picture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PNG",
                "text",
                "\u0089PNG\n\u001a\n",
                "BM and more",
                "\u0000",
                "\n",
                "GIF88a",
                "x\u0089PNG\r\n\u001a\n"
            })
    void anythingElseStaysAsItIs(String other) throws IOException {
        Path file = Files.write(folder.resolve("picture.png"), bytes(other));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureFile(file).write(NEW))
                .withMessage(
                        file
                                + " exists and isn't a picture, so it was not replaced. Name another file for --picture, or remove this one first");
        assertThat(file).hasBinaryContent(bytes(other));
    }

    @Test
    void aFolderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureFile(folder).check())
                .withMessage("expected a file for the picture, but " + folder + " is a folder");
    }

    @Test
    void whereALinkLeadsThePictureIsReplaced() throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes("GIF87a"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        new PictureFile(link).write(NEW);
        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(NEW);
    }
}
