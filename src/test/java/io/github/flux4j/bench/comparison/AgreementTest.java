package io.github.flux4j.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.bench.baseline.Network;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Entrant;
import io.github.flux4j.bench.contender.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison times only contenders that compute what the baseline does. */
class AgreementTest {

    /** No limit: the problems here are small. */
    private static final double ENOUGH = Double.POSITIVE_INFINITY;

    private static final Problem ARTICLE = Problems.named("article");

    @ParameterizedTest
    @CsvSource({
        "article, HAND_ROLLED",
        "article, RAW_DL4J",
        "article, FLUX4J",
        "article, FLUX4J_DL4J",
        "grid-b8-w8, HAND_ROLLED",
        "grid-b8-w8, FLUX4J",
        "mlp-8-64-64-1-adam, HAND_ROLLED",
        "mlp-8-64-64-1-adam, HAND_ROLLED_TUNED",
        "mlp-4-32-16-4-tanh, HAND_ROLLED_TUNED",
        "grid-b1-w32, HAND_ROLLED_TUNED",
        "grid-b8-w1, HAND_ROLLED_TUNED",
        "digits, HAND_ROLLED",
        "digits, HAND_ROLLED_TUNED"
    })
    void contendersAgreeWithTheBaselineAfter1And10And100Steps(String name, Entrant entrant) {
        Problem problem = Problems.named(name);
        Agreement agreement = Agreement.of(entrant, problem, Reference.of(problem, ENOUGH));
        assertThat(agreement.status()).as(agreement.toString()).isEqualTo(Agreement.Status.AGREES);
        assertThat(agreement.errors()).containsOnlyKeys(0, 1, 10, 100);
    }

    @ParameterizedTest
    @EnumSource(names = {"HAND_ROLLED", "HAND_ROLLED_TUNED", "RAW_DL4J", "RAW_ND4J", "FLUX4J"})
    void predictionsAgreeWithTheBaseline(Entrant entrant) {
        Problem problem = Problems.named("predict-8-64-64-1");
        Agreement agreement = Agreement.of(entrant, problem, Reference.of(problem, ENOUGH));
        assertThat(agreement.status()).as(agreement.toString()).isEqualTo(Agreement.Status.AGREES);
        assertThat(agreement.errors()).containsOnlyKeys(0);
    }

    @Test
    void aContenderWithAnotherLearningRateIsRefused() {
        Agreement agreement = Agreement.of(
                "WRONG", problem -> start(withRate(problem, 0.101)), ARTICLE, Reference.of(ARTICLE, ENOUGH));
        assertThat(agreement.status()).isEqualTo(Agreement.Status.DISAGREES);
        assertThat(agreement.reason())
                .isEqualTo("parameters after 1 steps are 0.010 from the baseline's, more than 1e-03");
    }

    @Test
    void aContenderThatPredictsSomethingElseIsRefused() {
        Agreement agreement =
                Agreement.of("WRONG", AgreementTest::predictingZero, ARTICLE, Reference.of(ARTICLE, ENOUGH));
        assertThat(agreement.status()).isEqualTo(Agreement.Status.DISAGREES);
        assertThat(agreement.reason()).isEqualTo("predictions are 1.0 from the baseline's, more than 1e-05");
    }

    @Test
    void aContenderThatCannotDoItIsUnavailableForItsReason() {
        Agreement agreement = Agreement.of(
                "MISSING",
                problem -> {
                    throw new UnsupportedOperationException("not on this machine");
                },
                ARTICLE,
                Reference.of(ARTICLE, ENOUGH));
        assertThat(agreement.status()).isEqualTo(Agreement.Status.UNAVAILABLE);
        assertThat(agreement.reason()).isEqualTo("not on this machine");
    }

    private static Contender start(Problem problem) {
        return Entrant.HAND_ROLLED.start(problem);
    }

    private static Problem withRate(Problem problem, double eta) {
        Network network = problem.network();
        return new Problem(
                problem.name(),
                problem.task(),
                new Network(network.layers(), network.loss(), new Network.Descent(eta)),
                problem.batchSize(),
                problem.features(),
                problem.targets(),
                problem.start(),
                problem.goal());
    }

    private static Contender predictingZero(Problem problem) {
        Contender right = start(problem);
        return new Contender() {
            @Override
            public void step() {
                right.step();
            }

            @Override
            public float[] parameters() {
                return right.parameters();
            }

            @Override
            public void predict(float[] x, float[] y) {
                java.util.Arrays.fill(y, 0);
            }
        };
    }
}
