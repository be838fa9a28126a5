package io.github.flux4j.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.format.NumberFeature.Curve;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A column of numbers or dates as numbers for a network: expected values by the formulas of its Javadoc, by hand. */
class NumberFeatureTest {

    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final double CLOSE = 1e-9; // of years, whose fractions of a day are rounded at 1e-13

    private static final Curve CURVE = new Curve(List.of(0.0, 1.0, 4.0), List.of(2.0, 4.0, 1.0));

    private static NumberFeature day(Curve curve) {
        return new NumberFeature(
                "day", true, 2000, 2000, 1, NONE, List.of(0.5), List.of(0.0), ColumnFormat.DATE, true, curve, false);
    }

    private static double[] written(NumberFeature feature, double value) {
        double[] into = new double[feature.width() + 2];
        feature.write(value, into, 1);
        assertThat(into[0]).isZero();
        assertThat(into[into.length - 1]).isZero();
        return Arrays.copyOfRange(into, 1, into.length - 1);
    }

    @ParameterizedTest
    @CsvSource({"-5, 2", "0, 2", "0.5, 3", "1, 4", "2.5, 2.5", "4, 1", "9, 1"})
    void aCurveIsLinearBetweenItsKnotsAndConstantBeyond(double x, double value) {
        assertThat(CURVE.of(x)).isEqualTo(value);
        NumberFeature feature = new NumberFeature(
                "x", false, 0, 1, 2, NONE, List.of(), List.of(), ColumnFormat.NUMBER, false, CURVE, false);
        assertThat(written(feature, x)).containsExactly(2 * (x - 1), value);
    }

    @Test
    void aCurveNeedsKnotsInOrder() {
        List<Double> many = IntStream.range(0, NumberFeature.KNOTS + 1)
                .mapToObj(i -> (double) i)
                .toList();
        List<Double> most = many.subList(0, NumberFeature.KNOTS);
        assertThat(new Curve(most, most).of(7.5)).isEqualTo(7.5);
        assertThat(new Curve(List.of(3.0), List.of(5.0)).of(-1)).isEqualTo(5);
        for (Runnable bad : List.<Runnable>of(
                () -> new Curve(List.of(), List.of()),
                () -> new Curve(List.of(1.0), List.of(1.0, 2.0)),
                () -> new Curve(List.of(1.0, 1.0), List.of(1.0, 2.0)),
                () -> new Curve(List.of(0.0, 2.0, 1.0), List.of(1.0, 2.0, 3.0)),
                () -> new Curve(List.of(0.0, Double.NaN), List.of(1.0, 2.0)),
                () -> new Curve(many, many))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(bad::run)
                    .withMessageStartingWith("a curve needs 1 to 1024 knots in ascending order");
        }
    }

    /** Noon of 2 July is half of a year of 365 days, when a year's cosine is −1 and its half's 1; in 2019 it was a Tuesday. */
    @Test
    void aCalendarIsTheTimeOfYearAndTheWeekday() {
        double half = NumberFeature.years(LocalDateTime.of(2019, 7, 2, 12, 0));
        double[] numbers = {half - 2000, 7, -1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, Math.cos(Math.PI * (half - 2000))};
        Curve seven = new Curve(List.of(0.0), List.of(7.0));

        assertThat(written(day(seven), half)).containsExactly(numbers, within(CLOSE));
        assertThat(day(seven).width()).isEqualTo(14);
        assertThat(day(seven).plainWidth()).isEqualTo(13);
        assertThat(day(null).plainWidth()).isEqualTo(12);
        assertThat(day(null).calendar(false).plainWidth()).isEqualTo(1);
    }

    /** The oracle of weekdays is Java's calendar; a quarter of a year has sine 1, and its half's cosine is −1. */
    @Test
    void everyDayHasItsWeekdayAndItsPlaceOnTheCircle() {
        for (LocalDate date = LocalDate.of(2020, 1, 1); date.getYear() < 2022; date = date.plusDays(1)) {
            double[] numbers = written(day(null), NumberFeature.years(date));
            double angle = 2 * Math.PI * (date.getDayOfYear() - 1) / date.lengthOfYear();

            assertThat(Arrays.copyOfRange(numbers, 1, 5))
                    .as("%s", date)
                    .containsExactly(
                            new double[] {Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)},
                            within(CLOSE));
            for (int weekday = 0; weekday < 7; weekday++) {
                assertThat(numbers[5 + weekday])
                        .as("%s", date)
                        .isEqualTo(weekday == date.getDayOfWeek().ordinal() ? 1 : 0);
            }
        }
        double lastSecond = NumberFeature.years(LocalDateTime.of(2020, 12, 31, 23, 59, 59, 990_000_000));
        assertThat(written(day(null), lastSecond)[5 + 3]).as("Thursday").isEqualTo(1);
    }

    @Test
    void anArrayThatIsFilledAgainKeepsNothingOfTheLastDay() {
        double[] into = new double[day(null).width()];
        day(null).write(NumberFeature.years(LocalDate.of(2019, 7, 2)), into, 0);
        day(null).write(NumberFeature.years(LocalDate.of(2019, 7, 3)), into, 0);

        assertThat(Arrays.copyOfRange(into, 5, 12)).containsExactly(0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void aMissingDateOrOneOfOtherErasHasNoCalendar() {
        for (double years : new double[] {Double.NaN, 10_000, -10_000}) {
            assertThat(Arrays.copyOfRange(written(day(null), years), 1, 12)).containsOnly(0);
        }
        assertThat(written(day(null), Double.NaN)[0]).as("the substitute, 2000").isZero();
        assertThat(DoubleStream.of(written(day(null), 9_999)).skip(5).limit(7).sum())
                .isEqualTo(1);
    }

    /** Six o'clock is a quarter of a day, whose sine is 1; midnight and a day later are one point. */
    @Test
    void aTimeOfDayIsAPointOnACircle() {
        NumberFeature time = NumberFeature.of("x", 43_200, 0, 1)
                .written(ColumnFormat.of("hour:minute"))
                .calendar(true);

        assertThat(time.width()).isEqualTo(3);
        assertThat(written(time, time.number("6:00"))).containsExactly(new double[] {21_600, 0, 1}, within(CLOSE));
        assertThat(written(time, time.number("6:00 pm"))).containsExactly(new double[] {64_800, 0, -1}, within(CLOSE));
        assertThat(written(time, 86_400)[1]).isEqualTo(written(time, 0)[1], within(CLOSE));
        assertThat(written(time, Double.NaN)).containsExactly(43_200, 0, 0);
    }

    @Test
    void numbersThatContradictEachOtherAreRefused() {
        assertRefused("finite center", () -> NumberFeature.of("x", 0, NONE, 1));
        assertRefused("finite center and scale", () -> NumberFeature.of("x", 0, 0, Double.NaN));
        assertRefused("an infinity", () -> NumberFeature.of("x", -NONE, 0, 1));
        assertRefused("clip above 0", () -> clipped(0));
        assertRefused("clip above 0", () -> clipped(Double.NaN));
        assertRefused("as many phases", () -> cosines(1, 2));
        assertRefused("at most 1024", () -> cosines(1025, 1025));
        assertThat(cosines(1024, 1024).width()).isEqualTo(1025);
        assertRefused("isn't a date", () -> NumberFeature.of("x", 0, 0, 1).calendar(true));
        assertRefused(
                "can't be written as", () -> NumberFeature.of("x", 0, 0, 1).written(ColumnFormat.DATE));
        assertRefused("can't be written as", () -> day(null).written(ColumnFormat.NUMBER));
        assertThat(day(null).written(ColumnFormat.DATE)).isEqualTo(day(null));
    }

    private static NumberFeature clipped(double clip) {
        return new NumberFeature("x", false, 0, 5, 1, clip, List.of(), List.of());
    }

    private static NumberFeature cosines(int frequencies, int phases) {
        return new NumberFeature(
                "x", false, 0, 0, 1, NONE, Collections.nCopies(frequencies, 1.0), Collections.nCopies(phases, 0.0));
    }

    private static void assertRefused(String message, Runnable feature) {
        assertThatIllegalArgumentException()
                .isThrownBy(feature::run)
                .withMessageStartingWith("column ")
                .withMessageContaining(message);
    }

    /** The median, which scaling subtracts, or without scaling the mean. */
    @Test
    void theTypicalNumberIsTheCentreOrTheSubstitute() {
        assertThat(clipped(3).typical()).isEqualTo(5);
        assertThat(NumberFeature.of("x", 7, 1, 1).typical()).isEqualTo(7);
        assertThat(NumberFeature.of("x", Double.NaN, 1, 1).typical()).isEqualTo(1);
    }

    @Test
    void valuesOfEveryClassAreNumbersOrRefused() {
        NumberFeature number = NumberFeature.of("x", Double.NaN, 0, 1);
        LocalDateTime noon = LocalDateTime.of(2000, 7, 2, 12, 0); // of 366 days, 183.5 have passed

        assertThat(number.number(new StringBuilder(" 2.5 "))).isEqualTo(2.5);
        assertThat(number.number(7L)).isEqualTo(7);
        assertThat(day(null).number(noon)).isEqualTo(2000 + 183.5 / 366, within(CLOSE));
        assertThat(day(null).number("2000-07-02 12:00")).isEqualTo(2000 + 183.5 / 366, within(CLOSE));
        assertThat(day(null).number(LocalDate.of(1970, 1, 1))).isEqualTo(1970);
        assertRefused("expects a number such as 0.5, but was given \"2000-07-02T12:00\"", () -> number.number(noon));
        assertRefused("such as 0.5, but was given", () -> number.number(noon.toLocalDate()));
        assertRefused(
                "a date such as 1971-07-02, but was given \"x\"; null stands",
                () -> day(null).number("x"));
        assertRefused(
                "written as " + ColumnFormat.of("1.234,5").text() + ", as in training, but was given \"x\"",
                () -> number.written(ColumnFormat.of("1.234,5")).number("x"));
    }

    /** A preparation that overflows says so with the number that was given. */
    @Test
    void aNumberThatPreparationMakesInfiniteIsRefused() {
        assertRefused(
                "can't be 1.0E308, which the model's preparation of it makes Infinity",
                () -> written(NumberFeature.of("x", 0, 0, 1e10), 1e308));
    }
}
