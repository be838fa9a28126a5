package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people write them: with units, multiples, in brackets, as times. The values are worked by hand. */
class DressedColumnsTest {

    private static Table read(Csv csv, String... cells) throws IOException {
        String text = Arrays.stream(cells)
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("\n"));
        return csv.read(new StringReader("c0\n" + text + "\n"), "test.csv");
    }

    private static Table read(String cells) throws IOException {
        return read(Csv.csv(), cells.split("\\|"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "12,3 kg|5 kg|7,25kg;                 1234,5 kg;     12.3; 5; 7.25",
                "34cm|5.5cm|-3cm;                     1234.5 cm;     34; 5.5; -3",
                "48.1°|2°|3°;                         1234.5 °;      48.1; 2; 3",
                "1,234.5 km/h|80 km/h|95 km/h;        1,234.5 km/h;  1234.5; 80; 95",
                "120 m²|80 m²|n/a|90 m²;              1234.5 m²;     120; 80; NaN",
                "6\"|7.5\"|8\";                       1234.5 \";     6; 7.5; 8",
                "1.2k|3M|950;                         1234.5k;       1200; 3e6; 950",
                "2 Mio|1,5 Mio|3 Mrd.;                1234,5k;       2e6; 1.5e6; 3e9",
                "$1.2k|$3M|$95;                       $1234.5k;      1200; 3e6; 95",
                "2 Mio €|1,5 Mio €|30 €;              €1234,5k;      2e6; 1.5e6; 30",
                "(95.60)|12.30|(1.00);                (1234.5);      -95.6; 12.3; -1",
                "(1,234.50)|12.30|7;                  (1,234.5);     -1234.5; 12.3; 7",
                "1:23:45|0:00:10|25:00:00;            duration;      5025; 10; 90000",
                "2h 15m|45m|3h;                       duration;      8100; 2700; 10800",
                "1d 2h|90 min|30 s;                   duration;      93600; 5400; 30",
                "13:30|00:00|9:05;                    hour:minute;   48600; 0; 32700",
                "1:30 pm|12:00 AM|12:15 p.m.;         hour:minute;   48600; 0; 44100",
                "13:30:30|00:00:00|23:59:59;          hour:minute;   48630; 0; 86399",
                "2024-Q1|2024-Q3|2023-Q4;             year-quarter;  2024; 2024.4972677595629; 2023.7479452054795",
                "Q1 2024|Q2 2023|Q1 2023;             year-quarter;  2024; 2023.2465753424658; 2023",
                "2024-W01|2024-W07|2023-W52;          year-week;     2024; 2024.1147540983607; 2023.9808219178083",
                "45m|34m|5m;                          1234.5 m;      45; 34; 5", // of one unit, metres as well as
                // minutes
                "k.A.|1,5|2;                          1234,5;        NaN; 1.5; 2",
                "k. A.|unbekannt|unknown|3|4;         1234.5;        NaN; NaN; NaN",
                "inconnu|sin dato|N.D.|5|6;           1234.5;        NaN; NaN; NaN",
                "n. a.|n/v|s/o|5|6;                   1234.5;        NaN; NaN; NaN",
            })
    void aColumnIsReadInItsClothes(String cells, String format, double one, double two, double three)
            throws IOException {
        Numbers column = (Numbers) read(cells).column("c0");

        assertThat(column.format().text()).isEqualTo(format);
        assertThat(Arrays.copyOf(column.values(), 3)).containsExactly(one, two, three);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "00424|1000|99999;       read as text, since line 2 has '00424' with a leading zero",
                "1|2|03;                 read as text, since line 4 has '03' with a leading zero",
                "12 kg|5 lb|7 kg;        it has two units, kg and lb, but line 3 has '5 lb'",
                "12A|14B|13;             ''",
                "2nd|3rd|4th|1st;        ''",
                "unknown|red|blue;       ''",
            })
    void theseStayText(String cells, String note) throws IOException {
        Table table = read(cells);

        assertThat(((Texts) table.column("c0")).text(0)).isEqualTo(cells.split("\\|")[0]);
        assertThat(table.summary()).contains(note);
    }
}
