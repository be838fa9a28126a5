package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.workload.ProblemWorkload;
import io.github.flux4j.bench.workload.ReadyWorkload;
import io.github.flux4j.bench.workload.Workload;
import io.github.flux4j.bench.workload.Workloads;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Only what computes what the baseline does is timed. */
class AgreementTest {

    /** No limit: the problems here are small. */
    private static final double ENOUGH = Double.POSITIVE_INFINITY;

    private static final ProblemWorkload ARTICLE = (ProblemWorkload) Workloads.named("article");

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
        "digits, HAND_ROLLED_TUNED",
        "digits, RAW_DL4J", // which adds Adam's epsilon elsewhere
        "mlp-8-64-64-1-adam, RAW_DL4J_TUNED"
    })
    void contendersAgreeWithTheBaselineAfterTheFirstStepAndTwoThatAreDrawn(String name, Contenders contender) {
        Agreement check = check(Workloads.named(name), contender, DataType.FLOAT);
        assertThat(check.refusal()).as(check.toString()).isNull();
        assertThat(check.errors()).containsKeys(0, 1);
        assertThat(check.errors().keySet()).anyMatch(steps -> steps > 50);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"HAND_ROLLED", "HAND_ROLLED_TUNED", "RAW_DL4J", "FLUX4J", "ONNX_RUNTIME", "ONNX_RUNTIME_TUNED"})
    void predictionsAgreeWithTheBaseline(Contenders contender) {
        Agreement check = check(Workloads.named("predict-8-64-64-1"), contender, DataType.FLOAT);
        assertThat(check.refusal()).as(check.toString()).isNull();
        assertThat(check.errors()).containsKey(0).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"HAND_ROLLED_TUNED", "ONNX_RUNTIME", "ONNX_RUNTIME_TUNED", "FLUX4J"})
    void predictionsForABatchAgreeToo(Contenders contender) {
        Agreement check = check(Workloads.named("predict-batch"), contender, DataType.FLOAT);
        assertThat(check.refusal()).as(check.toString()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"article", "mlp-8-64-64-1-adam", "predict-8-64-64-1"})
    void flux4jsModelsOfTypeDoubleAgreeToo(String name) {
        assertThat(check(Workloads.named(name), Contenders.FLUX4J, DataType.DOUBLE)
                        .refusal())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "article, SCIKIT_LEARN",
        "mlp-8-64-64-1-adam, SCIKIT_LEARN",
        "mlp-4-32-16-4-tanh, SCIKIT_LEARN",
        "digits, SCIKIT_LEARN",
        "digits, PYTORCH",
        "mlp-8-64-64-1-adam, PYTORCH_FUSED"
    })
    void librariesInPythonAgreeWhereTheyAreInstalled(String name, Contenders contender) {
        Agreement check = check(Workloads.named(name), contender, DataType.FLOAT);
        assumeThat(String.valueOf(check.refusal())).doesNotContain("no python3 here", "its BLAS is not a fast one");
        assertThat(check.refusal()).as(check.toString()).isNull();
        assertThat(check.about()).contains("threads");
    }

    @Test
    void scikitLearnIsNotAskedForWhatItLacks() {
        DenseNetwork.Layer line = ARTICLE.problem().network().layers().get(0);
        DenseNetwork.Layer relu = new DenseNetwork.Layer(1, 1, DenseNetwork.Activation.RELU);
        DenseNetwork.Layer tanh = new DenseNetwork.Layer(1, 1, DenseNetwork.Activation.TANH);
        assertRefusedByScikitLearn(
                List.of(line),
                DenseNetwork.Loss.MAE,
                "scikit-learn's networks minimise the squared error or the cross-entropy, not MAE");
        assertRefusedByScikitLearn(
                List.of(relu), DenseNetwork.Loss.MSE, "scikit-learn has no RELU after the last layer");
        assertRefusedByScikitLearn(
                List.of(relu, tanh, line),
                DenseNetwork.Loss.MSE,
                "scikit-learn has one activation for all hidden layers");
        assertRefusedByScikitLearn(
                List.of(line),
                DenseNetwork.Loss.LOGIT_CROSS_ENTROPY,
                "scikit-learn's classifier has a softmax from 3 classes on, not for 1");
        assertRefusedByScikitLearn(
                List.of(new DenseNetwork.Layer(1, 5, DenseNetwork.Activation.IDENTITY)),
                DenseNetwork.Loss.LOGIT_CROSS_ENTROPY,
                "scikit-learn's classifier learns labels, and these targets are not one-hot");
    }

    private static void assertRefusedByScikitLearn(
            List<DenseNetwork.Layer> layers, DenseNetwork.Loss loss, String reason) {
        DenseNetwork network = new DenseNetwork(layers, loss, new DenseNetwork.Descent(0.1));
        Problem problem = ARTICLE.problem().with(network);
        assertThatThrownBy(() -> Contenders.SCIKIT_LEARN.entrant().start(problem, DataType.FLOAT))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(reason);
    }

    @Test
    void othersAreAskedForFloatAlone() {
        assertThat(check(ARTICLE, Contenders.HAND_ROLLED, DataType.DOUBLE).refusal())
                .isEqualTo("it is written for numbers of type float");
    }

    /** Of a job that has run before, as after timing. */
    private static Agreement check(Workload workload, Contenders contender, DataType type) {
        return Agreement.of(
                workload,
                contender,
                type,
                () -> {
                    ReadyWorkload job = workload.start(contender, type);
                    job.run();
                    job.run();
                    return job;
                },
                workload.as(contender).expected(ENOUGH, new SplittableRandom(1)));
    }

    @Test
    void aContenderWithAnotherLearningRateIsRefused() {
        Workload other = new ProblemWorkload("other", withRate(ARTICLE.problem(), 0.101));
        assertThat(checkOfArticle(() -> other.start(Contenders.HAND_ROLLED, DataType.FLOAT))
                        .refusal())
                .isEqualTo("after 1 run it is wrong by 0.010, more than rounding explains (1e-03)");
    }

    @Test
    void aContenderThatPredictsSomethingElseIsRefused() {
        ReadyWorkload right = ARTICLE.start(Contenders.HAND_ROLLED, DataType.FLOAT);
        assertThat(checkOfArticle(() -> new ReadyWorkload() {
                            @Override
                            public void run() {
                                right.run();
                            }

                            @Override
                            public double[] numbers(int runs) {
                                return runs <= 0 ? new double[5] : right.numbers(runs);
                            }
                        })
                        .refusal())
                .isEqualTo("its predictions are wrong by 1.0, more than rounding explains (1e-05)");
    }

    @Test
    void aContenderThatCannotDoItIsRefusedForItsReason() {
        assertThat(checkOfArticle(() -> {
                            throw new UnsupportedOperationException("not on this machine");
                        })
                        .refusal())
                .isEqualTo("not on this machine");
    }

    private static Agreement checkOfArticle(Supplier<ReadyWorkload> start) {
        return Agreement.of(
                ARTICLE,
                Contenders.HAND_ROLLED,
                DataType.FLOAT,
                start,
                ARTICLE.expected(ENOUGH, new SplittableRandom(1)));
    }

    @Test
    void aProductIsRefusedForOneWrongNumberOrNaN() {
        Workload product = Workloads.named("gemm-8");
        double[] expected = product.expected(ENOUGH, new SplittableRandom(1)).get(1);
        double[] wrong = expected.clone();
        wrong[5] += 0.01;
        assertThat(product.error(1, expected, expected)).isZero();
        assertThat(product.error(1, wrong, expected)).isGreaterThan(product.tolerance(1, DataType.FLOAT));
        wrong[5] = Double.NaN;
        ReadyWorkload nan = new ReadyWorkload() {
            @Override
            public void run() {}

            @Override
            public double[] numbers(int runs) {
                return wrong;
            }
        };
        assertThat(Agreement.of(product, Contenders.FLUX4J, DataType.FLOAT, () -> nan, Map.of(1, expected))
                        .refusal())
                .startsWith("after 1 run it is wrong");
    }

    private static Problem withRate(Problem problem, double eta) {
        DenseNetwork network = problem.network();
        return problem.with(new DenseNetwork(network.layers(), network.loss(), new DenseNetwork.Descent(eta)));
    }
}
