package io.github.flux4j.bench.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.util.Arrays;

/** DJL as its documentation shows a training loop, on the PyTorch engine. */
public final class DjlPytorch implements Contender {

    private final DenseNetwork network;
    private final Model model;
    private final float[] start;
    private Trainer trainer;
    private final Turns<NDList> batches;

    public DjlPytorch(Problem problem) {
        network = problem.network();
        start = problem.start();
        model = Model.newInstance("contender", "PyTorch");
        model.setBlock(block(network));
        batches = new Turns<>(problem.batches().stream().map(this::batch).toList());
        restart();
    }

    private static SequentialBlock block(DenseNetwork network) {
        SequentialBlock block = new SequentialBlock();
        for (DenseNetwork.Layer layer : network.layers()) {
            block.add(Linear.builder().setUnits(layer.outputs()).build());
            switch (layer.activation()) {
                case IDENTITY -> {}
                case RELU -> block.add(Activation.reluBlock());
                case TANH -> block.add(Activation.tanhBlock());
                case SIGMOID -> block.add(Activation.sigmoidBlock());
            }
        }
        return block;
    }

    private static Loss loss(DenseNetwork.Loss loss) {
        return switch (loss) {
            // DJL's own default is half the mean square
            case MSE -> Loss.l2Loss("mse", 1);
            case MAE -> Loss.l1Loss("mae", 1);
            case LOGIT_CROSS_ENTROPY -> Loss.softmaxCrossEntropyLoss("cross-entropy", 1, -1, false, true);
        };
    }

    private static Optimizer optimizer(DenseNetwork.Rule rule) {
        if (rule instanceof DenseNetwork.Adam adam) {
            return Optimizer.adam()
                    .optLearningRateTracker(Tracker.fixed((float) adam.eta()))
                    .optBeta1((float) adam.beta1())
                    .optBeta2((float) adam.beta2())
                    .optEpsilon((float) adam.epsilon())
                    .build();
        }
        float eta = (float) ((DenseNetwork.Descent) rule).eta();
        return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(eta)).build();
    }

    /** DJL keeps W {@code [out, in]}, then b, layer by layer, as we do. */
    private void set(float[] values) {
        int at = 0;
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            NDArray array = parameter.getArray();
            int length = (int) array.size();
            array.set(Arrays.copyOfRange(values, at, at + length));
            at += length;
        }
    }

    private NDList batch(Problem.Slice slice) {
        return new NDList(
                rows(model.getNDManager(), slice.features(), network.inputs()),
                rows(model.getNDManager(), slice.targets(), network.outputs()));
    }

    private static NDArray rows(NDManager manager, float[] values, int columns) {
        return manager.create(values, new Shape(values.length / columns, columns));
    }

    @Override
    public void step() {
        NDList batch = batches.next();
        try (NDManager step = trainer.getManager().newSubManager()) {
            // results belong to the manager of what they are made of, so that they go with it
            batch.tempAttach(step);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList predictions = trainer.forward(new NDList(batch.get(0)));
                collector.backward(trainer.getLoss().evaluate(new NDList(batch.get(1)), predictions));
            }
            trainer.step();
        }
    }

    /** A trainer keeps its optimiser, which keeps its memory. */
    @Override
    public void restart() {
        if (trainer != null) {
            trainer.close();
        }
        trainer = model.newTrainer(
                new DefaultTrainingConfig(loss(network.loss())).optOptimizer(optimizer(network.rule())));
        trainer.initialize(new Shape(1, network.inputs()));
        set(start);
        batches.restart();
    }

    @Override
    public float[] parameters() {
        float[] values = new float[network.parameterCount()];
        int at = 0;
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            float[] part = parameter.getArray().toFloatArray();
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return values;
    }

    @Override
    public void predict(float[] x, float[] y) {
        try (NDManager call = trainer.getManager().newSubManager()) {
            NDList predictions = trainer.evaluate(new NDList(rows(call, x, network.inputs())));
            System.arraycopy(predictions.singletonOrThrow().toFloatArray(), 0, y, 0, y.length);
        }
    }

    @Override
    public String about() {
        Engine engine = Engine.getEngine("PyTorch");
        return "PyTorch " + engine.getVersion() + " with DJL " + Engine.getDjlVersion() + ", BLAS "
                + (engine.hasCapability(StandardCapabilities.MKL) ? "MKL" : "other than MKL") + ", "
                + JniUtils.getNumThreads() + " threads";
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
