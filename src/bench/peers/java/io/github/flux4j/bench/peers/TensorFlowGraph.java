package io.github.flux4j.bench.peers;

import io.github.flux4j.bench.baseline.DenseNetwork;
import io.github.flux4j.bench.contender.Contender;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Identity;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** TensorFlow Java: a graph with TensorFlow's own gradients and its own descent and Adam, run by a session. */
public final class TensorFlowGraph implements Contender {

    private record Rows(TFloat32 features, TFloat32 targets) {}

    private final DenseNetwork network;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session;
    private final Placeholder<TFloat32> features;
    private final Placeholder<TFloat32> targets;
    private final Operand<TFloat32> predictions;
    private final List<Variable<TFloat32>> parameters = new ArrayList<>();
    private final List<Op> starts = new ArrayList<>();
    private final List<Op> updates = new ArrayList<>();
    private final Turns<Rows> batches;

    public TensorFlowGraph(Problem problem) {
        network = problem.network();
        features = placeholder(network.inputs());
        targets = placeholder(network.outputs());
        predictions = predictions(problem.start());
        Operand<TFloat32> loss = loss();
        update(gradients(loss));
        session = new Session(graph);
        run(starts);
        batches = new Turns<>(problem.batches().stream().map(this::rows).toList());
    }

    private Placeholder<TFloat32> placeholder(int columns) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, columns)));
    }

    private Operand<TFloat32> predictions(float[] start) {
        Operand<TFloat32> value = features;
        int at = 0;
        for (DenseNetwork.Layer layer : network.layers()) {
            int weights = layer.inputs() * layer.outputs();
            Variable<TFloat32> w = parameter(start, at, Shape.of(layer.outputs(), layer.inputs()));
            Variable<TFloat32> b = parameter(start, at + weights, Shape.of(layer.outputs()));
            value = activation(
                    layer.activation(), tf.nn.biasAdd(tf.linalg.matMul(value, w, MatMul.transposeB(true)), b));
            at += layer.parameterCount();
        }
        return value;
    }

    private Variable<TFloat32> parameter(float[] start, int at, Shape shape) {
        Variable<TFloat32> variable = variable(Arrays.copyOfRange(start, at, at + (int) shape.size()), shape);
        parameters.add(variable);
        return variable;
    }

    private Variable<TFloat32> variable(float[] start, Shape shape) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        starts.add(tf.assign(variable, tf.constant(shape, DataBuffers.of(start))));
        return variable;
    }

    private Operand<TFloat32> activation(DenseNetwork.Activation activation, Operand<TFloat32> z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> tf.nn.relu(z);
            case TANH -> tf.math.tanh(z);
            case SIGMOID -> tf.math.sigmoid(z);
        };
    }

    private Operand<TFloat32> loss() {
        return switch (network.loss()) {
            case MSE -> mean(tf.math.square(tf.math.sub(predictions, targets)), 2);
            case MAE -> mean(tf.math.abs(tf.math.sub(predictions, targets)), 2);
            case LOGIT_CROSS_ENTROPY ->
                mean(tf.nn.softmaxCrossEntropyWithLogits(predictions, targets).loss(), 1);
        };
    }

    private Operand<TFloat32> mean(Operand<TFloat32> values, int rank) {
        return tf.math.mean(values, tf.constant(rank == 2 ? new int[] {0, 1} : new int[] {0}));
    }

    private List<Identity<TFloat32>> gradients(Operand<TFloat32> loss) {
        Gradients gradients = tf.gradients(loss, parameters);
        return IntStream.range(0, parameters.size())
                .mapToObj(i -> tf.identity(gradients.<TFloat32>dy(i)))
                .toList();
    }

    /** No parameter moves before all gradients are there: else an update would race with the backward pass that reads the weights. */
    private void update(List<Identity<TFloat32>> gradients) {
        Ops after = tf.withControlDependencies(List.copyOf(gradients));
        if (network.rule() instanceof DenseNetwork.Adam adam) {
            adam(after, adam, gradients);
        } else {
            descend(after, (float) ((DenseNetwork.Descent) network.rule()).eta(), gradients);
        }
    }

    private void descend(Ops tf, float eta, List<Identity<TFloat32>> gradients) {
        for (int i = 0; i < parameters.size(); i++) {
            updates.add(tf.train.applyGradientDescent(parameters.get(i), tf.constant(eta), gradients.get(i)));
        }
    }

    private void adam(Ops afterGradients, DenseNetwork.Adam adam, List<Identity<TFloat32>> gradients) {
        Operand<TFloat32> beta1 = tf.constant((float) adam.beta1());
        Operand<TFloat32> beta2 = tf.constant((float) adam.beta2());
        Variable<TFloat32> power1 = variable(new float[] {(float) adam.beta1()}, Shape.scalar());
        Variable<TFloat32> power2 = variable(new float[] {(float) adam.beta2()}, Shape.scalar());
        for (int i = 0; i < parameters.size(); i++) {
            Shape shape = parameters.get(i).shape();
            updates.add(afterGradients.train.applyAdam(
                    parameters.get(i),
                    variable(new float[(int) shape.size()], shape),
                    variable(new float[(int) shape.size()], shape),
                    power1,
                    power2,
                    tf.constant((float) adam.eta()),
                    beta1,
                    beta2,
                    tf.constant((float) adam.epsilon()),
                    gradients.get(i)));
        }
        Ops after = tf.withControlDependencies(List.copyOf(updates));
        updates.add(after.assign(power1, after.math.mul(power1, beta1)));
        updates.add(after.assign(power2, after.math.mul(power2, beta2)));
    }

    private Rows rows(Problem.Slice batch) {
        return new Rows(rows(batch.features(), network.inputs()), rows(batch.targets(), network.outputs()));
    }

    private static TFloat32 rows(float[] values, int columns) {
        return TFloat32.tensorOf(Shape.of(values.length / columns, columns), DataBuffers.of(values));
    }

    private void run(List<Op> targets) {
        Session.Runner runner = session.runner();
        targets.forEach(runner::addTarget);
        runner.run().close();
    }

    @Override
    public void step() {
        Rows batch = batches.next();
        Session.Runner runner =
                session.runner().feed(features, batch.features()).feed(targets, batch.targets());
        updates.forEach(runner::addTarget);
        runner.run().close();
    }

    @Override
    public void restart() {
        run(starts);
        batches.restart();
    }

    @Override
    public float[] parameters() {
        float[] values = new float[network.parameterCount()];
        Session.Runner runner = session.runner();
        parameters.forEach(runner::fetch);
        int at = 0;
        try (Result result = runner.run()) {
            for (int i = 0; i < parameters.size(); i++) {
                TFloat32 part = (TFloat32) result.get(i);
                part.copyTo(DataBuffers.of(values).slice(at, part.size()));
                at += (int) part.size();
            }
        }
        return values;
    }

    @Override
    public void predict(float[] x, float[] y) {
        try (TFloat32 given = rows(x, network.inputs());
                Result result = session.runner()
                        .feed(features, given)
                        .fetch(predictions)
                        .run()) {
            ((TFloat32) result.get(0)).copyTo(DataBuffers.of(y));
        }
    }

    @Override
    public String about() {
        return "TensorFlow " + TensorFlow.version();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
