package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.Tensors;
import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A model run by a {@link MultiLayerNetwork} on the same parameters. The network isn't safe for threads, so one at a time. */
final class Dl4jProgram implements Program {

    /** DL4J's relu makes 0 of NaN, its tanh of Float32 is 1.3 % off at 1e-6. */
    private static final Set<String> FAULTY = Set.of("relu", "tanh");

    private final Blueprint model;
    private final ObjectiveLoss loss;
    private final MultiLayerNetwork network;

    Dl4jProgram(Blueprint model) {
        this.model = model;
        this.loss = new ObjectiveLoss(null, model.dataType());
        this.network = Translation.network(withOwnFunctions(model), loss, new Sgd());
    }

    /**
     * The same model with our functions where DL4J's have faults, which is wherever their names are others than DL4J's. Networks that are
     * handed out have DL4J's own, so that DL4J can save and load them without flux4j.
     */
    private static Blueprint withOwnFunctions(Blueprint model) {
        return new Blueprint(
                model.name(),
                model.operations().stream().map(Dl4jProgram::renamed).toList(),
                model.parameters(),
                model.dataType());
    }

    private static Operation renamed(Operation operation) {
        return operation instanceof Operation.Pointwise pointwise && FAULTY.contains(pointwise.name())
                ? new Operation.Pointwise("flux4j's " + pointwise.name(), pointwise.loop())
                : operation;
    }

    @Override
    public String engine() {
        return "dl4j";
    }

    @Override
    @SuppressWarnings("try") // the scope is entered, not used
    public synchronized INDArray predict(INDArray x) {
        try (OneThread nd4j = new OneThread()) {
            return output(x);
        }
    }

    private INDArray output(INDArray x) {
        // a copy where DL4J might compute in place: a first layer that is an activation overwrites its input
        INDArray predictions = network.output(
                Translation.startsInPlace(model) ? x.castTo(model.dataType()).dup('c') : x);
        return losesNaN(x) ? predictions.assign(Double.NaN) : predictions;
    }

    @Override
    public void predict(double[] x, int rows, double[] y) {
        double[] predictions = Tensors.toDoubles(predict(Tensors.of(model.dataType(), x, rows, x.length / rows)));
        System.arraycopy(predictions, 0, y, 0, predictions.length);
    }

    @Override
    public void predict(float[] x, int rows, float[] y) {
        INDArray features = Nd4j.createFromArray(x).reshape(rows, x.length / rows);
        double[] predictions = Tensors.toDoubles(predict(features));
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) predictions[i];
        }
    }

    @Override
    @SuppressWarnings("try") // the scope is entered, not used
    public synchronized double gradient(
            Operand x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        try (OneThread nd4j = new OneThread()) {
            return backpropagate(x.array(), y.array(), weights, objective, gradient);
        }
    }

    private double backpropagate(INDArray x, INDArray y, double[] weights, Objective objective, INDArray gradient) {
        loss.use(objective, weights);
        INDArray features = x.castTo(model.dataType());
        if (Translation.startsInPlace(model)) {
            features = features.dup('c');
        }
        INDArray targets = y.castTo(model.dataType());
        if (gradient == null) {
            // DL4J has no backpropagation without parameters
            return loss.computeScore(targets, network.output(features, true), new ActivationIdentity(), null, true);
        }
        INDArray sum = network.calculateGradients(features, targets, null, null)
                .getFirst()
                .gradient();
        // DL4J sums over the batch and its updaters divide; ours don't
        sum.divi(x.rows(), gradient.reshape(sum.shape()));
        if (losesNaN(features)) {
            gradient.assign(Double.NaN);
            return Double.NaN;
        }
        return loss.value();
    }

    /** Whether there is a NaN that DL4J may not pass on: ND4J takes a 1×1 matrix for a number, and a NaN as a number for 1e-5. */
    private boolean losesNaN(INDArray x) {
        return Translation.multipliesNumbers(model, x.rows()) && (hasNaN(model.parameters()) || hasNaN(x));
    }

    private static boolean hasNaN(INDArray array) {
        return Arrays.stream(Tensors.toDoubles(array)).anyMatch(Double::isNaN);
    }
}
