package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that aren't tables: one sentence each, of what was expected, what came, in which line, and what to do. */
class BrokenCsvTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        "",
                        "test.csv: expected a first line with column names, but the file is empty; export it again"),
                Arguments.of("\n\n", "but the file is empty"),
                Arguments.of(
                        "a,b\n",
                        "test.csv: expected rows, but there are none after the names in line 1; export it again"),
                Arguments.of("a,b\n1,2\n3\n", "line 3: expected 2 cells, as many as names in line 1, but there is 1;"),
                Arguments.of(
                        "a,b\n1,2\n\n3,4,5\n",
                        "line 4: expected 2 cells, as many as names in line 1, but there are 3;"),
                Arguments.of("a;b\n1;2\n3;4;5\n", "contains the separator ';' in \"quotes\""),
                Arguments.of("a,b,a\n1,2,3\n", "line 1: columns 1 and 3 are both named a; rename one of them"),
                Arguments.of("a\n\uFFFF\n2\n", "line 2: expected text, but U+FFFF isn't a character"),
                Arguments.of("\na,,b\n1,2,3\n", "line 2: column 2 has no name; give it one"),
                Arguments.of("5.1,3.5\n4.9,3.0\n", "line 1: expected column names, but all cells are numbers"),
                Arguments.of(
                        "a,b\n1,\"2\n3,4\n",
                        "line 2: cell 2 of the row that begins here opens a quote and doesn't close it"),
                Arguments.of("a,b\n1,\"2", "line 2: cell 2"),
                Arguments.of("a,b\n1,\"2\"\"", "line 2: cell 2"),
                Arguments.of("a,b\n1,\"2" + "\n3,4".repeat(100) + "\"\n5,6\n", "line 2: cell 2"),
                Arguments.of(
                        "a,b\n1,\"2\"3\n", "line 2: a closing quote is followed by something other than the separator"),
                Arguments.of("a,b\n1,2\n3,x\0y\n", "line 3: expected text, but cell 2 has a NUL character"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrongAndWhere(String text, String message) {
        assertThatThrownBy(() -> Csv.csv().read(new StringReader(text), "test.csv"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageStartingWith("test.csv")
                .hasMessageContaining(message);
    }

    @Test
    void aColumnThatMustBeNumbersSaysWhichCellIsNot() {
        assertThatThrownBy(() -> Csv.csv().number("x").read(new StringReader("x,y\n1,2\nmany,3\n"), "test.csv"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("test.csv, line 3: expected a number")
                .hasMessageContaining("column x, but got 'many'");
    }

    @Test
    void bytesThatAreNoUtf8SayTheirLineAndTheRemedy() {
        byte[] latin = "a,b\n1,x\n2,grün\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Csv.csv().read(new ByteArrayInputStream(latin), "test.csv"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageStartingWith("test.csv, line 3: these bytes aren't text in UTF-8")
                .hasMessageContaining("windows-1252");
    }

    @Test
    void halfACharacterOfUtf16IsNamedSo() {
        byte[] half = {(byte) 0xFF, (byte) 0xFE, 'a'};

        assertThatThrownBy(() -> Csv.csv().read(new ByteArrayInputStream(half), "test.csv"))
                .hasMessageStartingWith("test.csv, line 1: these bytes aren't text in UTF-16LE");
    }

    @Test
    void filesOfOtherFormatsAreNamed() {
        byte[] zip = {'P', 'K', 3, 4, 0, 0};

        assertThatThrownBy(() -> Csv.csv().read(new ByteArrayInputStream(zip), "cars.xlsx"))
                .hasMessageContaining("cars.xlsx: expected text, but the file is a zip archive or an Excel sheet");
    }

    @Test
    void utf16WithoutAMarkIsNoUtf8() {
        byte[] bytes = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> Csv.csv().read(new ByteArrayInputStream(bytes), "test.csv"))
                .hasMessageContaining("NUL")
                .hasMessageContaining("UTF-16");
    }

    @Test
    void missingFilesAndFoldersAreToldApart() {
        assertThatThrownBy(() -> Table.read(folder.resolve("none.csv")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.csv: there is no such file");
        assertThatThrownBy(() -> Table.read(folder))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("is a folder; name a file in it");
    }

    @Test
    void aHundredMegabytesInOneCellAreRefused() throws IOException {
        Path file = folder.resolve("large.csv");
        Files.writeString(file, "a,b\n1," + "x".repeat(100_000_000) + "\n");

        Throwable thrown = catchThrowable(() -> Table.read(file));

        assertThat(thrown)
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining(
                        "large.csv, line 2: a cell in the row that begins here has more than 16777216 characters");
    }
}
