package io.github.flux4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table PEOPLE = Table.of(
            Numbers.of("age", 30, 40, Double.NaN, 50), Texts.of("town", Arrays.asList("Rome", "Bonn", null, "Rome")));

    @Test
    void summaryOfTheCarsIsAsDesigned() throws IOException {
        assertThat(Table.read(Path.of("src/site/data/auto-mpg.csv")).summary("Miles_per_Gallon"))
                .isEqualTo("""
                        auto-mpg.csv: 406 rows, 9 columns, separated by commas
                          Name              text    311 different in 406 rows              dropped: too many to learn from
                          Miles_per_Gallon  number  9 … 46.6, 8 missing                    target: rows without it are dropped
                          Cylinders         number  3 … 8
                          Displacement      number  68 … 455
                          Horsepower        number  46 … 230, 6 missing
                          Weight_in_lbs     number  1613 … 5140
                          Acceleration      number  8 … 24.8
                          Year              date    1970-01-01 … 1982-01-01, 12 different  as a number of years
                          Origin            text    Europe, Japan, USA                     as 3 columns""");
    }

    @Test
    void summarySaysWhatMaySurprise() throws IOException {
        Table table =
                Csv.csv().read(new StringReader("x,same,none,flag\n1,7,,yes\n2,7,,no\n\nmany,7,,yes\n"), "odd.csv");

        assertThat(table.summary())
                .contains("66 % of these are numbers, but line 5 has 'many'")
                .containsPattern("same +number +7 +dropped: always the same")
                .containsPattern("none +number +3 missing +dropped: no value")
                .containsPattern("flag +flag +no, yes +as 2 columns");
    }

    @Test
    void rangesAreBriefButWholeNumbersKeepTheirDigits() {
        Table table = Table.of(Numbers.of("x", 1e-9, 1 / 3.0, 123_456_789.123, 4e20));

        assertThat(table.rows(0, 2).summary()).contains("1.0E-9 … 123456789");
        assertThat(table.rows(0, 1).summary()).contains("1.0E-9 … 0.333333");
        assertThat(table.rows(2, 3).summary()).contains("123456789 … 4.0E20");
        assertThat(table.rows(0)).hasToString("Table(1 row, 1 column)");
    }

    @Test
    void textIsLeftOutOnlyIfItHasManyLevelsAndFewRowsForEach() {
        assertThat(use(50, 60)).isEqualTo(Use.LEVELS); // not more than 50
        assertThat(use(51, 510)).isEqualTo(Use.LEVELS); // a tenth of the rows
        assertThat(use(51, 509)).isEqualTo(Use.TOO_MANY_LEVELS);
    }

    private static Use use(int levels, int rows) {
        return Use.of(Texts.of(
                "x",
                IntStream.range(0, rows).mapToObj(i -> "level " + i % levels).toList()));
    }

    @Test
    void partsKeepTheLevels() {
        Table rome = PEOPLE.rows(0, 3, 0);

        assertThat(rome.rows()).isEqualTo(3);
        assertThat(((Texts) rome.column("town")).levels()).containsExactly("Bonn", "Rome");
        assertThat(((Texts) rome.column("town")).codes()).containsExactly(1, 1, 1);
        assertThat(((Numbers) rome.column("age")).values()).containsExactly(30, 50, 30);
        assertThat(Use.of(rome.column("town"))).isEqualTo(Use.CONSTANT);
    }

    @Test
    void aPartWithoutRowsIsATable() {
        Table none = PEOPLE.rows(new int[0]);

        assertThat(none.rows()).isZero();
        assertThat(none.summary()).startsWith("0 rows, 2 columns").contains("dropped: no value");
    }

    @Test
    void droppedColumnsAreGoneInTheNewTableOnly() {
        assertThat(PEOPLE.drop("age").names()).containsExactly("town");
        assertThat(PEOPLE.names()).containsExactly("age", "town");
        assertThatThrownBy(() -> PEOPLE.drop("age", "town")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersBecomeTextsAndBack() {
        Table text = PEOPLE.asText("age");

        assertThat(((Texts) text.column("age")).levels()).containsExactly("30", "40", "50");
        assertThat(text.column("age").isMissing(2)).isTrue();
        assertThat(((Numbers) text.asNumbers("age").column("age")).values()).containsExactly(30, 40, Double.NaN, 50);
    }

    @Test
    void datesBecomeTextsAndBack() {
        Table dates =
                Table.of(Texts.of("d", List.of("1970-01-01", "1999-12-31"))).asNumbers("d");

        assertThat(((Numbers) dates.column("d")).kind()).isEqualTo(Numbers.Kind.DATE);
        assertThat(((Texts) dates.asText("d").column("d")).levels()).containsExactly("1970-01-01", "1999-12-31");
    }

    @Test
    void textThatIsNoNumberSaysWhereItIs() {
        assertThatThrownBy(() -> PEOPLE.asNumbers("town"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "column town can't be numbers, since row 0 is 'Rome'; read it with missing(…) if that stands for a missing value");
    }

    @Test
    void unknownColumnsNameTheNearest() {
        Table table = Table.of(new double[][] {{1, 2, 3, 4}}, "height", "weight", "width", "age");

        assertThatThrownBy(() -> table.column("wieght"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column named wieght; the nearest are weight, height, width");
        assertThatThrownBy(() -> table.summary("target")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> PEOPLE.rows(0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows are numbered from 0 to 3, but row 4 was asked for");
        assertThatThrownBy(() -> PEOPLE.rows(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobodyCanChangeATable() {
        double[] values = {1, 2};
        Numbers numbers = Numbers.of("x", values);
        values[0] = 9;
        numbers.values()[1] = 9;

        assertThat(numbers.values()).containsExactly(1, 2);
        assertThatThrownBy(() -> PEOPLE.columns().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> PEOPLE.names().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void columnsFitEachOther() {
        assertThatThrownBy(() -> Table.of(Numbers.of("x", 1, 2), Numbers.of("y", 1)))
                .hasMessageContaining("x has 2 and y 1");
        assertThatThrownBy(() -> Table.of(Numbers.of("x", 1), Numbers.of("x", 1)))
                .hasMessageContaining("columns 1 and 2 are both named x");
        assertThatThrownBy(() -> Table.of()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Numbers.of(" ", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Numbers.of("x", 1, Double.NEGATIVE_INFINITY))
                .hasMessageContaining("row 1 of x is -Infinity");
    }
}
