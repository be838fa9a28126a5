package io.github.flux4j.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.fit.Epoch;
import io.github.flux4j.optimise.AdamW;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private static Table line(int rows) {
        SplittableRandom random = new SplittableRandom(3);
        double[] x = random.doubles(rows).toArray();
        double[] y = IntStream.range(0, rows)
                .mapToDouble(i -> 3 * x[i] + 0.1 * random.nextDouble())
                .toArray();
        return Table.of(
                Numbers.of("day", IntStream.range(0, rows).asDoubleStream().toArray()),
                Numbers.of("x", x),
                Numbers.of("y", y));
    }

    private static Regressor regressor() {
        return Learn.regressor().yardstick(false).seed(1);
    }

    @Test
    void aLimitEndsWithTheBestSoFarAndTheReportSaysSo() {
        FittedRegressor fitted = regressor()
                .epochs(100_000)
                .patience(100_000)
                .timeLimit(Duration.ofMillis(600))
                .fit(line(200), "y");
        Report report = fitted.report();
        assertThat(report.training().ending()).isEqualTo(Ending.TIME_LIMIT);
        assertThat(report.notes()).anyMatch(note -> note.matches("the time limit ended training after \\d+ epochs?.*"));
        assertThat(report.leftOut().get("r2")).isGreaterThan(0);
    }

    /**
     * All networks learn in the one epoch, the last one, too; without turns it would have one batch of 80,000. An epoch is 400,000 steps of some
     * microseconds each, which no machine makes within the limit.
     */
    @Test
    void aLimitWithinTheFirstEpochIsSharedByAllNetworks() {
        FittedRegressor fitted = regressor()
                .rule(new AdamW(0.01))
                .timeLimit(Duration.ofSeconds(1))
                .network("dense(64, relu), dense(64, relu), dense")
                .cosines(0, 1)
                .batchSize(1)
                .fit(line(100_000), "y");
        assertThat(fitted.report().training().ending()).isEqualTo(Ending.TIME_LIMIT);
        assertThat(fitted.report().training().epochs()).hasSize(1);
        assertThat(fitted.report().notes())
                .contains("the time limit ended training after 1 epoch, which was incomplete; more time may help");
        assertThat(fitted.report().leftOut().get("r2")).isGreaterThan(0.3);
    }

    @Test
    void rowsInOrderLeaveTimeForTheModelOfAllRows() {
        FittedRegressor fitted = regressor()
                .orderedBy("day")
                .epochs(100_000)
                .patience(100_000)
                .timeLimit(Duration.ofMillis(1200))
                .fit(line(300), "y");
        assertThat(fitted.report().training().ending()).isEqualTo(Ending.TIME_LIMIT);
        assertThat(fitted.report().training().division()).contains("the model then trained on all rows");
    }

    @Test
    void aLimitThatIsNotReachedChangesNothing() {
        Table table = line(100);
        Regressor few = regressor().epochs(3);
        double[] free = few.fit(table, "y").predict(table);
        assertThat(few.timeLimit(Duration.ofHours(1)).fit(table, "y").predict(table))
                .isEqualTo(free);
    }

    @Test
    void nothingIsLeftAtTheEndAndTheShareNeverExceedsOne() {
        List<Epoch> told = new ArrayList<>();
        regressor().patience(3).progress(told::add).fit(line(100), "y");
        assertThat(told.get(told.size() - 1).left()).isEqualTo(Duration.ZERO);
        assertThat(told).allMatch(epoch -> epoch.progress() > 0 && epoch.progress() <= 1);
    }

    @Test
    void isReadAsItIsWrittenAndRefusesWhatIsNoTime() {
        Regressor limited = regressor().timeLimit(Duration.ofMinutes(10));
        assertThat(Estimator.parse(limited.text()).timeLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThatThrownBy(() -> regressor().timeLimit(Duration.ZERO))
                .hasMessage("timeLimit must be above 0 and at most 10000 days, but was PT0S");
        assertThatThrownBy(() -> Estimator.parse("regressor\ntimeLimit: soon")).hasMessageContaining("PT10M");
    }
}
