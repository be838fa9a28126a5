package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.csv.CsvBlock;
import io.github.flux4j.csv.CsvBlocks;
import io.github.flux4j.csv.CsvSettings;
import io.github.flux4j.internal.csv.Names;
import io.github.flux4j.internal.csv.Numeral;
import io.github.flux4j.internal.csv.ShortNumeral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBlocksTest {

    @TempDir
    Path folder;

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

    @Test
    void aFileIsReadAgainFromItsStartAndAStreamIsNot() throws IOException {
        Path file = Files.writeString(folder.resolve("two.csv"), "a;b\n1,5;x\n2;y\n");
        try (CsvBlocks first = CsvBlocks.of(file, "two.csv", CsvSettings.DEFAULTS)) {
            assertThat(texts(first.next(null))).containsExactly("1,5", "x", "2", "y");
            assertThat(first.next(null)).isNull();
            try (CsvBlocks again = first.again()) {
                CsvBlock block = again.next(null);
                assertThat(texts(block)).containsExactly("1,5", "x", "2", "y");
                assertThat(block.number(0, 0)).isEqualTo(1.5);
            }
        }
        try (CsvBlocks stream = blocks("a\n1\n")) {
            assertThatThrownBy(stream::again)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a stream is read once");
        }
    }

    /** The cells of two columns, row by row. */
    private static List<String> texts(CsvBlock block) {
        return IntStream.range(0, 2 * block.rows())
                .mapToObj(i -> block.text(i / 2, i % 2))
                .toList();
    }

    @Test
    void anOptionalColumnThatIsAbsentIsMissing() throws IOException {
        try (CsvBlocks blocks = blocks("a,b\n1,2\n3,4\n")) {
            blocks.take(Set.of("z", "b"), "z", "b");
            CsvBlock block = blocks.next(null);
            assertThat(texts(block)).containsExactly(null, "2", null, "4");
            assertThat(block.number(1, 0)).isNaN();
            assertThatThrownBy(() -> blocks.take(Set.of("z"), "z", "y"))
                    .hasMessage("there is no column named y; the nearest are a, b");
        }
    }

    /** Where pandas and R write the rows' names: without one of its own, or read by pandas and written again. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Unnamed: 0"})
    void aFirstColumnOfRowNamesIsLeftOut(String name) throws IOException {
        try (CsvBlocks blocks = blocks(name + ",a,b\nr1,1,2\nr2,3,4\n")) {
            assertThat(blocks.hasRowNames()).isTrue();
            assertThat(blocks.names()).containsExactly("a", "b");
            assertThat(texts(blocks.next(null))).containsExactly("1", "2", "3", "4");
        }
        try (CsvBlocks blocks = blocks(name + ",a,b\nr1,1,2\n")) {
            blocks.take("b", "a");
            assertThat(texts(blocks.next(null))).containsExactly("2", "1");
        }
        assertThatThrownBy(() -> blocks(name + ",a,b\n1,2\n").next(null))
                .hasMessageContaining("line 2: expected 3 cells");
    }

    @Test
    void aFirstColumnWithANameIsOneOfTheOthers() throws IOException {
        try (CsvBlocks blocks = blocks("Unnamed: 1,a\n1,2\n")) {
            assertThat(blocks.hasRowNames()).isFalse();
            assertThat(blocks.names()).containsExactly("Unnamed: 1", "a");
        }
        assertThat(blocks("Unnamed: 0\n1\n").names()).containsExactly("Unnamed: 0");
    }

    @Test
    void itSaysHowTheFileIsDividedAndWhereAMistakeIs() throws IOException {
        try (CsvBlocks commas = blocks("a;b\n1,5;2\n");
                CsvBlocks points = blocks("a|b\n1.5|2\n")) {
            assertThat(commas.how()).isEqualTo("separated by semicolons, with decimal commas");
            assertThat(commas.hasDecimalCommas()).isTrue();
            assertThat(points.how()).isEqualTo("separated by '|'");
            assertThat(points.hasDecimalCommas()).isFalse();
            assertThat(points.error(7, "expected more")).hasMessage("test.csv, line 7: expected more");
        }
    }

    /** One point among the numbers tells that commas are thousands marks. */
    @Test
    void aNumberWithAPointExcludesDecimalCommas() throws IOException {
        assertThat(blocks("a;b\n1,500;2\n3,250;4.5\n").hasDecimalCommas()).isFalse();
        assertThat(blocks("a,b\n\"1,5\",2\n").hasDecimalCommas()).isFalse();
    }

    @Test
    void whatIsToldIsNotDetected() throws IOException {
        CsvSettings settings = CsvSettings.DEFAULTS
                .withSeparator('|')
                .withDecimalComma(true)
                .withCharset(StandardCharsets.ISO_8859_1)
                .withNames(List.of("x", "ö"));
        InputStream text = new ByteArrayInputStream("1,5|ä;b;c\n2,5|;;\n".getBytes(StandardCharsets.ISO_8859_1));
        try (CsvBlocks blocks = CsvBlocks.of(text, "test.csv", settings)) {
            assertThat(blocks.names()).containsExactly("x", "ö");
            CsvBlock block = blocks.next(null);
            assertThat(block.number(0, 0)).isEqualTo(1.5);
            assertThat(texts(block)).containsExactly("1,5", "ä;b;c", "2,5", ";;");
            assertThat(block.line(0)).isEqualTo(1);
        }
        for (char bad : "\"\r\n\0".toCharArray()) {
            assertThatThrownBy(() -> settings.withSeparator(bad))
                    .hasMessage("separator must not be a quote, a line break or NUL, but is character " + (int) bad);
        }
    }

    /** Memory stays the same however long or wide rows are: of half a million characters, or cells, a block has a part. */
    @Test
    void longAndWideRowsComeInSmallBlocks() throws IOException {
        String tall = "a,b\n" + ("x".repeat(50_000) + ",1\n").repeat(10);
        String wide = IntStream.range(0, 20_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")) + "\n"
                + ("1" + ",".repeat(19_999) + "\n").repeat(10);
        for (String text : List.of(tall, wide)) {
            try (CsvBlocks blocks = blocks(text)) {
                int rows = 0;
                for (CsvBlock block = blocks.next(null); block != null; block = blocks.next(block)) {
                    assertThat(block.rows()).isBetween(1, 6);
                    rows += block.rows();
                }
                assertThat(rows).isEqualTo(10);
            }
        }
    }

    @Test
    void whatCantBeReadIsClosed() {
        boolean[] closed = new boolean[3];
        InputStream empty = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public void close() {
                closed[1] = true;
            }
        };
        byte[] twice = ("a,a\n" + "1,2\n".repeat(500_000)).getBytes(StandardCharsets.UTF_8);
        InputStream named = new ByteArrayInputStream(twice) {
            @Override
            public void close() {
                closed[2] = true;
            }
        };
        assertThatThrownBy(() -> CsvBlocks.of(named, "test.csv", CsvSettings.DEFAULTS))
                .hasMessageContaining("both named a");
        assertThatThrownBy(() -> CsvBlocks.of(empty, "test.csv", CsvSettings.DEFAULTS))
                .hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> CsvBlocks.of(failing, "test.csv", CsvSettings.DEFAULTS))
                .hasMessageContaining("the disk is gone");
        assertThat(closed).containsExactly(true, true, true);
    }

    /** Of forty characters at most, letters outside the basic plane included, and without what moves a terminal's cursor. */
    @Test
    void namesInMessagesAreShort() {
        String smileys = "\uD83D\uDE00".repeat(40);
        assertThat(Names.shown(smileys)).isEqualTo(smileys);
        assertThat(Names.shown(smileys + "!")).isEqualTo("\uD83D\uDE00".repeat(39) + "…");
        assertThat(Names.shown("a\u001B[31m\nb")).isEqualTo("a\uFFFD[31m\uFFFDb");
        assertThat(Names.unknown("HEIGHT", List.of("weight", "height_cm", "hue", "x")))
                .hasMessage("there is no column named HEIGHT; the nearest are height_cm, hue, weight");
        assertThatThrownBy(() -> Names.require(" ")).hasMessage("a column needs a name, but ' ' is blank");
    }

    /** All digits that tell a number from others, or six of them. */
    @ParameterizedTest
    @CsvSource({
        "4, 4, 4",
        "-0.5, -0.5, -0.5",
        "999999999999999, 999999999999999, 999999999999999",
        "1e15, 1.0E15, 1.0E15",
        "46.65625, 46.65625, 46.6563",
        "1234567.8, 1234567.8, 1234568",
        "999999.7, 999999.7, 1000000",
        "1e-7, 1.0E-7, 1.0E-7"
    })
    void numbersAreWrittenShortly(double number, String text, String brief) {
        assertThat(Numeral.text(number)).isEqualTo(text);
        assertThat(Numeral.brief(number)).isEqualTo(brief);
    }

    /** The first 256 KiB of a stream end within a row, whose cells tell nothing. */
    @Test
    void aRowThatIsCutMisleadsNobody() throws IOException {
        String row = "Rome, Italy" + "x".repeat(60_000) + ";1;2\n";
        assertThat(blocks("city, country;x;y\n" + row.repeat(6)).names()).containsExactly("city, country", "x", "y");
        assertThat(blocks("a;" + "b".repeat(300_000) + "\n1;2\n").names()).hasSize(2);
    }

    /**
     * The separator with the most cells in every row; of several the first of comma, semicolon, tab and bar. One that half of the rows agree on comes behind, so
     * that an error tells of the others.
     */
    @Test
    void theSeparatorIsTheOneThatRowsAgreeOn() throws IOException {
        assertThat(blocks("a, b, c;x\n1;2\n3;4\n").names()).containsExactly("a, b, c", "x");
        assertThat(blocks("a,b,c;x\n1,2,3;4\n5;6\n7;8\n").names()).containsExactly("a,b,c", "x");
        assertThat(blocks("a,b;c\n1,2;3\n").names()).containsExactly("a", "b;c");
        assertThatThrownBy(() -> blocks("a;b\n1;2\n3;4;5\n6;7;8\n").next(null))
                .hasMessageContaining("line 3: expected 2 cells");
        assertThatThrownBy(() -> blocks("a;b\n1;2\n3;\"x\"y\n").next(null))
                .hasMessageContaining("line 3: a closing quote is followed by");
    }

    @Test
    void decimalCommasAreThoseOfNumbers() throws IOException {
        assertThat(blocks("a;b\n,5;2\n").hasDecimalCommas()).isTrue();
        assertThat(blocks("a;b\n1;2\n").hasDecimalCommas()).isFalse();
        assertThat(blocks("a;b\nx,y;2\n").hasDecimalCommas()).isFalse();
    }

    @Test
    void aMarkDecidesNothingOfOtherCells() throws IOException {
        CsvSettings marks = CsvSettings.DEFAULTS.withMissing(Set.of("", "?"));
        InputStream text = new ByteArrayInputStream("a,b\n@,?\n??,\n".getBytes(StandardCharsets.UTF_8));
        try (CsvBlocks blocks = CsvBlocks.of(text, "test.csv", marks)) {
            assertThat(texts(blocks.next(null))).containsExactly("@", null, "??", null);
        }
    }

    @Test
    void aCellOfBlanksIsEmptyBetweenTabsToo() throws IOException {
        assertThat(texts(blocks("a\tb\n  \t1\n2\t \n").next(null))).containsExactly(null, "1", "2", null);
    }

    /** More than ten line ends in quotes are a quote that is never closed. */
    @Test
    void aCellInQuotesMayHaveElevenLines() throws IOException {
        String lines = "a line of some length\n".repeat(10) + "the last";
        assertThat(texts(blocks("a,b\n1,\"" + lines + "\"\n").next(null))).containsExactly("1", lines);
        assertThatThrownBy(() -> blocks("a,b\n1,\"\n" + lines + "\"\n").next(null))
                .hasMessageContaining("line 2: cell 2 of the row that begins here opens a quote");
    }

    @Test
    void aCellThatBeginsWithNulIsNamed() {
        assertThatThrownBy(() -> blocks("a,b\n1,\0y\n").next(null))
                .hasMessageContaining("line 2: expected text, but cell 2 has a NUL");
        assertThatThrownBy(() -> blocks("a,b\n\0,y\n").next(null)).hasMessageContaining("cell 1 has a NUL");
    }

    /** The oracle is Java's own parser, which takes more: suffixes, hexadecimal digits and blanks. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "+1.5", ".5", "5.", "1e3", "1.5E-3", "1E+2", "007", "-2.25e01"})
    void numeralsAreRead(String text) {
        double number = Double.parseDouble(text);
        assertThat(Numeral.parse(text, false)).isEqualTo(number);
        assertThat(Numeral.parse(text.replace('.', ','), true)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e5",
                ".e5",
                "1e",
                "1e+",
                "1e5.5",
                "1x5",
                "1.2.3",
                "1f",
                "1d",
                "0x1p3",
                " 1",
                "1 ",
                "1e999",
                "NaN",
                "Infinity",
                "--1",
                "1,5",
                "\u0661"
            })
    void otherTextsAreNoNumerals(String text) {
        assertThat(Numeral.parse(text, false)).isNaN();
    }

    @Test
    void yearsAreNamesAndOtherNumbersAreNot() throws IOException {
        assertThat(blocks("2019,2020\n1,2\n").names()).containsExactly("2019", "2020");
        assertThatThrownBy(() -> blocks("2019,-1\n1,2\n"))
                .hasMessageContaining("but all cells are numbers, such as 2019");
        assertThatThrownBy(() -> blocks("a\0,b\n1,2\n")).hasMessageContaining("line 1: expected text, but cell 1");
    }

    @Test
    void namesThatAreGivenHaveNoLine() throws IOException {
        CsvSettings given = CsvSettings.DEFAULTS.withNames(List.of("x", "y"));
        InputStream row = new ByteArrayInputStream("1,2,3\n".getBytes(StandardCharsets.UTF_8));
        try (CsvBlocks blocks = CsvBlocks.of(row, "test.csv", given)) {
            assertThatThrownBy(() -> blocks.next(null))
                    .hasMessageContaining("line 1: expected 2 cells, as many as names given, but there are 3");
        }
        try (CsvBlocks none = CsvBlocks.of(new ByteArrayInputStream(new byte[0]), "test.csv", given)) {
            assertThatThrownBy(() -> none.next(null)).hasMessageContaining("there are none after the start");
        }
    }

    /** Wherever in a line such bytes are, its first letter included, and behind a NUL. */
    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\nä,3\n", "a,b\n1,25\nä,3\n", "a,b\n\0,2\n3,ä\n", "a,b\n1,2\n3ä", "ä\n1\n"})
    void bytesThatAreNotTextSayTheirLine(String text) throws IOException {
        Path file = Files.write(folder.resolve("odd.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
        long line =
                1 + text.chars().limit(text.indexOf('ä')).filter(c -> c == '\n').count();
        assertThatThrownBy(() ->
                        CsvBlocks.of(file, "odd.csv", CsvSettings.DEFAULTS).next(null))
                .hasMessageStartingWith("odd.csv, line " + line + ": these bytes aren't text in UTF-8");
    }

    @Test
    void aStreamThatFailsLaterIsNamed() throws IOException {
        InputStream good = new ByteArrayInputStream("1,2\n".repeat(500_000).getBytes(StandardCharsets.UTF_8));
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        CsvSettings given = CsvSettings.DEFAULTS.withNames(List.of("x", "y"));
        try (CsvBlocks blocks = CsvBlocks.of(new SequenceInputStream(good, failing), "test.csv", given)) {
            assertThatThrownBy(() -> {
                        for (CsvBlock block = blocks.next(null); block != null; ) {
                            block = blocks.next(block);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("test.csv can't be read: java.io.IOException: the disk is gone");
        }
    }
}
