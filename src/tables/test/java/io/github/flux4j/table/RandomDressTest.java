package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random files of mixed dress: 200, and 2000 among the long tests. Oracle: the numbers from which the generator writes the cells. */
class RandomDressTest {

    private static final int FILES = 2000;
    private static final int FEW = 200;
    private static final int ROWS = 24;

    /** Written cells have two decimals; sums of hours and minutes none. */
    private static final double WRITTEN = 0.006;

    private static final List<Locale> LOCALES =
            List.of(Locale.US, Locale.GERMANY, Locale.forLanguageTag("ar-EG-u-nu-arab"));

    /** A way to write a number, and the number that is meant, which may be rounded. */
    private record Dress(String name, DoubleFunction<String> text, DoubleFunction<Double> meant, boolean hasCommas) {}

    private static String decimal(double value, boolean comma) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return comma ? text.replace('.', ',') : text;
    }

    private static double rounded(double value) {
        return Double.parseDouble(decimal(value, false));
    }

    private static List<Dress> dresses() {
        List<Dress> all = new ArrayList<>();
        for (boolean comma : new boolean[] {false, true}) {
            for (String unit : List.of("", " kg", "cm", "°", " km/h", " m²", "%", " €", "k", " Mio")) {
                double times = unit.equals("k") ? 1e3 : unit.equals(" Mio") ? 1e6 : 1;
                all.add(new Dress(unit, x -> decimal(x, comma) + unit, x -> rounded(x) * times, comma));
            }
            all.add(new Dress(
                    "brackets",
                    x -> x < 0 ? "(" + decimal(-x, comma) + ")" : decimal(x, comma),
                    RandomDressTest::rounded,
                    comma));
        }
        all.add(new Dress(
                "exponent",
                x -> String.format(Locale.ROOT, "%.2E", x),
                x -> Double.parseDouble(String.format(Locale.ROOT, "%.2E", x)),
                false));
        all.add(new Dress("integer", x -> String.valueOf(Math.round(x)), x -> (double) Math.round(x), false));
        all.add(new Dress(
                "duration", x -> clock("%d:%02d:%02d", x), x -> (double) Math.round(Math.abs(x) * 60), false));
        all.add(new Dress("hours", x -> clock("%dh %dm %ds", x), x -> (double) Math.round(Math.abs(x) * 60), false));
        return all;
    }

    private static String clock(String form, double x) {
        long seconds = Math.round(Math.abs(x) * 60);
        return String.format(Locale.ROOT, form, seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A file's columns, and what each row means; NaN is a gap. */
    private record Content(String text, List<Dress> columns, double[][] meant) {}

    /** Some cells are gaps, with marks of several languages. */
    private static Content content(Random random, List<Dress> dresses) {
        int count = 1 + random.nextInt(5);
        List<Dress> columns = IntStream.range(0, count)
                .mapToObj(k -> dresses.get(random.nextInt(dresses.size())))
                .toList();
        double[][] meant = new double[count][ROWS];
        String end = random.nextBoolean() ? "\r\n" : "\n";
        boolean quoted = random.nextInt(3) == 0;
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "\uFEFF" : "");
        text.append(
                IntStream.range(0, count).mapToObj(k -> "c" + k).collect(Collectors.joining(";", "", ";last" + end)));
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < count; k++) {
                double x = random.nextGaussian() * 300;
                boolean isGap = row > 2 && random.nextInt(15) == 0;
                String gap = List.of("", "k.A.", "unbekannt", "unknown", "n/v", "s/o", "sin dato", "-", "#N/A")
                        .get(random.nextInt(9));
                meant[k][row] = isGap ? Double.NaN : columns.get(k).meant().apply(x);
                String cell = isGap ? gap : columns.get(k).text().apply(x);
                text.append(quoted ? '"' + cell + '"' : cell).append(';');
            }
            text.append("t").append(row % 3).append(end);
        }
        return new Content(text.toString(), columns, meant);
    }

    @Test
    void noColumnOfAFewIsLostOrMisread(@TempDir Path folder) throws IOException {
        requireReadAlike(FEW, folder);
    }

    @Test
    @Tag("long")
    void noColumnIsLostOrMisread(@TempDir Path folder) throws IOException {
        requireReadAlike(FILES, folder);
    }

    private static void requireReadAlike(int files, Path folder) throws IOException {
        List<Dress> dresses = dresses();
        Random random = new Random(62);
        Locale before = Locale.getDefault();
        int questions = 0;
        try {
            for (int file = 0; file < files; file++) {
                Locale.setDefault(LOCALES.get(file % LOCALES.size()));
                Content content = content(random, dresses);
                Path csv = folder.resolve("r.csv");
                Files.writeString(csv, content.text(), StandardCharsets.UTF_8);
                try {
                    requireRead(Table.read(csv), content);
                } catch (Csv.AmbiguousFormatException asked) {
                    questions++; // where exponents alone don't settle what a comma elsewhere leaves open
                }
            }
        } finally {
            Locale.setDefault(before);
        }
        assertThat(questions).isLessThan(files / 50);
    }

    private static void requireRead(Table table, Content content) {
        for (int k = 0; k < content.columns().size(); k++) {
            Supplier<String> what = () -> content.text() + table.summary();
            assertThat(table.column("c" + k)).as(what).isInstanceOf(Numbers.class);
            Numbers column = (Numbers) table.column("c" + k);
            for (int row = 0; row < ROWS; row++) {
                double meant = content.meant()[k][row];
                assertThat(Double.isNaN(column.value(row))).as(what).isEqualTo(Double.isNaN(meant));
                if (!Double.isNaN(meant)) {
                    assertThat(Math.abs(column.value(row) - meant))
                            .as(what)
                            .isLessThanOrEqualTo(WRITTEN + 1e-9 * Math.abs(meant));
                }
            }
        }
        assertThat(table.warnings()).isEmpty();
    }

    @Test
    void aColumnOfTwoUnitsIsNamedAndASlipSaid(@TempDir Path folder) throws IOException {
        Random random = new Random(7);
        for (int file = 0; file < 100; file++) {
            String[] units = random.nextBoolean() ? new String[] {"kg", "lb"} : new String[] {"m", "ft"};
            int slip = 3 + random.nextInt(ROWS - 3);
            StringBuilder text = new StringBuilder("two,slip\n");
            for (int row = 0; row < ROWS; row++) {
                text.append(random.nextInt(1000))
                        .append(' ')
                        .append(units[row % 3 == 1 ? 1 : 0])
                        .append(',');
                text.append(row == slip ? "heavy" : random.nextInt(1000) + "kg").append('\n');
            }
            Table table = Table.read(Files.writeString(folder.resolve("two.csv"), text));

            assertThat(table.column("two")).isInstanceOf(Texts.class);
            assertThat(table.warnings().get("two"))
                    .contains("two units, " + units[0] + " and " + units[1] + ": line 3 has");
            assertThat(table.column("slip").missing()).isEqualTo(1);
            assertThat(table.warnings().get("slip"))
                    .contains("line " + (slip + 2) + " has 'heavy', which counts as missing");
        }
    }
}
