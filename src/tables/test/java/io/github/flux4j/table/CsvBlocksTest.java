package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.internal.csv.Numeral;
import io.github.flux4j.internal.csv.ShortNumeral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBlocksTest {

    private static CsvBlocks blocks(String text) throws IOException {
        return blocks(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CsvBlocks blocks(byte... bytes) throws IOException {
        return Csv.csv().blocks(new ByteArrayInputStream(bytes), "test.csv");
    }

    /** A table's reader finds the same out, of a file that is larger than what is looked at, in all its separators. */
    @Test
    void cellsAreThoseOfTheTable() throws IOException {
        Path file = Path.of("src/site/data/auto-mpg.csv");
        Table table = Table.read(file);
        try (CsvBlocks blocks = Csv.csv().blocks(Files.newInputStream(file), "cars")) {
            assertThat(blocks.names()).isEqualTo(table.names());
            blocks.take("Horsepower", "Origin", "Year");
            CsvBlock block = blocks.next(null);
            assertThat(block.rows()).isEqualTo(406);
            for (int row = 0; row < block.rows(); row++) {
                assertThat(block.number(row, 0))
                        .isEqualTo(Double.valueOf(((Numbers) table.column("Horsepower")).value(row)));
                assertThat(block.isMissing(row, 0))
                        .isEqualTo(table.column("Horsepower").isMissing(row));
                assertThat(block.text(row, 1)).isEqualTo(table.column("Origin").text(row));
                assertThat(block.line(row)).isEqualTo(row + 2);
            }
            assertThat(blocks.next(block)).isNull();
        }
    }

    @Test
    void aFileOfAnySizeIsReadInBlocksThatAreFilledAgain() throws IOException {
        StringBuilder text = new StringBuilder("a;b\n");
        int rows = 100_000; // beyond what is looked at first
        for (int i = 0; i < rows; i++) {
            text.append(i).append(",5;\"x;").append(i).append("\"\n");
        }
        try (CsvBlocks blocks = blocks(text.toString())) {
            int seen = 0;
            CsvBlock first = blocks.next(null);
            for (CsvBlock block = first; block != null; block = blocks.next(block)) {
                assertThat(block).isSameAs(first);
                for (int row = 0; row < block.rows(); row++, seen++) {
                    assertThat(block.number(row, 0)).isEqualTo(seen + 0.5);
                    assertThat(block.text(row, 1)).isEqualTo("x;" + seen);
                }
            }
            assertThat(seen).isEqualTo(rows);
        }
    }

    /** The oracle is Java's own parser, by {@link Numeral}. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shortNumeralsAreReadAsAllOthers(boolean comma) {
        SplittableRandom random = new SplittableRandom(2);
        String letters = "0123456789".repeat(3) + "+-..,eE f";
        for (int i = 0; i < 200_000; i++) {
            int length = random.nextInt(0, 18);
            String text = random.ints(length, 0, letters.length())
                    .collect(StringBuilder::new, (all, at) -> all.append(letters.charAt(at)), StringBuilder::append)
                    .toString();
            char[] within = (" " + text + "7").toCharArray();
            assertThat(ShortNumeral.parse(within, 1, 1 + length, comma))
                    .as(text)
                    .isEqualTo(Double.valueOf(Numeral.parse(text, comma)));
        }
    }

    @Test
    void aMarkThatIsToldOrAnEmptyCellIsMissing() throws IOException {
        CsvSettings marks = CsvSettings.DEFAULTS.withMissing(Set.of("NA", "?", "nan"));
        InputStream text = new ByteArrayInputStream("a,b\nNA,\n?,0\n nan ,x\n".getBytes(StandardCharsets.UTF_8));
        try (CsvBlocks blocks = CsvBlocks.of(text, "test.csv", marks)) {
            CsvBlock block = blocks.next(null);
            for (int row = 0; row < 3; row++) {
                assertThat(block.isMissing(row, 0)).isTrue();
                assertThat(block.text(row, 0)).isNull();
                assertThat(block.number(row, 0)).isNaN();
            }
            assertThat(block.isMissing(0, 1)).isTrue();
            assertThat(block.number(1, 1)).isZero();
            assertThat(block.number(2, 1)).isNaN();
            assertThat(block.isMissing(2, 1)).isFalse();
        }
    }

    @Test
    void charsetsAreThoseOfTables() throws IOException {
        byte[] utf16 = "\uFEFFä,b\n1,ö\n".getBytes(StandardCharsets.UTF_16LE);
        try (CsvBlocks blocks = blocks(utf16)) {
            assertThat(blocks.names()).containsExactly("ä", "b");
            assertThat(blocks.next(null).text(0, 1)).isEqualTo("ö");
        }
        assertThatThrownBy(() -> blocks("a,b\n1,ä\n".getBytes(StandardCharsets.ISO_8859_1))
                        .next(null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test.csv, after line ")
                .hasMessageContaining("save the file as UTF-8");
    }

    @Test
    void whatIsBrokenIsSaidWithItsLine() throws IOException {
        assertThatThrownBy(() -> blocks("")).hasMessageContaining("test.csv: expected a first line with column names");
        assertThatThrownBy(() -> blocks("a,b\n").next(null)).hasMessageContaining("expected rows");
        assertThatThrownBy(() -> blocks("a,b\n1,2\n3\n").next(null))
                .hasMessageContaining("test.csv, line 3: expected 2 cells");
        assertThatThrownBy(() -> blocks("a,b\n1,\"2\n").next(null)).hasMessageContaining("doesn't close it within");
        assertThatThrownBy(() -> blocks("a,a\n1,2\n")).hasMessageContaining("both named a");
        assertThatThrownBy(() -> blocks("alpha,beta\n1,2\n").take("alhpa"))
                .hasMessageContaining("no column named alhpa; the nearest are alpha");
    }

    @Test
    void closingClosesTheStream() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream stream = new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        Csv.csv().blocks(stream, "test.csv").close();
        assertThat(closed[0]).isTrue();
    }
}
