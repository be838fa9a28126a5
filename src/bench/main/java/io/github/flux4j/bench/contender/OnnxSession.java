package io.github.flux4j.bench.contender;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.flux4j.io.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * ONNX Runtime on flux4j's export of the network; it only predicts. Tuned as its documentation says: one thread, which small models want, and inputs and
 * outputs that stay where they are from one call to the next.
 */
final class OnnxSession implements Contender {

    static final Entrant AS_IT_COMES = entrant("ONNX Runtime as it comes", false);
    static final Entrant TUNED = entrant("ONNX Runtime tuned, one thread", true);

    private final int inputs;
    private final int outputs;
    private final OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "flux4j");
    private final OrtSession session;
    private final String input;
    private final Pinned pinned;

    /** Arrays that a tuned session reads and writes in place; for batches of one size. */
    private record Pinned(
            FloatBuffer x, FloatBuffer y, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    private static Entrant entrant(String title, boolean tuned) {
        return Entrant.ofFloats(title, Entrant.Kind.ND4J, problem -> new OnnxSession(problem, tuned))
                .onlyAt(Problem.Task.PREDICTION, Problem.Task.EACH_PREDICTION);
    }

    private OnnxSession(Problem problem, boolean tuned) {
        inputs = problem.network().inputs();
        outputs = problem.network().outputs();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (tuned) {
                options.setIntraOpNumThreads(1);
            }
            session = environment.createSession(
                    Onnx.bytes(FluxNetwork.model(problem.network(), DataType.FLOAT, problem.wideStart())), options);
            input = session.getInputNames().iterator().next();
            pinned = tuned ? pinned(problem.batchSize()) : null;
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Pinned pinned(int examples) throws OrtException {
        FloatBuffer x = direct(examples * inputs);
        FloatBuffer y = direct(examples * outputs);
        String output = session.getOutputNames().iterator().next();
        return new Pinned(
                x,
                y,
                Map.of(input, OnnxTensor.createTensor(environment, x, new long[] {examples, inputs})),
                Map.of(output, OnnxTensor.createTensor(environment, y, new long[] {examples, outputs})));
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void step() {
        throw new UnsupportedOperationException("it only predicts");
    }

    @Override
    public float[] parameters() {
        throw new UnsupportedOperationException("it only predicts");
    }

    @Override
    public void predict(float[] x, float[] y) {
        try {
            if (pinned != null && pinned.x().capacity() == x.length) {
                inPlace(x, y);
            } else {
                fresh(x, y);
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void inPlace(float[] x, float[] y) throws OrtException {
        pinned.x().put(0, x);
        session.run(pinned.inputs(), Set.of(), pinned.outputs()).close();
        pinned.y().get(0, y);
    }

    private void fresh(float[] x, float[] y) throws OrtException {
        long[] shape = {x.length / inputs, inputs};
        try (OnnxTensor given = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of(input, given))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y);
        }
    }

    @Override
    public String about() {
        return "ONNX Runtime " + environment.getVersion()
                + (pinned == null ? ", threads of its own choice" : ", 1 thread");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
