package io.github.flux4j.internal.dl4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.agreement.ForcedEngine;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

@Timeout(60)
class Dl4jEngineTest {

    private static final double ROUNDINGS = 1e-12; // Float64, some dozens of terms of size up to ten

    private static final INDArray X = Tensors.ofRows(DataType.DOUBLE, new double[][] {{1, 2}, {3, -4}, {-5, 0.5}});
    private static final INDArray Y = Tensors.ofRows(DataType.DOUBLE, new double[][] {{1}, {0}, {1}});

    static List<Layer> models() {
        seed(3);
        return List.of(
                f64(chain(dense(2, 3, TANH), dense(3, 1))),
                f64(chain(RELU, dense(2, 3), batchNorm(3), dense(3, 1, SIGMOID))),
                f64(chain(layerNorm(2), dense(2, 1))));
    }

    /** Squared distance to the targets and to what a model predicts meanwhile. */
    private static LossFunction pulling(Layer towards) {
        return loss(
                (yhat, y) -> MSE.of(yhat, y) + MSE.of(yhat, towards.predict(X)),
                (yhat, y) -> MSE.gradient(yhat, y).add(MSE.gradient(yhat, towards.predict(X))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aLossMayPredictWithTheModelThatItTrains(Layer start) {
        Layer lean = ForcedEngine.on("lean", copy(start));
        Layer dl4j = ForcedEngine.on("dl4j", copy(start));
        for (int step = 0; step < 5; step++) {
            double expected = train(pulling(lean), lean, List.of(batch(X, Y)), setup(descent(0.05), lean));
            double loss = train(pulling(dl4j), dl4j, List.of(batch(X, Y)), setup(descent(0.05), dl4j));
            assertThat(loss).isCloseTo(expected, within(ROUNDINGS));
        }
        assertSameParameters(dl4j, lean);
    }

    private static void assertSameParameters(Layer model, Layer expected) {
        assertThat(Tensors.toDoubles(model.flatParameters()))
                .containsExactly(Tensors.toDoubles(expected.flatParameters()), within(ROUNDINGS));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aLossMayPredictWithAnotherModel(Layer start) {
        Layer teacher = ForcedEngine.on("dl4j", f64(chain(dense(2, 4, TANH), dense(4, 1))));
        Layer lean = ForcedEngine.on("lean", copy(start));
        Layer dl4j = ForcedEngine.on("dl4j", copy(start));
        train(pulling(teacher), lean, List.of(batch(X, Y)), setup(descent(0.05), lean));
        train(pulling(teacher), dl4j, List.of(batch(X, Y)), setup(descent(0.05), dl4j));

        assertSameParameters(dl4j, lean);
    }

    @Test
    void aLossMayWaitForAPredictionInAnotherThread() {
        Layer model = ForcedEngine.on("dl4j", models().get(0));
        LossFunction waiting = loss(
                (yhat, y) -> MSE.of(yhat, y),
                (yhat, y) -> MSE.gradient(
                        yhat,
                        CompletableFuture.supplyAsync(() -> model.predict(X)).join()));
        double[] gradient =
                Tensors.toDoubles(withGradient(waiting, model, X, Y).gradient().flat());

        assertThat(gradient).containsOnly(new double[gradient.length], within(ROUNDINGS));
    }

    /** DL4J insists on its workspaces within a caller's, and a network's would overwrite another's. */
    @Test
    @SuppressWarnings("try") // the workspace is entered, not used
    void aLossThatTrainsWithinAWorkspaceOfTheCallersIsRefusedByName() {
        Layer model = ForcedEngine.on("dl4j", models().get(0));
        Layer other = ForcedEngine.on("dl4j", f64(dense(2, 1)));
        double[] before = Tensors.toDoubles(other.flatParameters());
        LossFunction training =
                loss((yhat, y) -> trainstep(MSE, other, batch(X, Y), setup(descent(), other)), (yhat, y) -> yhat);
        try (MemoryWorkspace mine = Nd4j.getWorkspaceManager().getAndActivateWorkspace("mine")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> withGradient(training, model, X, Y))
                    .withMessageStartingWith("a step of Dense(2 => 1) can't begin within a step that DL4J computes");
        }
        assertThat(Tensors.toDoubles(other.flatParameters())).isEqualTo(before);
        assertThat(withGradient(MSE, model, X, Y).loss()).isFinite();
    }

    @Test
    void aLossOfTheLeanEngineMayTrainAModelOfDl4js() {
        Layer outer = ForcedEngine.on("lean", f64(dense(2, 1)));
        Layer inner = ForcedEngine.on("dl4j", f64(dense(2, 1)));
        LossFunction training =
                loss((yhat, y) -> trainstep(MSE, inner, batch(X, Y), setup(descent(0.01), inner)), (yhat, y) -> yhat);

        assertThat(withGradient(training, outer, X, Y).loss())
                .isGreaterThan(withGradient(training, outer, X, Y).loss());
    }

    @ParameterizedTest
    @MethodSource("models")
    void theExportedNetworkFitsAndPredictsAlike(Layer model) {
        Layer twin = copy(model);
        train(MSE, model, List.of(batch(X, Y)), setup(descent(0.05), model));
        MultiLayerNetwork network = model.network();
        network.fit(new DataSet(X, Y));
        train(MSE, twin, List.of(batch(X, Y)), setup(descent(0.05), twin));
        train(MSE, twin, List.of(batch(X, Y)), setup(descent(0.05), twin));

        assertSameParameters(model, twin);
        assertThat(Tensors.toDoubles(network.output(X)))
                .containsExactly(Tensors.toDoubles(model.predict(X)), within(ROUNDINGS));
    }

    /** No operation can be added from outside, and null is none of those that there are. */
    @Test
    void anOperationWithoutALayerIsRefused() {
        Operation affine = new Operation.Affine(2, 2, false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkTranslation.layers(
                        Arrays.asList(affine, null), DataType.FLOAT, new LossMSE(), new Sgd()))
                .withMessage("the DL4J engine has no layer for null, operation 2 of the model");
    }
}
