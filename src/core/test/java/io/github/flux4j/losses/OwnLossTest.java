package io.github.flux4j.losses;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.optimise.Optimiser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A user's losses: an expression that is differentiated, or a value and a gradient. */
class OwnLossTest {

    private static final double ROUNDINGS = 1e-12; // Float64, a few terms of size up to ten
    private static final double FLOAT32 = 1e-5;
    private static final double STEP = 1e-6;
    private static final double DIFFERENCES = 1e-8; // h²·f‴/6 and ε/h

    private static final INDArray P =
            Tensors.ofRows(DataType.DOUBLE, new double[][] {{0.5, -1.25}, {2, 0.75}, {-0.5, 1.5}});
    private static final INDArray Y =
            Tensors.ofRows(DataType.DOUBLE, new double[][] {{0.25, -2.5}, {0.75, 1}, {-0.75, 0.5}});

    /** An expression, and the library's loss that it is, or null. */
    private record Expression(String name, LossFunction.Expression of, LossFunction same) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Expression> expressions() {
        return List.of(
                new Expression("mse", (yhat, y) -> yhat.sub(y).pow(2).mean(), MSE),
                new Expression("sum", (yhat, y) -> yhat.sub(y).pow(2).sum(), MSE.sum()),
                new Expression("quartic", (yhat, y) -> yhat.sub(y).pow(4).mean(), null),
                new Expression(
                        "logits",
                        (yhat, y) -> yhat.getSameDiff()
                                .nn()
                                .logSoftmax(yhat)
                                .mul(y)
                                .sum(1)
                                .mean()
                                .neg(),
                        LOGITCROSSENTROPY),
                new Expression(
                        "poisson",
                        (yhat, y) -> yhat.getSameDiff()
                                .math()
                                .exp(yhat)
                                .sub(y.mul(yhat))
                                .mean(),
                        null));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void anExpressionHasTheGradientOfFiniteDifferences(Expression expression) {
        LossFunction loss = loss(expression.of());
        double[] gradient = Tensors.toDoubles(loss.gradient(P, Y));
        for (int i = 0; i < 6; i++) {
            double above = loss.of(shifted(i, STEP), Y);
            double below = loss.of(shifted(i, -STEP), Y);
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * STEP), within(DIFFERENCES));
        }
    }

    private static INDArray shifted(int i, double by) {
        INDArray shifted = P.dup();
        return shifted.putScalar(i, shifted.getDouble(i) + by);
    }

    static Stream<Expression> expressionsOfTheLibrarys() {
        return expressions().stream().filter(expression -> expression.same() != null);
    }

    @ParameterizedTest
    @MethodSource("expressionsOfTheLibrarys")
    void anExpressionIsWhatItSays(Expression expression) {
        LossFunction loss = loss(expression.of());

        assertThat(loss.of(P, Y)).isCloseTo(expression.same().of(P, Y), within(ROUNDINGS));
        assertThat(Tensors.toDoubles(loss.gradient(P, Y)))
                .containsExactly(Tensors.toDoubles(expression.same().gradient(P, Y)), within(ROUNDINGS));
        assertThat(loss.gradient(P, Y).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(loss.of(P.castTo(DataType.FLOAT), Y.castTo(DataType.FLOAT)))
                .isCloseTo(expression.same().of(P, Y), within(FLOAT32));
    }

    /** MSE given in the three ways. */
    private static final LossFunction EXPRESSED =
            loss((yhat, y) -> yhat.sub(y).pow(2).mean());

    private static final LossFunction WRITTEN = loss(
            (yhat, y) -> yhat.sub(y).norm2Number().doubleValue()
                    * yhat.sub(y).norm2Number().doubleValue()
                    / yhat.length(),
            (yhat, y) -> yhat.sub(y).mul(2.0 / yhat.length()));

    static Stream<Arguments> ownOnEveryEngine() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(EXPRESSED, WRITTEN)
                        .flatMap(loss -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                .map(type -> Arguments.of(engine, loss == EXPRESSED, type))));
    }

    /** Inside a workspace of DL4J's, a SameDiff loss goes wrong after the first step, so there are many; the last batch is smaller. */
    @ParameterizedTest
    @MethodSource("ownOnEveryEngine")
    void trainsAsTheLibrarysDoesOverManySteps(String engine, boolean expressed, DataType type) {
        seed(12);
        Chain start = chain(dense(2, 4, TANH), dense(4, 2));
        Chain own = ForcedEngine.on(engine, Layer.copyAs(type, start));
        Chain librarys = ForcedEngine.on(engine, Layer.copyAs(type, start));
        DataLoader data = dataLoader(P.castTo(type), Y.castTo(type)).batchSize(2);
        Optimiser ownOptimiser = setup(descent(0.05), own);
        Optimiser librarysOptimiser = setup(descent(0.05), librarys);
        double first = MSE.of(own.predict(P), Y);
        for (int epoch = 0; epoch < 25; epoch++) {
            double loss = train(expressed ? EXPRESSED : WRITTEN, own, data, ownOptimiser);
            double expected = train(MSE, librarys, data, librarysOptimiser);
            assertThat(loss)
                    .as("epoch %s", epoch)
                    .isCloseTo(expected, within(type == DataType.FLOAT ? FLOAT32 : ROUNDINGS));
        }

        assertThat(MSE.of(own.predict(P), Y)).isLessThan(first / 2);
        assertThat(Tensors.toDoubles(own.flatParameters()))
                .containsExactly(
                        Tensors.toDoubles(librarys.flatParameters()),
                        within(type == DataType.FLOAT ? FLOAT32 : ROUNDINGS));
    }

    /** DL4J computes in workspaces, whose memory it uses again. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "dl4j"})
    void mayKeepTheArraysThatItIsGivenAndMakes(String engine) {
        Dense model = ForcedEngine.on(engine, dense(2, 2));
        List<INDArray> kept = new ArrayList<>();
        List<double[]> then = new ArrayList<>();
        LossFunction keeping = loss((yhat, y) -> MSE.of(yhat, y), (yhat, y) -> {
            INDArray gradient = yhat.sub(y).mul(2.0 / yhat.length());
            kept.addAll(List.of(yhat, y, gradient));
            kept.forEach(array -> then.add(Tensors.toDoubles(array)));
            return gradient;
        });
        for (int step = 0; step < 3; step++) {
            then.clear();
            train(keeping, model, List.of(batch(P, Y)), setup(descent(), model));
        }

        assertThat(kept).hasSize(9);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(Tensors.toDoubles(kept.get(i))).isEqualTo(then.get(i));
        }
        assertThat(Tensors.toDoubles(kept.get(2))).isNotEqualTo(Tensors.toDoubles(kept.get(5)));
    }

    @Test
    void worksForEachExampleAlone() {
        assertThat(Tensors.toDoubles(EXPRESSED.perExample(P, Y)))
                .containsExactly(Tensors.toDoubles(MSE.perExample(P, Y)), within(ROUNDINGS));
    }

    @Test
    void hasANameAndCanBeBound() {
        LossFunction named =
                LossFunction.of("quartic", (yhat, y) -> yhat.sub(y).pow(4).mean());
        Dense model = dense(2, 2);

        assertThat(named).hasToString("quartic");
        assertThat(loss((yhat, y) -> yhat.sub(y).mean())).hasToString("loss");
        assertThat(named.bind(model).of(P, Y)).isCloseTo(named.of(model.predict(P), Y), within(FLOAT32));
    }

    @Test
    void differentiatesQuietly() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            loss((yhat, y) -> yhat.sub(y).pow(6).mean()).gradient(P, Y);
        } finally {
            System.setOut(out);
        }

        assertThat(printed.toString()).isEmpty();
        assertThat(System.out).isSameAs(out);
    }

    /** A thread that watches sees any exchange, and one that prints loses nothing. */
    @Test
    void leavesTheStandardOutputAloneWhileSeveralThreadsDifferentiate() throws Exception {
        PrintStream out = System.out;
        PrintStream own = new PrintStream(new ByteArrayOutputStream(), true);
        System.setOut(own);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            AtomicBoolean exchanged = new AtomicBoolean();
            List<Callable<Void>> tasks = Collections.nCopies(4, () -> {
                for (int rows = 1; rows <= 10; rows++) {
                    INDArray a = Tensors.zeros(DataType.DOUBLE, rows, 2);
                    loss((yhat, y) -> yhat.sub(y).pow(2).mean()).gradient(a, a);
                    exchanged.compareAndSet(false, System.out != own);
                }
                return null;
            });
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
            assertThat(exchanged).isFalse();
            assertThat(System.out).isSameAs(own);
        } finally {
            pool.shutdown();
            System.setOut(out);
        }
    }

    /** SameDiff itself keeps a session for each thread that ever asked. */
    @Test
    void serverThreadsThatComeAndGoGetTheSameNumbers() throws Exception {
        double expected = EXPRESSED.of(P, Y);
        double[] found = new double[20];
        for (int i = 0; i < found.length; i++) {
            int at = i;
            Thread thread = new Thread(() -> found[at] = EXPRESSED.of(P, Y));
            thread.start();
            thread.join();
        }
        assertThat(found).containsOnly(expected);
    }

    /** Each prediction goes several ways into the loss, of operations with several outputs one is used, and integers lie beside. */
    static List<LossFunction.Expression> tangledExpressions() {
        return List.of(
                (yhat, y) -> yhat.mul(yhat).add(yhat.mul(y)).sub(yhat).mean(),
                (yhat, y) -> {
                    SDVariable[] halves = yhat.getSameDiff().split(yhat, 2, 1);
                    return halves[0].mul(halves[0]).sum();
                },
                (yhat, y) ->
                        yhat.gt(0).castTo(yhat.dataType()).mul(yhat).mul(yhat).mean(),
                (yhat, y) -> {
                    SDVariable mean = yhat.mean(true, 0);
                    return yhat.sub(mean).pow(2).mean().add(mean.mul(mean).sum());
                },
                (yhat, y) -> yhat.getSameDiff()
                        .math()
                        .log(yhat.getSameDiff().math().exp(yhat).sum(1))
                        .mean());
    }

    @ParameterizedTest
    @MethodSource("tangledExpressions")
    void aTangledExpressionHasTheGradientOfFiniteDifferences(LossFunction.Expression expression) {
        anExpressionHasTheGradientOfFiniteDifferences(new Expression("tangled", expression, null));
    }

    @Test
    void anExpressionIsASingleNumber() {
        LossFunction perElement = loss((yhat, y) -> yhat.sub(y).pow(2));
        String message =
                "a loss must be a single number, but the expression has shape [3, 2]; end it with mean() or sum()";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> perElement.of(P, Y))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perElement.gradient(P, Y))
                .withMessage(message);
        Dense model = dense(2, 2);
        double[] before = Tensors.toDoubles(model.flatParameters());
        for (String engine : ForcedEngine.ALL) {
            Dense trained = ForcedEngine.on(engine, copy(model));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> train(perElement, trained, List.of(batch(P, Y)), setup(descent(), trained)))
                    .withMessage(message);
            assertThat(Tensors.toDoubles(trained.flatParameters())).isEqualTo(before);
        }
    }

    @Test
    void anExpressionIsMadeOfThePredictions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loss((yhat, y) -> y.mean()).gradient(P, Y))
                .withMessageContaining("predictions");
    }

    @Test
    void aGradientHasThePredictionsShape() {
        LossFunction wrong = loss((yhat, y) -> 1, (yhat, y) -> yhat.sum(0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> wrong.gradient(P, Y))
                .withMessage("the gradient of loss must have the predictions' shape [3, 2], but has [2]");
    }

    @Test
    void takesNoWeightsAndNoOtherSum() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> EXPRESSED.of(P, Y, column(1, 2, 3)))
                .withMessage("loss is a loss of your own, which takes no weights; include them in its formula");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(WRITTEN::sum)
                .withMessage("loss aggregates within its own formula; write the sum there");
    }

    @Test
    void neverBroadcastsEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EXPRESSED.of(P, column(1, 2, 3)))
                .withMessageStartingWith("loss expects targets of the predictions' shape [3, 2]");
    }

    @Test
    void leavesPredictionsAndTargetsAsTheyAre() {
        INDArray p = P.dup();
        INDArray y = Y.dup();
        EXPRESSED.gradient(p, y);
        loss((yhat, t) -> yhat.subi(t).sumNumber().doubleValue(), (yhat, t) -> yhat.assign(1))
                .gradient(p, y);

        assertThat(p).isEqualTo(P);
        assertThat(y).isEqualTo(Y);
    }
}
