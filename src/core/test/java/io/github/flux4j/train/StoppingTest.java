package io.github.flux4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flux's cases are those of its test suite ({@code test/utils.jl}), with {@code init_score} as it was then. */
class StoppingTest {

    private static final double NAN = Double.NaN;

    /** Which call says stop, the first being 1; 0 if none does. */
    private static int stopsAt(BooleanSupplier rule, int calls) {
        for (int call = 1; call <= calls; call++) {
            if (rule.getAsBoolean()) {
                return call;
            }
        }
        return 0;
    }

    private static int stopsAt(DoublePredicate rule, double... scores) {
        PrimitiveIterator.OfDouble score = DoubleStream.of(scores).iterator();
        return stopsAt(() -> rule.test(score.nextDouble()), scores.length);
    }

    private static double[] countingFrom(double first, double by) {
        return DoubleStream.iterate(first, score -> score + by).limit(99).toArray();
    }

    @Test
    void patienceWaitsForThatManyInARow() {
        Iterator<Boolean> flux = Stream.of(false, true, false, true, true, true).iterator();

        assertThat(stopsAt(new Patience(flux::next, 3), 6)).isEqualTo(6);
    }

    @Test
    void patienceGoesOnSayingSoWhileTheConditionHolds() {
        Iterator<Boolean> held = Stream.of(true, true, true, false, true).iterator();
        Patience patience = new Patience(held::next, 2);

        assertThat(Stream.generate(patience::getAsBoolean).limit(5)).containsExactly(false, true, true, false, false);
    }

    @Test
    void earlyStoppingCountsScoresThatAreNoBetterByMinDist() {
        EarlyStopping flux = EarlyStopping.of(10).minDist(3).initScore(0);

        assertThat(stopsAt(flux, countingFrom(0, -2))).isEqualTo(10);
    }

    @Test
    void earlyStoppingTakesAnotherDistance() {
        EarlyStopping flux =
                EarlyStopping.of(10).distance((best, score) -> score - best).initScore(0);

        assertThat(stopsAt(flux, countingFrom(0, 1))).isZero();
    }

    @Test
    void earlyStoppingTakesAnotherFirstBest() {
        assertThat(stopsAt(EarlyStopping.of(10).initScore(10), countingFrom(0, 1)))
                .isEqualTo(11);
    }

    /** Flux issue 2089: with an {@code init_score} of 0, falling losses counted as bad from the start. */
    @Test
    void earlyStoppingLetsTheFirstScoreImprove() {
        assertThat(stopsAt(EarlyStopping.of(1), 5, 4, 3, 2)).isZero();
        assertThat(stopsAt(EarlyStopping.of(3), 1, 2, 3, 4)).isEqualTo(4);
    }

    @Test
    void earlyStoppingStartsAgainAfterAnImprovement() {
        assertThat(stopsAt(EarlyStopping.of(2), 5, 6, 4, 5, 5)).isEqualTo(5);
    }

    @Test
    void earlyStoppingComparesWithTheBestNotTheLast() {
        assertThat(stopsAt(EarlyStopping.of(3), 1, 9, 8, 7)).isEqualTo(4);
    }

    /** The code's {@code <}, not the docstring's {@code <=}. */
    @Test
    void earlyStoppingNeverStopsAtConstantScores() {
        assertThat(stopsAt(EarlyStopping.of(1), countingFrom(1, 0))).isZero();
    }

    @Test
    void earlyStoppingMovesTheBestByAnyImprovement() {
        assertThat(stopsAt(EarlyStopping.of(3).minDist(1), 10, 9.5, 9, 8.5)).isEqualTo(4);
    }

    @Test
    void earlyStoppingFindsHigherScoresBetterIfTold() {
        assertThat(stopsAt(EarlyStopping.of(2).higherIsBetter(), 0.5, 0.7, 0.6, 0.65))
                .isEqualTo(4);
        assertThat(stopsAt(EarlyStopping.of(2).higherIsBetter(), countingFrom(0, 0.01)))
                .isZero();
    }

    @Test
    void earlyStoppingCountsNanAndKeepsTheBest() {
        assertThat(stopsAt(EarlyStopping.of(3), 5, NAN, NAN, NAN)).isEqualTo(4);
        assertThat(stopsAt(EarlyStopping.of(2), 5, NAN, 6)).isEqualTo(3);
        assertThat(stopsAt(EarlyStopping.of(2), 5, NAN, 4, NAN)).isZero();
    }

    @Test
    void earlyStoppingCountsInfiniteLosses() {
        double infinity = Double.POSITIVE_INFINITY;

        assertThat(stopsAt(EarlyStopping.of(2), infinity, infinity)).isEqualTo(2);
    }

    /** Flux: −9, 8, −7, 6, … change by less than 18 from the second on. */
    @Test
    void plateauComparesWithTheLastScore() {
        assertThat(stopsAt(Plateau.of(3).initScore(10).minDist(18), -9, 8, -7, 6, -5))
                .isEqualTo(4);
    }

    @Test
    void plateauStopsAtConstantScores() {
        assertThat(stopsAt(Plateau.of(3), 1, 1, 1, 1)).isEqualTo(4);
    }

    /** The bound is Flux's {@code 1f-6}: 10⁻⁶ rounded to a float, a little less. */
    @Test
    void plateauTakesChangesBelowAMillionthForNone() {
        assertThat(stopsAt(Plateau.of(1), 0, 0.99e-6)).isEqualTo(2);
        assertThat(stopsAt(Plateau.of(1), 0, 1e-6)).isZero();
    }

    @Test
    void plateauCountsNanAndLooksPastIt() {
        assertThat(stopsAt(Plateau.of(3), 1, NAN, NAN, NAN)).isEqualTo(4);
        assertThat(stopsAt(Plateau.of(2), 1, NAN, 1)).isEqualTo(3);
        assertThat(stopsAt(Plateau.of(2), 1, NAN, 2, NAN)).isZero();
    }

    @Test
    void scoresMayBeWorkedOutAtEachCall() {
        double[] score = {0};

        assertThat(stopsAt(EarlyStopping.of(3).watching(() -> score[0]++), 9)).isEqualTo(4);
        assertThat(stopsAt(Plateau.of(3).watching(() -> 1), 9)).isEqualTo(4);
    }

    /** A rule can be kept as a constant and each run begin with a copy that has counted nothing. */
    @Test
    void whatIsDerivedStartsAfresh() {
        EarlyStopping used = EarlyStopping.of(2);
        used.test(1);
        used.test(2);

        assertThat(stopsAt(used.minDist(0), 3, 4)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesToWaitForNothing(int calls) {
        assertThatThrownBy(() -> new Patience(() -> true, calls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wait must be at least 1, but was " + calls);
        assertThatThrownBy(() -> EarlyStopping.of(calls)).hasMessage("delay must be at least 1, but was " + calls);
        assertThatThrownBy(() -> Plateau.of(calls)).hasMessage("width must be at least 1, but was " + calls);
    }

    @Test
    void refusesNan() {
        assertThatThrownBy(() -> EarlyStopping.of(1).minDist(NAN))
                .hasMessage("initScore and minDist must be numbers, but were Infinity and NaN");
        assertThatThrownBy(() -> Plateau.of(1).initScore(NAN)).hasMessageContaining("must be numbers");
    }

    @Test
    void printsItsWord() {
        assertThat(new Patience(() -> true, 3)).hasToString("patience(3)");
        assertThat(EarlyStopping.of(5)).hasToString("earlyStopping(5)");
        assertThat(Plateau.of(4)).hasToString("plateau(4)");
    }
}
