package io.github.flux4j.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cell means in a format; the meanings are worked by hand. */
class ColumnFormatTest {

    /** Of a date as years, whose unit in the last place is 2e-13: a tenth of a second. */
    private static final double TENTH_OF_SECOND = 3e-9;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "1234.5;      -1234.5;       -1234.5",
                "1234,5;      12,50;         12.5",
                "1234,5;      ,5;            0.5",
                "1234,5;      1,5e2;         150",
                "1,234.5;     1,234,567.25;  1234567.25",
                "1,234.5;     1234;          1234",
                "1,234.5;     -0.5;          -0.5",
                "1.234,5;     1.234.567,25;  1234567.25",
                "1.234,5;     1.234,50-;     -1234.5",
                "1 234,5;     1\u00A0234,5;  1234.5",
                "1 234,5;     1\u202F234;    1234",
                "1 234.5;     −1 234.5;      -1234.5",
                "1'234.5;     1’234’567.5;   1234567.5",
                "$1,234.5;    $1,234.50;     1234.5",
                "$1,234.5;    -$5;           -5",
                "$1,234.5;    $-5;           -5",
                "$1,234.5;    ($1,234.50);   -1234.5",
                "$1,234.5;    $(12);         -12",
                "$1,234.5;    (12);          -12",
                "$1,234.5;    12;            12",
                "$1,234.5;    \" $ 12.00 \"; 12",
                "1.234,5 €;   1.234,50 €;    1234.5",
                "1.234,5 €;   € 1.234;       1234",
                "1.234,5 €;   -12 €;         -12",
                "£1234.5;     £0.99;         0.99",
                "CHF 1'234.5; CHF 1'234.50;  1234.5",
                "1234.5%;     45%;           45",
                "1234.5%;     -4.5 %;        -4.5"
            })
    void numbersAreRead(String format, String cell, double number) {
        assertThat(ColumnFormat.of(format).value(cell)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1234.5; 1,5",
                "1234,5; 1.5",
                "1,234.5; 1,23",
                "1,234.5; 12,34,567",
                "1,234.5; 0,123",
                "1,234.5; 1,234,5",
                "1,234.5; (12)",
                "1,234.5; $12",
                "1.234,5; 1.23",
                "1 234,5; 1 23",
                "$1,234.5; €12",
                "$1,234.5; $12$",
                "$1,234.5; --12",
                "$1,234.5; (-12)",
                "$1,234.5; (12",
                "$1,234.5; $",
                "1234.5%; 45",
                "1234.5%; 4%5",
                "1234,5; 1e999",
                "1234,5; ١",
                "day/month/year; 31/02/2021",
                "day/month/year; 12/31/2021",
                "month/day/year; 31/12/2021",
                "day/month/year; 1/2",
                "day month year; 3 Foo 2021",
                "day month year; 3 Ma 2021",
                "day.month.year; 1.2.2021 25:00",
                "day.month.year; 1.2.2021 13:00 PM",
                "year-month; 2021-13",
                "excel; 1.2.2021"
            })
    void whatIsWrittenOtherwiseIsNone(String format, String cell) {
        assertThat(ColumnFormat.of(format).value(cell)).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "year-month-day; 2021-03-04;                2021-03-04T00:00",
                "year-month-day; 2021-03-04T05:06:07.5+01:00; 2021-03-04T04:06:07.5",
                "day/month/year; 3/4/2021;                  2021-04-03T00:00",
                "day/month/year; 03/04/21 17:30;            2021-04-03T17:30",
                "day/month/year; 03/04/69;                  1969-04-03T00:00",
                "day/month/year; 2021-03-04;                2021-03-04T00:00",
                "month/day/year; 3/4/2021 5:06 PM;          2021-03-04T17:06",
                "month/day/year; 3/4/2021, 12:06:07 a.m.;   2021-03-04T00:06:07",
                "day.month.year; 31.12.2021;                2021-12-31T00:00",
                "day.month.year; 1. 2. 2021;                2021-02-01T00:00",
                "year/month/day; 2021/3/4 05:06;            2021-03-04T05:06",
                "day-month-year; 03-Mar-2021;               2021-03-03T00:00",
                "day-month-year; 03-mar-99;                 1999-03-03T00:00",
                "day month year; 3 March 2021;              2021-03-03T00:00",
                "day month year; 3 Sept. 2021;              2021-09-03T00:00",
                "month day year; March 3, 2021;             2021-03-03T00:00",
                "year-month;     2021-03;                   2021-03-01T00:00",
                "month/year;     03/2021;                   2021-03-01T00:00",
                "month year;     Mar 2021;                  2021-03-01T00:00",
                "day/month/year; 29/02/2024 10:00:00 +05:30; 2024-02-29T04:30",
                "unix;           86400;                     1970-01-02T00:00",
                "unix;           -1.5;                      1969-12-31T23:59:58.5",
                "unix ms;        1614834367500;             2021-03-04T05:06:07.5",
                "excel;          25569;                     1970-01-01T00:00",
                "excel;          44259.75;                  2021-03-04T18:00"
            })
    void datesAreRead(String format, String cell, LocalDateTime time) {
        assertThat(ColumnFormat.of(format).value(cell)).isEqualTo(NumberFeature.years(time), within(TENTH_OF_SECOND));
        assertThat(ColumnFormat.of(format).isDate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "–", ".", "?", "n/a", "N/A", "NA", "NaN", "None", "NULL", "#N/A", "#DIV/0!", " \u00A0 "
            })
    void theUsualMarksAreGaps(String cell) {
        assertThat(ColumnFormat.NUMBER.isMissing(cell)).isTrue();
    }

    @Test
    void otherMarksAreGapsIfTheyAreTold() {
        ColumnFormat told = ColumnFormat.NUMBER.withMissing(Set.of("-9"));

        assertThat(told.isMissing("-9")).isTrue();
        assertThat(told.isMissing("-")).isTrue();
        assertThat(ColumnFormat.NUMBER.isMissing("-9")).isFalse();
        assertThat(told.isUsual()).isFalse();
        assertThat(told).isNotEqualTo(ColumnFormat.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234.5",
                "1,234.5",
                "€1.234,5",
                "CHF 1'234.5",
                "1234,5%",
                "day.month.year",
                "month year",
                "unix ms"
            })
    void theTextGivesTheSameFormat(String text) {
        assertThat(ColumnFormat.of(text).text()).isEqualTo(text);
        assertThat(ColumnFormat.of(text)).isEqualTo(ColumnFormat.of(text)).hasSameHashCodeAs(ColumnFormat.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,234,5",
                "1.234.5",
                "5",
                "km 1234.5",
                "day/month",
                "day/day/year",
                "day/month.year",
                "dd/mm/yyyy"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> ColumnFormat.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("day/month/year or month/day/year");
    }

    /** In time that grows with its length alone. */
    @Test
    void aLongCellIsReadOnce() {
        String long1 = "1,234".repeat(200_000);

        assertThat(ColumnFormat.of("$1,234.5").value(long1)).isNaN();
        assertThat(ColumnFormat.of("day/month/year").value("1/2/" + "3".repeat(1_000_000)))
                .isNaN();
    }
}
