package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a good file. */
class CsvTest {

    @TempDir
    private Path folder;

    private static Table read(String text) throws IOException {
        return Csv.csv().read(new StringReader(text), "test.csv");
    }

    private static double[] numbers(Table table, String name) {
        return ((Numbers) table.column(name)).values();
    }

    private static List<String> texts(Table table, String name) {
        Column column = table.column(name);
        return IntStream.range(0, column.size()).mapToObj(column::text).toList();
    }

    @Test
    void carsAreAsTheirSourceSays() throws IOException {
        Table cars = Table.read(Path.of("src/site/data/auto-mpg.csv"));

        assertThat(cars.rows()).isEqualTo(406);
        assertThat(cars.column("Miles_per_Gallon").missing()).isEqualTo(8);
        assertThat(cars.column("Horsepower").missing()).isEqualTo(6);
        assertThat(((Texts) cars.column("Origin")).levels()).containsExactly("Europe", "Japan", "USA");
        assertThat(numbers(cars, "Year")[0]).isEqualTo(1970);
        assertThat(((Numbers) cars.column("Year")).kind()).isEqualTo(Numbers.Kind.DATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void findsTheSeparator(String separator) throws IOException {
        Table table = read("a,b,c\n1,x y,2.5\n2,z,3\n".replace(",", separator));

        assertThat(table.names()).containsExactly("a", "b", "c");
        assertThat(numbers(table, "c")).containsExactly(2.5, 3);
    }

    @Test
    void separatorsInQuotesOrInProseMisleadNobody() throws IOException {
        Table table = read("name;city, country;x\n\"a;b\";c, d;1,5\ne;f, g;2\n");

        assertThat(table.names()).containsExactly("name", "city, country", "x");
        assertThat(numbers(table, "x")).containsExactly(1.5, 2);
    }

    @Test
    void aColumnAloneNeedsNoSeparator() throws IOException {
        assertThat(numbers(read("x\n1\n2\n"), "x")).containsExactly(1, 2);
    }

    @Test
    void decimalCommasAreFoundWithSemicolonsAndSaid() throws IOException {
        Table table = read("x;y\n1,5;2\n-2,25e1;3\n");

        assertThat(numbers(table, "x")).containsExactly(1.5, -22.5);
        assertThat(table.summary()).contains("separated by semicolons, with decimal commas");
    }

    @Test
    void eachColumnHasItsOwnDecimalMark() throws IOException {
        Table table = read("x;y\n1,5;2.5\n");

        assertThat(numbers(table, "x")).containsExactly(1.5);
        assertThat(numbers(table, "y")).containsExactly(2.5);
    }

    @Test
    void numbersAreTheSameInEveryCountry() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Table german = read("x,y\n1.5,a\n2.25,b\n");
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Table arabic = read("x,y\n1.5,a\n2.25,b\n");

            assertThat(numbers(german, "x")).isEqualTo(numbers(arabic, "x")).containsExactly(1.5, 2.25);
            assertThat(arabic.summary()).isEqualTo(german.summary()).contains("1.5 … 2.25");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "+1.5", ".5", "5.", "1e3", "1.5E-3", "0.07"})
    void theseAreNumbers(String number) throws IOException {
        assertThat(numbers(read("x,y\n" + number + ",a\n"), "x")).containsExactly(Double.parseDouble(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1f",
                "0x1p3",
                "1d",
                "Infinity",
                "-inf",
                "1e999",
                "1 00",
                "1e",
                "+",
                "e5",
                "1.2.3",
                "١",
                "1 km",
                "007",
                "00.5",
                "-01"
            })
    void theseAreText(String text) throws IOException {
        assertThat(texts(read("x,y\n" + text + ",a\n"), "x")).containsExactly(text);
    }

    @Test
    void missingMarksAreMissing() throws IOException {
        Table table = read("x,y\n1,a\n,\nNA,NA\nN/A,?\nNaN,nan\nnull,NULL\n\" \",b\n".replace("\" \"", "  "));

        assertThat(table.column("x").missing()).isEqualTo(6);
        assertThat(texts(table, "y"))
                .as("in text they may be words")
                .containsExactly("a", null, "NA", "?", "nan", "NULL", "b");
    }

    @Test
    void marksThatAreToldComeBesideTheUsual() throws IOException {
        Table table = Csv.csv().missing("-9").read(new StringReader("x,country\n-9,NA\n1,-9\nn/a,DE\n"), "test.csv");

        assertThat(numbers(table, "x")).containsExactly(Double.NaN, 1, Double.NaN);
        assertThat(texts(table, "country")).containsExactly("NA", null, "DE");
    }

    @Test
    void datesAreFractionsOfYears() throws IOException {
        Table table = read(
                "d,t\n1970-01-01,2000-07-02T00:00\n1971-07-02,2001-01-01 12:00:00\n2024-02-29,2000-01-01T02:00:00+02:00\n");

        assertThat(numbers(table, "d")[0]).isEqualTo(1970);
        assertThat(numbers(table, "d")[1]).isEqualTo(1971 + 182 / 365.0, within(1e-12)); // the 183rd day of 365
        assertThat(numbers(table, "t")[0]).isEqualTo(2000.5); // 183 of 366 days have passed
        assertThat(numbers(table, "t")[1]).isEqualTo(2001 + 0.5 / 365, within(1e-12));
        assertThat(numbers(table, "t")[2]).isEqualTo(2000);
        assertThat(texts(table, "d")).containsExactly("1970-01-01", "1971-07-02", "2024-02-29");
        assertThat(texts(table, "t").get(1)).isEqualTo("2001-01-01T12:00");
    }

    @Test
    void daysThatAreNoneAreText() throws IOException {
        assertThat(texts(read("d,x\n2023-02-29,1\n"), "d")).containsExactly("2023-02-29");
    }

    @Test
    void quotesHoldSeparatorsQuotesBreaksAndBlanks() throws IOException {
        Table table = read("a,b\r\n\"x, \"\"y\"\"\",\" 1\r\n2 \"\r\nplain \"5\"\" pipe\"\" , z \r\n"
                .replace("plain \"5\"\" pipe\"\" ", "5\" pipe "));

        assertThat(texts(table, "a")).containsExactly("x, \"y\"", "5\" pipe");
        assertThat(texts(table, "b")).containsExactly(" 1\r\n2 ", "z");
    }

    @Test
    void blanksBetweenSeparatorAndQuoteBelongToNeither() throws IOException {
        Table table = read("\"a\", \"b\", \"c\"\n\"1\", \"x, y\", 2\n");

        assertThat(table.names()).containsExactly("a", "b", "c");
        assertThat(texts(table, "b")).containsExactly("x, y");
        assertThat(numbers(table, "c")).containsExactly(2);
    }

    @Test
    void lineEndsMayBeMixedAndEmptyLinesDontCount() throws IOException {
        assertThat(numbers(read("\n\nx,y\r\n1,2\r3,4\n\n5,6"), "x")).containsExactly(1, 3, 5);
    }

    @Test
    void byteOrderMarksAreNoText() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = "\uFEFFgrün,y\n1,ß\n".getBytes(charset);
            Table table = Csv.csv().read(new ByteArrayInputStream(bytes), "test.csv");

            assertThat(table.names()).as(charset.name()).containsExactly("grün", "y");
            assertThat(texts(table, "y")).containsExactly("ß");
        }
    }

    @Test
    void otherCharsetsAreToldByTheUser() throws IOException {
        Path file = Files.write(folder.resolve("latin.csv"), "grün,y\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Csv.csv().charset(StandardCharsets.ISO_8859_1).read(file).names())
                .contains("grün");
    }

    @Test
    void zipCodesKeepTheirZeroAsText() throws IOException {
        Table table = Csv.csv().text("zip").read(new StringReader("zip,x\n01234,1\n"), "test.csv");

        assertThat(texts(table, "zip")).containsExactly("01234");
    }

    @Test
    void aFileWithoutNamesIsGivenThem() throws IOException {
        Table table = Csv.csv().names("a", "b").read(new StringReader("1,2\n3,4\n"), "test.csv");

        assertThat(numbers(table, "b")).containsExactly(2, 4);
    }

    @Test
    void settingsDoNotChangeTheReaderTheyComeFrom() throws IOException {
        Csv csv = Csv.csv();
        csv.separator(';').missing("1").text("x");

        assertThat(numbers(csv.read(new StringReader("x,y\n1,2\n"), "test.csv"), "x"))
                .containsExactly(1);
    }

    @Test
    void aHundredThousandColumnsAreATable() throws IOException {
        String names = IntStream.range(0, 100_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

        Table table = read(names + "\n" + row + "\n");

        assertThat(numbers(table, "c99999")).containsExactly(99999);
        assertThat(table.summary().lines().count()).isEqualTo(202); // heading, 200 columns, and how many more
    }

    @Test
    void namesMayBeAnythingThatIsThere() throws IOException {
        Table table = read("<script>,\"a\nb\",ü\u001b[31m\n1,2,3\n");

        assertThat(table.names()).containsExactly("<script>", "a\nb", "ü\u001b[31m");
        assertThat(table.summary()).doesNotContain("\u001b").contains("a\uFFFDb");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Table table = Table.of(
                Numbers.of("x", 1, Double.NaN, 1e-300),
                Texts.of("a,\"b", Arrays.asList(" blank ", null, "line\nbreak")),
                read("d\n1970-01-01\n2001-02-03T04:05:06.789\n\"\"\n").column("d"));
        Path file = folder.resolve("written.csv");

        table.write(file);

        Table again = Table.read(file);
        assertThat(again.names()).isEqualTo(table.names());
        for (String name : table.names()) {
            assertThat(texts(again, name)).as(name).isEqualTo(texts(table, name));
        }
    }

    @Test
    void aColumnAloneWithGapsIsWrittenWithThem() throws IOException {
        Path file = folder.resolve("written.csv");

        Table.of(Numbers.of("x", 1, Double.NaN)).write(file);

        assertThat(numbers(Table.read(file), "x")).containsExactly(1, Double.NaN);
    }

    @Test
    void settingsNameColumnsThatAreThere() {
        assertThatThrownBy(() -> Csv.csv().text("zap").read(new StringReader("zip,x\n1,2\n"), "test.csv"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column named zap; the nearest are zip, x");
        assertThatThrownBy(() -> Csv.csv().text("x").number("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("both text and number");
        assertThatThrownBy(() -> Csv.csv().separator('"')).isInstanceOf(IllegalArgumentException.class);
    }
}
