package io.github.flux4j.io.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.flux4j.Flux4j;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The oracle: ONNX Runtime on the processor. It refuses a file that isn't valid ONNX, and operators that it has no code for. */
public final class OnnxRuntime {

    private static final OrtEnvironment ENVIRONMENT =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "flux4j");

    private OnnxRuntime() {}

    /** The only output for the only input. */
    public static double[][] predict(byte[] model, INDArray features) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(model)) {
            String input = session.getInputNames().iterator().next();
            String output = session.getOutputNames().iterator().next();
            Object rows = features.dataType() == DataType.DOUBLE ? features.toDoubleMatrix() : features.toFloatMatrix();
            return matrix(run(session, Map.of(input, rows)).get(output));
        }
    }

    /** All outputs for arrays by the inputs' names. */
    public static Map<String, Object> run(byte[] model, Map<String, Object> inputs) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(model)) {
            return run(session, inputs);
        }
    }

    private static Map<String, Object> run(OrtSession session, Map<String, Object> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Object> input : inputs.entrySet()) {
            tensors.put(input.getKey(), OnnxTensor.createTensor(ENVIRONMENT, input.getValue()));
        }
        Map<String, Object> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(tensors)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(output.getKey(), output.getValue().getValue());
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    private static double[][] matrix(Object output) {
        return output instanceof double[][] rows
                ? rows
                : Flux4j.rows((float[][]) output).toDoubleMatrix();
    }
}
