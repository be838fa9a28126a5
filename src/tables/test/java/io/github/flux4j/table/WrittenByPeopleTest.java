package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.format.ColumnFormat;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of many countries, banks and spreadsheets are read as pandas and R read them with the right arguments, or somebody is asked. */
class WrittenByPeopleTest {

    private static final Path FOLDER = Path.of("src/tables/test/resources/written");

    /**
     * A file and what another program reads.
     *
     * @param formats the right answers, should there be a question
     */
    private record Case(String name, Map<String, String> formats, String written, String read) {

        static Case of(String text) {
            String[] parts = text.split("\n-- read\n");
            String[] head = parts[0].substring(0, parts[0].indexOf('\n')).split("\t");
            Map<String, String> formats = Arrays.stream(head)
                    .skip(1)
                    .filter(told -> !told.isEmpty())
                    .collect(Collectors.toMap(told -> told.split("=")[0], told -> told.split("=")[1]));
            return new Case(head[0], formats, parts[0].substring(parts[0].indexOf('\n') + 1), parts[1]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases(String file) throws IOException {
        return Arrays.stream(Files.readString(FOLDER.resolve(file)).split("(?m)^== "))
                .filter(text -> !text.isEmpty())
                .map(Case::of)
                .toList();
    }

    static Stream<Case> cases() throws IOException {
        return Stream.of("pandas.txt", "r.txt").flatMap(file -> {
            try {
                return cases(file).stream();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Table read(Csv csv, String text) throws IOException {
        return csv.read(new StringReader(text), "test.csv");
    }

    /** What is told if it is asked. */
    private static Table answered(Csv csv, String text, Map<String, String> formats) throws IOException {
        try {
            return read(csv, text);
        } catch (Csv.AmbiguousFormatException e) {
            Csv told = csv;
            for (Map.Entry<String, List<String>> column : e.choices().entrySet()) {
                String right = ColumnFormat.of(formats.get(column.getKey())).text();
                assertThat(column.getValue())
                        .as("choices of %s", column.getKey())
                        .contains(right);
                told = told.format(column.getKey(), right);
            }
            return read(told, text);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsOthersReadItOrAsked(Case written) throws IOException {
        Table table = answered(Csv.csv(), written.written, written.formats);

        Table expected = read(Csv.csv().separator(',').missing(), written.read);
        assertThat(table.names()).isEqualTo(expected.names());
        for (Column column : expected.columns()) {
            Column ours = table.column(column.name());
            if (column instanceof Numbers numbers) {
                assertThat(ours).as(column.name()).isInstanceOf(Numbers.class);
                assertThat(((Numbers) ours).values()).as(column.name()).containsExactly(numbers.values());
            } else {
                assertThat(texts(ours)).as(column.name()).isEqualTo(texts(column));
            }
        }
    }

    private static List<String> texts(Column column) {
        return IntStream.range(0, column.size())
                .mapToObj(row -> column.text(row) == null ? "" : column.text(row))
                .toList();
    }

    /** Else the test before would say little. */
    @Test
    void mostOfThemNeedNoQuestion() throws IOException {
        List<String> asked = new ArrayList<>();
        List<Case> all = cases().toList();
        for (Case written : all) {
            try {
                read(Csv.csv(), written.written);
            } catch (Csv.AmbiguousFormatException e) {
                asked.add(written.name + " " + e.choices());
            }
        }
        assertThat(asked).as("questions").isNotEmpty().hasSizeLessThan(all.size() / 2);
    }

    @Test
    void columnsOfOneStyleAreReadOrAskedOf() throws IOException {
        fuzz(27, 300);
    }

    @Test
    @Tag("long")
    void manyColumnsOfOneStyleAreReadOrAskedOf() throws IOException {
        fuzz(28, 15_000);
    }

    private static void fuzz(long seed, int columns) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> read = new TreeMap<>();
        for (int i = 0; i < columns; i++) {
            Style style = Style.ALL.get(random.nextInt(Style.ALL.size()));
            Map<String, Double> cells = new LinkedHashMap<>();
            int rows = 1 + random.nextInt(12);
            for (int row = 0; row < rows; row++) {
                style.add(cells, random);
            }
            if (requireRead(style, cells)) {
                read.merge(style.format, 1, Integer::sum);
            }
        }
        assertThat(read.keySet()).as("styles that were read without a question").isEqualTo(Style.found());
    }

    /** Whether it was read as it was written; else somebody must have been asked, with this among the answers. */
    private static boolean requireRead(Style style, Map<String, Double> cells) throws IOException {
        String text =
                "x\n" + cells.keySet().stream().map(cell -> '"' + cell + '"').collect(Collectors.joining("\n"));
        boolean[] asked = {false};
        Table table;
        try {
            table = read(Csv.csv().separator(';'), text);
        } catch (Csv.AmbiguousFormatException e) {
            asked[0] = true;
            table = answered(Csv.csv().separator(';'), text, Map.of("x", style.format));
        }
        assertThat(table.column("x")).as(text).isInstanceOf(Numbers.class);
        assertThat(((Numbers) table.column("x")).values())
                .as(style + " " + text)
                .containsExactly(
                        cells.values().stream().mapToDouble(value -> value).toArray());
        return !asked[0];
    }

    /** A way to write numbers; dates are in pandas' and R's cases. */
    private record Style(String format, char decimal, String thousands, String before, String behind, int decimals) {

        static final List<Style> ALL = List.of(
                new Style("1234.5", '.', "", "", "", 2),
                new Style("1234,5", ',', "", "", "", 2),
                new Style("1,234.5", '.', ",", "", "", 2),
                new Style("1.234,5", ',', ".", "", "", 2),
                new Style("1,234.5", '.', ",", "", "", 0),
                new Style("1.234,5", ',', ".", "", "", 1),
                new Style("1 234,5", ',', "\u202F", "", "", 2),
                new Style("1'234.5", '.', "’", "", "", 2),
                new Style("$1,234.5", '.', ",", "$", "", 2),
                new Style("£1,234.5", '.', ",", "£ ", "", 0),
                new Style("€1.234,5", ',', ".", "", " €", 2),
                new Style("EUR 1.234,5", ',', ".", "", " EUR", 2),
                new Style("1234.5%", '.', "", "", "%", 1),
                new Style("1234,5%", ',', "", "", "\u00A0%", 1));

        static Set<String> found() {
            return ALL.stream().map(Style::format).collect(Collectors.toSet());
        }

        /** A number whose digits are the oracle: they are put together once with a point, for Java, and once as the style has it. */
        void add(Map<String, Double> cells, SplittableRandom random) {
            String whole = String.valueOf((long) Math.pow(10, random.nextDouble(0, 8)));
            String fraction = decimals == 0
                    ? ""
                    : String.valueOf((long) Math.pow(10, decimals) + random.nextInt((int) Math.pow(10, decimals)))
                            .substring(1);
            boolean isNegative = random.nextInt(4) == 0;
            String grouped = thousands.isEmpty() ? whole : whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", thousands);
            String number = grouped + (fraction.isEmpty() ? "" : decimal + fraction);
            double value = Double.parseDouble(whole + "." + fraction + "0");
            cells.put((isNegative ? "-" : "") + before + number + behind, isNegative ? -value : value);
        }
    }

    @Test
    void cellsOfOneShapeAreReadByTheSameFormats() {
        shapes(29, 3000);
    }

    @Test
    @Tag("long")
    void manyCellsOfOneShapeAreReadByTheSameFormats() {
        shapes(30, 300_000);
    }

    /** What holds a column's cells together: formats read all cells of a shape, or none. */
    private static void shapes(long seed, int rounds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ColumnFormat> formats = Stream.concat(
                        Stream.of(
                                        "1234.5",
                                        "1234,5",
                                        "1,234.5",
                                        "1.234,5",
                                        "1 234.5",
                                        "1'234,5",
                                        "$1,234.5",
                                        "€1.234,5",
                                        "1234.5%")
                                .map(ColumnFormat::of),
                        CellShapes.DATES.stream())
                .toList();
        Set<String> shapes = new HashSet<>();
        for (int i = 0; i < rounds; i++) {
            String one = random(random, "0123456789", ".,'- $€%/():e ");
            String other = one.chars()
                    .mapToObj(c -> c >= '1' && c <= '9' ? String.valueOf(1 + random.nextInt(9)) : Character.toString(c))
                    .collect(Collectors.joining());
            CellShapes both = new CellShapes();
            both.add(one, 1);
            both.add(other, 2);
            if (both.all().size() == 1 && both.gaps().isEmpty()) {
                shapes.add(one.replaceAll("\\d", "9"));
                assertThat(formats.stream()
                                .map(format -> Double.isNaN(format.value(one)))
                                .toList())
                        .as(one + " and " + other)
                        .isEqualTo(formats.stream()
                                .map(format -> Double.isNaN(format.value(other)))
                                .toList());
            }
        }
        assertThat(shapes).hasSizeGreaterThan(rounds / 10);
    }

    private static String random(SplittableRandom random, String digits, String marks) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(10);
        for (int i = 0; i < length; i++) {
            String from = random.nextInt(3) > 0 ? digits : marks;
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString().strip();
    }
}
