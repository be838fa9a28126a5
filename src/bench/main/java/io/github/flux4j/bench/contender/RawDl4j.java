package io.github.flux4j.bench.contender;

import io.github.flux4j.bench.baseline.DenseNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.linalg.profiler.ProfilerConfig;

/** DL4J as its documentation shows it: {@code new MultiLayerNetwork(configuration)}, {@code fit(DataSet)}, {@code output}. */
final class RawDl4j implements Contender {

    static final Entrant AS_IT_COMES = Entrant.ofFloats("DL4J as it comes", Entrant.Kind.ND4J, RawDl4j::new)
            .addingEpsilonElsewhere();

    /**
     * With the settings that make it fastest: no question for the process's size at each allocation, which JavaCPP asks the operating system unless told
     * that there is no limit, no check of workspaces, one thread.
     */
    static final Entrant TUNED = Entrant.ofFloats("DL4J tuned, one thread", Entrant.Kind.ND4J, RawDl4j::tuned)
            .addingEpsilonElsewhere()
            .withEnvironment(Map.of("OMP_NUM_THREADS", "1"))
            .withJvm("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

    private final DenseNetwork network;
    private final float[] start;
    private final MultiLayerNetwork model;
    private final Turns<DataSet> batches;

    /** With workspaces, as by default, but without the check of each operand's. */
    private static Contender tuned(Problem problem) {
        Nd4j.getExecutioner()
                .setProfilingConfig(
                        ProfilerConfig.builder().checkWorkspaces(false).build());
        return new RawDl4j(problem);
    }

    private RawDl4j(Problem problem) {
        network = problem.network();
        start = problem.start();
        model = model(network);
        batches = new Turns<>(problem.batches().stream().map(this::dataSet).toList());
        restart();
    }

    private static MultiLayerNetwork model(DenseNetwork network) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater(network.rule()))
                .list();
        List<DenseNetwork.Layer> layers = network.layers();
        for (DenseNetwork.Layer layer : layers.subList(0, layers.size() - 1)) {
            list.layer(new DenseLayer.Builder()
                    .nIn(layer.inputs())
                    .nOut(layer.outputs())
                    .activation(Activation.valueOf(layer.activation().name()))
                    .build());
        }
        list.layer(output(layers.get(layers.size() - 1), network.loss()));
        MultiLayerNetwork model = new MultiLayerNetwork(list.build());
        model.init();
        return model;
    }

    /** DL4J's cross-entropy wants probabilities, so its output layer has the softmax that the others' loss has. */
    private static OutputLayer output(DenseNetwork.Layer layer, DenseNetwork.Loss loss) {
        boolean logits = loss == DenseNetwork.Loss.LOGIT_CROSS_ENTROPY;
        return new OutputLayer.Builder(loss(loss))
                .nIn(layer.inputs())
                .nOut(layer.outputs())
                .activation(
                        logits
                                ? Activation.SOFTMAX
                                : Activation.valueOf(layer.activation().name()))
                .build();
    }

    private static ILossFunction loss(DenseNetwork.Loss loss) {
        return switch (loss) {
            case MSE -> new LossMSE();
            case MAE -> new LossMAE();
            case LOGIT_CROSS_ENTROPY -> new LossMCXENT();
        };
    }

    private static IUpdater updater(DenseNetwork.Rule rule) {
        if (rule instanceof DenseNetwork.Adam adam) {
            return new Adam(adam.eta(), adam.beta1(), adam.beta2(), adam.epsilon());
        }
        return new Sgd(((DenseNetwork.Descent) rule).eta());
    }

    private DataSet dataSet(Problem.Slice batch) {
        return new DataSet(rows(batch.features(), network.inputs()), rows(batch.targets(), network.outputs()));
    }

    private static INDArray rows(float[] values, int columns) {
        return Nd4j.createFromArray(values).reshape('c', values.length / columns, columns);
    }

    @Override
    public void step() {
        model.fit(batches.next());
    }

    /** DL4J keeps parameters in the same order. */
    @Override
    public void restart() {
        model.setParams(Nd4j.createFromArray(start));
        model.setIterationCount(0);
        Optional.ofNullable(model.getUpdater().getStateViewArray()).ifPresent(memory -> memory.assign(0));
        batches.restart();
    }

    @Override
    public float[] parameters() {
        return model.params().dup().data().asFloat();
    }

    @Override
    public void predict(float[] x, float[] y) {
        INDArray output = model.output(rows(x, network.inputs()));
        if (network.loss() == DenseNetwork.Loss.LOGIT_CROSS_ENTROPY) {
            output = Transforms.log(output);
        }
        System.arraycopy(output.dup('c').data().asFloat(), 0, y, 0, y.length);
    }
}
