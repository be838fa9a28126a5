package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flux4j.format.ColumnFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a column is written is found by all its cells, or asked for. */
class ColumnFormatsFoundTest {

    @TempDir
    private Path folder;

    /** A table of columns of the same height, each of cells with blanks between. */
    private static Table read(Csv csv, char separator, String... columns) throws IOException {
        String[][] cells =
                Arrays.stream(columns).map(column -> column.split("\\|")).toArray(String[][]::new);
        StringBuilder text = new StringBuilder(IntStream.range(0, columns.length)
                .mapToObj(k -> "c" + k)
                .collect(Collectors.joining(String.valueOf(separator))));
        for (int row = 0; row < cells[0].length; row++) {
            int at = row;
            text.append('\n')
                    .append(Arrays.stream(cells)
                            .map(column -> '"' + column[at] + '"')
                            .collect(Collectors.joining(String.valueOf(separator))));
        }
        return csv.read(new StringReader(text.toString()), "test.csv");
    }

    private static Numbers numbers(String cells) throws IOException {
        return (Numbers) read(Csv.csv(), ',', cells).column("c0");
    }

    private static Csv.AmbiguousFormatException question(char separator, String... columns) {
        return catchThrowableOfType(Csv.AmbiguousFormatException.class, () -> read(Csv.csv(), separator, columns));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1|2.5;                        1234.5",
                "1.234|5.678;                  1234.5", // with a point nobody means thousands, unless the file has
                // decimal commas
                "1,5|2;                        1234,5",
                "1,234|0,5;                    1234,5",
                "0,123|0,456;                  1234,5", // no thousands begin with a zero
                "1,234|5.5;                    1,234.5",
                "1,234|1,234,567;              1,234.5",
                "$1,234|$5;                    $1,234.5",
                "$5.99|$12;                    $1234.5",
                "€1,234|€5;                    €1,234.5",
                "1.234|1,5;                    1.234,5",
                "1.234|1.234.567;              1.234,5",
                "1.234 €|5 €;                  €1.234,5",
                "1.234,50-|5,00;               1.234,5",
                "1 234|5;                      1 234.5",
                "1 234,5|5;                    1 234,5",
                "1'234.50|5;                   1'234.5",
                "$1|($2)|3;                    $1234.5",
                "45%|5.5%;                     1234.5%",
                "4,5 %|5 %;                    1234,5%",
                "1|-|2;                        1234.5",
                "2021-03-04|2021-03-05 10:00;  year-month-day",
                "13/04/2021|03/04/2021;        day/month/year",
                "03/04/2021|03/13/2021;        month/day/year",
                "3/13/21 5:06 PM|3/4/21;       month/day/year",
                "03.04.2021|n/a|05.04.2021;    day.month.year",
                "2021/3/4|2021/13/4|?;         text",
                "2021/3/4|2021/3/14|?;         year/month/day",
                "03-Mar-2021|04-Mar-2021;      day-month-year",
                "3 March 2021|4 May 2021;      day month year",
                "March 3, 2021|May 4, 2021;    month day year",
                "2021-03|2021-04;              year-month",
                "Mar 2021|Apr 2021;            month year",
                "1|x;                          text",
                "$1|€2;                        text",
                "45%|5;                        text",
                "(12)|5;                       text",
                "13/04/2021|03/13/2021;        text",
                "12,34,567.5|5;                text"
            })
    void aColumnTellsHowItIsWritten(String cells, String format) throws IOException {
        Column column = read(Csv.csv(), ',', cells).column("c0");

        assertThat(column instanceof Numbers numbers ? numbers.format().text() : "text")
                .isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,234|5,678;           1,234.5; 1234,5",
                "1,234|5;               1,234.5; 1234,5",
                "1,234|1.234;           1,234.5; 1.234,5",
                "1,459 €|1,539 €;       €1,234.5; €1234,5", // of fuel, or of furniture
                "$3.459|$3.519;         $1234.5; $1.234,5",
                "03/04/2021|05/06/2021; day/month/year; month/day/year",
                "05/05/2021|06/06/2021; day/month/year; month/day/year", // the next one may differ
                "03-04-21|05-06-21;     day-month-year; month-day-year"
            })
    void whatFitsTwiceIsAsked(String cells, String one, String other) throws IOException {
        Csv.AmbiguousFormatException asked = question(',', cells);

        assertThat(asked.choices()).isEqualTo(Map.of("c0", List.of(one, other)));
        assertThat(asked)
                .hasMessageContaining(
                        "csv().format(\"c0\", \"" + one + "\") or csv().format(\"c0\", \"" + other + "\")")
                .hasMessageMatching(".* in line [23].*");
        for (String choice : List.of(one, other)) {
            Numbers read =
                    (Numbers) read(Csv.csv().format("c0", choice), ',', cells).column("c0");
            assertThat(read.missing()).isZero();
            assertThat(read.format()).isEqualTo(ColumnFormat.of(choice));
        }
    }

    @Test
    void decimalCommasOfAnotherColumnTellOfThisOneIfSemicolonsDo() throws IOException {
        Table table = read(Csv.csv(), ';', "1,5|2,5", "1,234|5,678", "7|8");

        assertThat(((Numbers) table.column("c1")).values()).containsExactly(1.234, 5.678);
        assertThat(((Numbers) table.column("c2")).format().text()).isEqualTo("1234,5");
        assertThat(question(';', "1,5|2,5", "1.234|5.678").choices())
                .isEqualTo(Map.of("c1", List.of("1.234,5", "1234.5")));
        assertThat(question(';', "1,234|5,678", "x|y").choices()).containsOnlyKeys("c0");
    }

    @Test
    void allQuestionsAreAskedAtOnceAndNoneOfWhatIsDropped() throws IOException {
        String[] columns = {"03/04/2021|05/06/2021", "1,234|5,678", "a|b"};

        assertThat(question(',', columns).choices()).containsOnlyKeys("c0", "c1");
        assertThat(read(Csv.csv().drop("c0", "c1"), ',', columns).names()).containsExactly("c2");
        assertThat(read(Csv.csv().text("c0", "c1"), ',', columns).column("c0")).isInstanceOf(Texts.class);
    }

    @Test
    void whatIsToldIsTakenAndItsOddCellNamed() throws IOException {
        assertThat(((Numbers) read(Csv.csv().format("c0", "excel"), ',', "25569|-")
                                .column("c0"))
                        .values())
                .containsExactly(1970, Double.NaN);
        assertThatThrownBy(() -> read(Csv.csv().format("c0", "day/month/year"), ',', "1/2/2021|1/13/2021"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining(
                        "line 3: expected a cell written as day/month/year in column c0, but got '1/13/2021'");
        assertThatThrownBy(() -> Csv.csv().format("c0", "dd/mm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("day/month/year");
        assertThatThrownBy(() -> read(Csv.csv().drop("c0"), ',', "1|2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all are dropped");
    }

    /** First, in the middle, beyond what is looked at for the separator, and last. */
    @ParameterizedTest
    @ValueSource(ints = {0, 150, 2500, 2999})
    void oneOddCellIsNamedWhereverItIs(int row) throws IOException {
        List<String> cells = IntStream.range(0, 3000)
                .mapToObj(i -> i == row ? "-x" : "$1," + (100 + i % 800))
                .toList();
        Table table = read(Csv.csv(), ',', String.join("|", cells));

        assertThat(table.column("c0").type()).isEqualTo("text");
        assertThat(table.summary()).contains("99 % of these are numbers, but line " + (row + 2) + " has '-x'");
        assertThat(table.warnings().get("c0"))
                .contains("column c0 is text, though 99 % of these are numbers: line " + (row + 2) + " has '-x'");
    }

    @Test
    void manyDifferentWordsAmongNumbersAreNoSlip() throws IOException {
        String tickets = IntStream.range(0, 100)
                .mapToObj(i -> i % 4 == 0 ? "A" + "bcdefghij".charAt(i / 4 % 9) + "/" + i : String.valueOf(i))
                .collect(Collectors.joining("|"));

        assertThat(read(Csv.csv(), ',', tickets).warnings()).isEmpty();
        assertThat(read(Csv.csv(), ',', tickets).summary())
                .contains("75 % of these are numbers, but line 2 has 'Ab/0'");
    }

    /** What a column is depends on its cells alone, not on where blocks end or which comes first. */
    @Test
    void theOrderOfRowsChangesNothing() throws IOException {
        List<String> cells = Arrays.asList("1.234,50 €", "5 €", "-", "12,5", "-3 €", "0,99 €", "1.234.567 €");
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(cells, random);

            assertThat(numbers(String.join("|", cells)).format().text()).isEqualTo("€1.234,5");
        }
    }

    @Test
    void gapsAmongNumbersAreSaid() throws IOException {
        assertThat(read(Csv.csv(), ',', "1,5|-|n/a|2").summary())
                .contains("2 missing, written as 1234,5, gaps marked - n/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\",x,y\n\"a\",1,2\n\"b\",3,4\n", ",x,y\n0,1,2\n1,3,4\n", "Unnamed: 0,x,y\n0,1,2\n1,3,4\n"})
    void rowNamesAreDroppedAndSaid(String text) throws IOException {
        Table table = Csv.csv().read(new StringReader(text), "test.csv");

        assertThat(table.names()).containsExactly("x", "y");
        assertThat(((Numbers) table.column("y")).values()).containsExactly(2, 4);
        assertThat(table.summary()).contains("the first column has no name, so it counts as row names and is dropped");
    }

    @Test
    void whatGzipHasPackedIsRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(packed)) {
            stream.write("x,y\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("data.csv.gz"), packed.toByteArray());

        assertThat(((Numbers) Table.read(file).column("y")).values()).containsExactly(2, 4);
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed.toByteArray(), 20));
        assertThatThrownBy(() -> Table.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.csv.gz");
    }

    @Test
    void aNameInTsvMeansTabs() throws IOException {
        Path file = Files.writeString(folder.resolve("data.tsv"), "a, b, c\tx\nd, e, f\t1\n");

        assertThat(Table.read(file).names()).containsExactly("a, b, c", "x");
    }

    @Test
    void parquetIsReadByDuckDb() throws Exception {
        Path file = folder.resolve("it's.parquet");
        try (var database = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                var query = database.createStatement()) {
            query.execute("COPY (SELECT 1.5 AS x, DATE '1970-01-01' AS d UNION ALL SELECT 2.5, NULL) TO '"
                    + file.toString().replace("'", "''") + "' (FORMAT parquet)");
        }

        assertThat(((Numbers) Table.read(file).column("x")).values()).containsExactlyInAnyOrder(1.5, 2.5);
        assertThat(Csv.csv().drop("x").read(file).names()).containsExactly("d");
        Files.writeString(file, "PAR1 and nothing more");
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it's.parquet can't be read as Parquet: ");
    }
}
