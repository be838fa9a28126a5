package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operand;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.Turn;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.OneThread;
import io.github.flux4j.saved.FluxLoss;
import java.util.Arrays;
import java.util.Set;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A model run by {@link MultiLayerNetwork}s on the same parameters. A network isn't safe for threads, so each computes one thing at a time;
 * they are two, so that a loss may predict with the model whose step asks for it.
 */
final class Dl4jProgram implements Program {

    /** DL4J's relu and its kin make numbers of NaN, its tanh of Float32 is 1.3 % off at 1e-6. */
    private static final Set<String> FAULTY = Set.of("relu", "relu6", "trelu", "tanh");

    /** DL4J's name of the workspace that is open during a step. */
    private static final String STEP = "WS_ALL_LAYERS_ACT";

    private final Blueprint model;
    private final Blueprint translated;
    private final FluxLoss loss;
    private final MultiLayerNetwork predictor;
    private final Turn predicting;
    private final Turn training;
    private MultiLayerNetwork trainer;

    Dl4jProgram(Blueprint model) {
        this.model = model;
        this.translated = withOwnFunctions(model);
        this.loss = new FluxLoss(null);
        this.predicting = new Turn(
                "a prediction of ",
                model.name(),
                "a layer of ",
                " predicts with the same model, which would never end");
        this.training = Turn.ofGradients(model.name());
        this.predictor = NetworkTranslation.network(translated, loss, new Sgd());
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
                ? new Operation.Pointwise("flux4j's " + pointwise.name(), pointwise.loops())
                : operation;
    }

    @Override
    public String engine() {
        return "dl4j";
    }

    @Override
    @SuppressWarnings("try") // the scopes are entered, not used
    public INDArray predict(INDArray x) {
        boolean isInside = Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread();
        predicting.begin();
        try (OneThread nd4j = new OneThread()) {
            return Tensors.made(() -> output(x, isInside));
        } catch (RuntimeException wrapped) {
            throw Wrapping.removed(wrapped);
        } finally {
            predicting.end();
        }
    }

    /**
     * Outside of workspaces.
     *
     * @param isInside whether one is open even so: a caller's, or DL4J's own in a step whose loss predicts, and these are used again
     */
    private INDArray output(INDArray x, boolean isInside) {
        predictor
                .getLayerWiseConfigurations()
                .setInferenceWorkspaceMode(
                        isInside ? WorkspaceMode.NONE : NetworkTranslation.inferenceWorkspaces(model));
        INDArray features = features(x);
        try {
            INDArray predictions = predictor.output(features);
            return losesNaN(x) ? predictions.assign(Double.NaN) : predictions;
        } finally {
            predictor.clear();
            Tensors.close(features, x);
        }
    }

    /** Of the model's type, and a copy where DL4J might compute in place: a first layer that is an activation overwrites its input. */
    private INDArray features(INDArray x) {
        INDArray features = Tensors.ofType(x, model.dataType());
        return features == x && NetworkTranslation.startsInPlace(model) ? Tensors.copy(x) : features;
    }

    @Override
    public void predict(double[] x, int rows, double[] y) {
        double[] predictions = predictOnce(Tensors.of(model.dataType(), x, rows, x.length / rows));
        System.arraycopy(predictions, 0, y, 0, predictions.length);
    }

    @Override
    public void predict(float[] x, int rows, float[] y) {
        INDArray features = Tensors.uninitialised(DataType.FLOAT, rows, x.length / rows);
        FloatMemory.of(features).write(0, x, x.length);
        double[] predictions = predictOnce(features);
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) predictions[i];
        }
    }

    /** Nobody else sees the arrays, so they are freed at once. */
    private double[] predictOnce(INDArray features) {
        INDArray predictions = predict(features);
        double[] values = Tensors.toDoubles(predictions);
        predictions.close();
        features.close();
        return values;
    }

    @Override
    @SuppressWarnings("try") // the scopes are entered, not used
    public double gradient(Operand x, Operand y, double[] weights, Objective objective, INDArray gradient) {
        training.begin();
        try (OneThread nd4j = new OneThread();
                MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            prepare(objective);
            return step(x.array(), y.array(), weights, objective, gradient);
        } catch (RuntimeException wrapped) {
            throw Wrapping.removed(wrapped);
        } finally {
            training.end();
        }
    }

    /**
     * Makes the network that trains. Every network of a thread uses the same workspaces, so one whose loss may train another model uses none, unless
     * the caller has one open, in which DL4J insists on its own.
     */
    private void prepare(Objective objective) {
        if (Nd4j.getWorkspaceManager().checkIfWorkspaceExistsAndActive(STEP)) {
            throw new IllegalStateException(
                    "a step of " + model.name() + " can't begin within a step that DL4J computes in its workspaces. A"
                            + " layer, an activation or a loss in a workspace of your own began it; close that workspace first, or train outside of the step");
        }
        if (trainer == null) {
            trainer = NetworkTranslation.network(translated, loss, new Sgd());
        }
        boolean isAlone = !objective.isOwn() || Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread();
        trainer.getLayerWiseConfigurations()
                .setTrainingWorkspaceMode(isAlone ? NetworkTranslation.trainingWorkspaces(model) : WorkspaceMode.NONE);
    }

    private double step(INDArray x, INDArray y, double[] weights, Objective objective, INDArray gradient) {
        loss.use(objective, weights);
        INDArray features = features(x);
        INDArray targets = Tensors.ofType(y, model.dataType());
        try {
            return gradient == null ? forward(features, targets) : backpropagate(features, targets, gradient);
        } finally {
            loss.use(null, null);
            trainer.clear();
            Tensors.close(features, x);
            Tensors.close(targets, y);
        }
    }

    /** DL4J has no backpropagation without parameters. */
    private double forward(INDArray features, INDArray targets) {
        INDArray output = trainer.output(features, true);
        return loss.computeScore(targets, output, new ActivationIdentity(), null, true);
    }

    private double backpropagate(INDArray features, INDArray targets, INDArray gradient) {
        INDArray sum = trainer.calculateGradients(features, targets, null, null)
                .getFirst()
                .gradient();
        // DL4J sums over the batch and its updaters divide; ours don't
        sum.divi(features.rows(), gradient.reshape(sum.shape()));
        if (losesNaN(features)) {
            gradient.assign(Double.NaN);
            return Double.NaN;
        }
        return loss.value();
    }

    /** Whether there is a NaN that DL4J may not pass on: ND4J takes a 1×1 matrix for a number, and a NaN as a number for 1e-5. */
    private boolean losesNaN(INDArray x) {
        return NetworkTranslation.multipliesNumbers(model, x.rows()) && (hasNaN(model.parameters()) || hasNaN(x));
    }

    private static boolean hasNaN(INDArray array) {
        return Arrays.stream(Tensors.toDoubles(array)).anyMatch(Double::isNaN);
    }
}
