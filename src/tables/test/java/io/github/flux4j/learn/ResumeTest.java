package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.adamW;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.state;
import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.fit.Ending;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.table.Table;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** MLJFlux's rules for a warm restart. */
class ResumeTest {

    private static final Regressor FIVE = regressor()
            .network("dense(8, relu), dropout(0.2)")
            .networks(3)
            .epochs(5)
            .yardstick(false);

    private static final FittedRegressor EARLIER = fit(FIVE);

    private static FittedRegressor fit(Regressor regressor) {
        return regressor.fit(RealData.CARS, RealData.MPG);
    }

    private static FittedRegressor resume(Regressor regressor) {
        return regressor.resume(EARLIER, RealData.CARS, RealData.MPG);
    }

    private static List<State> states(Fitted model) {
        return model.networks().stream().map(network -> state(network)).toList();
    }

    @Test
    void fiveEpochsAndFiveMoreAreTen() {
        FittedRegressor ten = fit(FIVE.epochs(10));
        FittedRegressor resumed = resume(FIVE.epochs(10));
        assertThat(states(resumed)).isEqualTo(states(ten));
        assertThat(resumed.report().training().losses())
                .isEqualTo(ten.report().training().losses());
        assertThat(resumed.report().leftOut()).isEqualTo(ten.report().leftOut());
        assertThat(resumed.report().notes()).isEmpty();
    }

    @Test
    void soTheyAreWithASchedule() {
        Regressor scheduled = FIVE.schedule(Schedule.exp(0.01, 0.8));
        FittedRegressor resumed = scheduled.epochs(10).resume(fit(scheduled), RealData.CARS, RealData.MPG);
        assertThat(states(resumed)).isEqualTo(states(fit(scheduled.epochs(10))));
    }

    @Test
    void theEarlierModelStaysAsItIs() {
        List<State> before = states(EARLIER);
        resume(FIVE.epochs(10));
        assertThat(states(EARLIER)).isEqualTo(before);
        assertThat(states(resume(FIVE.epochs(10)))).isEqualTo(states(resume(FIVE.epochs(10))));
    }

    @Test
    void withoutMoreEpochsNothingIsDone() {
        assertThat(states(resume(FIVE))).isEqualTo(states(EARLIER));
    }

    @Test
    void anotherRuleGoesOnUnlessItIsToStartAgain() {
        assertGoesOn(FIVE.rule(adamW(0.0001, 0.01)).epochs(6));
        assertGoesOn(FIVE.rule(descent(0.001)).epochs(6));
        FittedRegressor again = resume(FIVE.rule(descent(0.001)).restartOnRuleChange(true));
        assertThat(again.report().notes()).containsExactly("training started anew: rule changed");
    }

    private static void assertGoesOn(Regressor changed) {
        FittedRegressor resumed = resume(changed);
        assertThat(resumed.report().notes()).isEmpty();
        assertThat(resumed.report().training().losses())
                .hasSize(7)
                .startsWith(EARLIER.report().training().losses().toArray(Double[]::new));
    }

    /** Else it would go on from a place where a fit that is left alone never stands. */
    @Test
    void afterAnInterruptWithinAnEpochItStartsAgainAndSaysSo() {
        Regressor ten = FIVE.epochs(10).schedule(Schedule.constant(0.001));
        FittedRegressor cut = interrupted(ten.schedule(new InterruptingSchedule(Thread.currentThread())));
        FittedRegressor resumed = ten.resume(cut, RealData.CARS, RealData.MPG);
        assertThat(resumed.report().notes())
                .containsExactly("training started anew: the earlier fit was interrupted within an epoch");
        assertThat(states(resumed)).isEqualTo(states(fit(ten)));
    }

    @Test
    void afterAnInterruptBetweenEpochsItGoesOn() {
        Thread owner = Thread.currentThread();
        FittedRegressor three = interrupted(FIVE.epochs(10).progress(epoch -> {
            if (epoch.number() == 3) {
                owner.interrupt();
            }
        }));
        assertThat(three.report().training().losses()).hasSize(1 + 3);
        FittedRegressor resumed = FIVE.epochs(10).resume(three, RealData.CARS, RealData.MPG);
        assertThat(resumed.report().notes()).isEmpty();
        assertThat(states(resumed)).isEqualTo(states(fit(FIVE.epochs(10))));
    }

    /** A constant one, by which a thread is interrupted as the fourth epoch begins. */
    private record InterruptingSchedule(Thread owner) implements Schedule, Described {

        @Override
        public double at(int t) {
            if (t == 4) {
                owner.interrupt();
            }
            return 0.001;
        }

        @Override
        public Call call() {
            return Call.parse(Schedule.constant(0.001).text());
        }

        @Override
        public String text() {
            return call().toString();
        }
    }

    private static FittedRegressor interrupted(Regressor regressor) {
        FittedRegressor model = fit(regressor);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.report().training().ending()).isEqualTo(Ending.INTERRUPTED);
        return model;
    }

    @Test
    void anythingElseStartsAgainAndSaysWhy() {
        assertThat(resume(FIVE.batchSize(7)).report().notes())
                .containsExactly("training started anew: batchSize changed");
        assertThat(resume(FIVE.epochs(4)).report().notes())
                .containsExactly("training started anew: there are fewer epochs than were already trained");
        Table fewer = RealData.CARS.rows(IntStream.range(0, 300).toArray());
        assertThat(FIVE.resume(EARLIER, fewer, RealData.MPG).report().notes())
                .containsExactly("training started anew: rows or columns changed");
        assertThat(states(resume(FIVE.seed(3)))).isEqualTo(states(fit(FIVE.seed(3))));
    }
}
