package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.TrainedWith;
import io.github.flux4j.losses.Losses;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Nesterov;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.saved.FluxActivation;
import io.github.flux4j.saved.FluxDense;
import io.github.flux4j.saved.FluxLayer;
import io.github.flux4j.saved.FluxLoss;
import io.github.flux4j.saved.FluxOutput;
import io.github.flux4j.saved.FluxUpdater;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** flux4j's operations, losses and rules in DL4J's terms. */
final class NetworkTranslation {

    /**
     * The activations that DL4J computes with Flux's values and gradients, except for NaN, which three of them lose, and Float32 tanh near 0, which is 1.3 %
     * off at 1e-6.
     */
    private static final Map<String, IActivation> ACTIVATIONS = Map.of(
            "relu", new ActivationReLU(),
            "relu6", new ActivationReLU6(),
            "sigmoid", new ActivationSigmoid(),
            "softsign", new ActivationSoftSign(),
            "tanh", new ActivationTanH(),
            "trelu", new ActivationThresholdedReLU());

    /** The operations that there are layers for. */
    static final Set<Class<? extends Operation>> KNOWN =
            Set.of(Operation.Affine.class, Operation.Pointwise.class, Operation.Rows.class);

    private NetworkTranslation() {}

    /** Makes a network on the blueprint's own parameters, and restores ND4J's random generator, which DL4J reseeds. */
    @SuppressWarnings("try") // the scope is entered, not used
    static MultiLayerNetwork network(Blueprint model, ILossFunction loss, IUpdater updater) {
        Random random = Nd4j.getRandom();
        long root = random.rootState();
        long node = random.nodeState();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            // the generator's own seed, so that its getSeed() says the same afterwards
            return network(model, loss, updater, random.getSeed());
        } finally {
            random.setStates(root, node);
        }
    }

    private static MultiLayerNetwork network(Blueprint model, ILossFunction loss, IUpdater updater, long seed) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(model.dataType())
                .trainingWorkspaceMode(trainingWorkspaces(model))
                .inferenceWorkspaceMode(inferenceWorkspaces(model))
                .updater(updater)
                .list();
        layers(model.operations(), model.dataType(), loss, updater).forEach(list::layer);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.validateOutputLayerConfig(false).build());
        INDArray parameters = model.parameters();
        network.init(parameters == null ? null : parameters.reshape(1, parameters.length()), false);
        return network;
    }

    /** A model without parameters only runs forward. For others DL4J copies what its first layer would overwrite. */
    static WorkspaceMode trainingWorkspaces(Blueprint model) {
        return model.parameters() == null ? inferenceWorkspaces(model) : WorkspaceMode.ENABLED;
    }

    /** A first layer that computes in place returns an array outside of any workspace, which DL4J's check of workspaces refuses. */
    static WorkspaceMode inferenceWorkspaces(Blueprint model) {
        return startsInPlace(model) ? WorkspaceMode.NONE : WorkspaceMode.ENABLED;
    }

    static List<Layer> layers(List<Operation> operations, DataType type, ILossFunction loss, IUpdater updater) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof Operation.Affine affine) {
                IActivation activation = new ActivationIdentity();
                if (i + 1 < operations.size() && operations.get(i + 1) instanceof Operation.Pointwise pointwise) {
                    activation = activation(pointwise);
                    i++;
                }
                layers.add(
                        i == operations.size() - 1
                                ? output(affine, activation, loss, updater)
                                : dense(affine, activation, updater));
            } else if (operations.get(i) instanceof Operation.Rows rows) {
                layers.add(new FluxLayer(rows, type));
            } else if (operations.get(i) instanceof Operation.Pointwise pointwise) {
                layers.add(new ActivationLayer.Builder()
                        .activation(activation(pointwise))
                        .build());
            } else {
                throw new IllegalArgumentException("the DL4J engine has no layer for " + operations.get(i)
                        + ", operation " + (i + 1) + " of the model");
            }
        }
        if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof OutputLayer)) {
            layers.add(new LossLayer.Builder(loss)
                    .activation(new ActivationIdentity())
                    .build());
        }
        return layers;
    }

    /** DL4J's own layer, unless our rules must know its parameters. */
    private static Layer dense(Operation.Affine affine, IActivation activation, IUpdater updater) {
        DenseLayer dense = new DenseLayer.Builder()
                .nIn(affine.inputs())
                .nOut(affine.outputs())
                .hasBias(affine.bias())
                .activation(activation)
                .build();
        return updater instanceof FluxUpdater ? new FluxDense(dense) : dense;
    }

    private static Layer output(Operation.Affine affine, IActivation activation, ILossFunction loss, IUpdater updater) {
        OutputLayer output = new OutputLayer.Builder(loss)
                .nIn(affine.inputs())
                .nOut(affine.outputs())
                .hasBias(affine.bias())
                .activation(activation)
                .build();
        return updater instanceof FluxUpdater ? new FluxOutput(output) : output;
    }

    private static IActivation activation(Operation.Pointwise pointwise) {
        IActivation known = ACTIVATIONS.get(pointwise.name());
        return known != null ? known : new FluxActivation(pointwise);
    }

    /** Whether DL4J's first layer would overwrite the array it is given. */
    static boolean startsInPlace(Blueprint model) {
        return model.operations().isEmpty() || !(model.operations().get(0) instanceof Operation.Affine);
    }

    /** Whether one factor of a product x·Wᵀ is a 1×1 matrix for this many rows. */
    static boolean multipliesNumbers(Blueprint model, int rows) {
        return model.operations().stream()
                .anyMatch(operation -> operation instanceof Operation.Affine affine
                        && affine.inputs() == 1
                        && (affine.outputs() == 1 || rows == 1));
    }

    /** DL4J's own loss if it is the same, else Flux's; mse for a model that was never trained. */
    static ILossFunction loss(TrainedWith training) {
        if (training == null || training.loss() == Losses.MSE) {
            return new LossMSE();
        }
        return training.loss() == Losses.MAE ? new LossMAE() : new FluxLoss(training.loss());
    }

    /** DL4J's own updater if it is the same, else Flux's rule; without training, descent with Flux's default rate. */
    static IUpdater updater(TrainedWith training) {
        return training == null ? new Sgd(0.1) : updater((Rule) training.rule());
    }

    private static IUpdater updater(Rule rule) {
        if (rule instanceof Descent descent) {
            return new Sgd(descent.eta());
        }
        if (rule instanceof Nesterov nesterov) {
            return new Nesterovs(nesterov.eta(), nesterov.rho());
        }
        return rule instanceof io.github.flux4j.optimise.AdaDelta adaDelta
                ? new AdaDelta(adaDelta.rho(), adaDelta.epsilon())
                : new FluxUpdater(rule);
    }
}
