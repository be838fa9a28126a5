package io.github.flux4j.agreement;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.State;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A user's own code within a step does the same on both engines: what it throws arrives as it is, and what it may do, it may do on either. */
@Timeout(60)
class OwnCodeTest {

    private static final double ROUNDINGS = 1e-5; // Float32, sums of a few terms of size up to ten

    private static final INDArray X = rows(new double[][] {{1, -2}, {0.5, 3}, {-1, 0.25}});
    private static final INDArray Y = column(1, -1, 0.5);
    private static final Batch BATCH = batch(X, Y);

    private static final ToDoubleBiFunction<INDArray, INDArray> VALUE = MSE::of;
    private static final BinaryOperator<INDArray> SLOPE = MSE::gradient;

    private static Chain net(Layer... more) {
        seed(1);
        Dense first = dense(2, 3, TANH);
        Dense last = dense(3, 1);
        return more.length == 0 ? chain(first, last) : chain(first, more[0], last);
    }

    /** Fails where it is told to, with an exception of the test's. */
    private record Failing(boolean forward, Throwable failure) implements Kernel {

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            if (forward) {
                throwAny(failure);
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            throwAny(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> double throwAny(Throwable failure) throws T {
        throw (T) failure;
    }

    static Stream<Arguments> failures() {
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(
                                new IllegalArgumentException("mine"),
                                new ArrayIndexOutOfBoundsException("mine"),
                                new RuntimeException("outer", new IllegalStateException("inner")),
                                new Exception("checked"),
                                new StackOverflowError("mine"),
                                new AssertionError("mine"))
                        .map(failure -> Arguments.of(engine, failure)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatOnesOwnCodeThrowsArrivesAsItIs(String engine, Throwable failure) {
        for (LossFunction loss : List.of(loss((p, y) -> throwAny(failure), SLOPE), loss(VALUE, (p, y) -> {
            throwAny(failure);
            return p;
        }))) {
            assertUnharmed(engine, net(), loss, failure);
        }
        assertUnharmed(engine, net(Layer.of("failing", new Failing(true, failure))), MSE, failure);
        assertUnharmed(engine, net(Layer.of("failing", new Failing(false, failure))), MSE, failure);
        Chain predicting = ForcedEngine.on(engine, net(Layer.of("failing", new Failing(true, failure))));
        assertThat(catchThrowable(() -> predicting.predict(X))).isSameAs(failure);
        Activation failing = Activation.of("failing", x -> throwAny(failure), (x, y) -> 1);
        assertUnharmed(engine, net(failing), MSE, failure);
    }

    /** That the failure itself arrives, the parameters are as before, and the model goes on. */
    private static void assertUnharmed(String engine, Chain start, LossFunction loss, Throwable failure) {
        Chain model = ForcedEngine.on(engine, start);
        Optimiser optimiser = setup(descent(), model);
        State before = State.of(model);
        for (int again = 0; again < 2; again++) {
            assertThat(catchThrowable(() -> train(loss, model, List.of(BATCH), optimiser)))
                    .isSameAs(failure);
            assertThat(catchThrowable(() -> withGradient(loss, model, X, Y))).isSameAs(failure);
        }
        assertThat(State.of(model)).isEqualTo(before);
        if (loss != MSE) {
            Chain twin = ForcedEngine.on(engine, net());
            assertThat(train(MSE, model, List.of(BATCH), optimiser))
                    .isEqualTo(train(MSE, twin, List.of(BATCH), setup(descent(), twin)));
        }
    }

    static Stream<Arguments> unfitGradients() {
        Function<INDArray, INDArray> none = p -> null;
        Function<INDArray, INDArray> row = p -> p.reshape(1, 3);
        Function<INDArray, INDArray> number = p -> p.sum();
        return ForcedEngine.ALL.stream()
                .flatMap(engine -> Stream.of(
                        Arguments.of(engine, none, "is null"),
                        Arguments.of(engine, row, "has [1, 3]"),
                        Arguments.of(engine, number, "has []")));
    }

    @ParameterizedTest
    @MethodSource("unfitGradients")
    void aGradientThatDoesNotFitIsRefusedInOneSentence(
            String engine, Function<INDArray, INDArray> gradient, String but) {
        Chain model = ForcedEngine.on(engine, net());
        LossFunction own = LossFunction.of("own", VALUE, (p, y) -> gradient.apply(p));

        assertThatThrownBy(() -> train(own, model, List.of(BATCH), setup(descent(), model)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("the gradient of own must have the predictions' shape [3, 1], but " + but)
                .hasNoCause();
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void soIsOneThatWasClosedAndAnExpressionThatIsNull(String engine) {
        Chain model = ForcedEngine.on(engine, net());
        LossFunction closed = LossFunction.of("own", VALUE, (p, y) -> {
            INDArray gradient = p.dup();
            gradient.close();
            return gradient;
        });
        LossFunction none = LossFunction.of("own", (LossFunction.Expression) (p, y) -> null);

        assertThatThrownBy(() -> train(closed, model, List.of(BATCH), setup(descent(), model)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the gradient of own can't be used: the array (shape [3, 1]) was closed");
        assertThatThrownBy(() -> train(none, model, List.of(BATCH), setup(descent(), model)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("a loss must be a single number, but the expression returned null");
    }

    /** A loss that moves another model by a step and measures what that one predicts then, as two networks that play against each other do. */
    private static LossFunction training(Layer other, Optimiser others) {
        return loss(
                (p, y) -> MSE.of(p, y) + 0.1 * trainstep(MSE, other, BATCH, others),
                (p, y) ->
                        MSE.gradient(p, y).add(MSE.gradient(p, other.predict(X)).mul(0.1)));
    }

    private static List<double[]> afterTrainingEachOther(String outer, String inner) {
        Chain model = ForcedEngine.on(outer, net());
        seed(2);
        Chain other = ForcedEngine.on(inner, chain(dense(2, 4, TANH), batchNorm(4), dense(4, 1)));
        Optimiser optimiser = setup(descent(0.05), model);
        LossFunction loss = training(other, setup(descent(0.05), other));
        for (int i = 0; i < 5; i++) {
            train(loss, model, List.of(BATCH), optimiser);
        }
        return List.of(Tensors.toDoubles(model.flatParameters()), Tensors.toDoubles(other.flatParameters()));
    }

    @Test
    void aLossMayTrainAnotherModelOnEitherEngine() {
        List<double[]> expected = afterTrainingEachOther("lean", "lean");
        for (List<String> engines :
                List.of(List.of("dl4j", "dl4j"), List.of("dl4j", "lean"), List.of("lean", "dl4j"))) {
            List<double[]> found = afterTrainingEachOther(engines.get(0), engines.get(1));
            for (int i = 0; i < 2; i++) {
                assertThat(found.get(i)).containsExactly(expected.get(i), within(ROUNDINGS));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.flux4j.agreement.ForcedEngine#ALL")
    void aLossThatTrainsItsOwnModelIsRefusedInTheSameWords(String engine) {
        Chain model = ForcedEngine.on(engine, net());
        Optimiser optimiser = setup(descent(), model);
        LossFunction own = loss((p, y) -> trainstep(MSE, model, BATCH, optimiser), SLOPE);

        assertThatThrownBy(() -> train(own, model, List.of(BATCH), optimiser))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the loss of Chain(Dense(2 => 3, tanh), Dense(3 => 1)) trains or differentiates the same model while it is"
                                + " computed, which would change what is being differentiated; use copy(model) in the loss, or train afterwards");
    }
}
