package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.baseline.HandRolledDoubleMlp;
import io.github.flux4j.bench.contender.Problem;
import io.github.flux4j.bench.contender.Turns;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the readable baseline gets in double precision: the oracle that contenders must agree with.
 *
 * @param parameters after so many steps; empty where only predictions are timed
 * @param predictions for the first batch, with the first parameters
 */
record Reference(Map<Integer, double[]> parameters, double[] predictions) {

    private static final List<Integer> STEPS = List.of(1, 10, 100);

    /**
     * The reference for a problem.
     *
     * @param mostFlop where 10 or 100 steps would need more, fewer are compared; the baseline does some 5e9 a second
     */
    static Reference of(Problem problem, double mostFlop) {
        HandRolledDoubleMlp byHand = new HandRolledDoubleMlp(problem.network(), toDoubles(problem.start()));
        Turns<Problem.Slice> batches = new Turns<>(problem.batches());
        double[] predictions = byHand.predict(toDoubles(problem.batches().get(0).features()));
        Map<Integer, double[]> parameters = new TreeMap<>();
        int last = 0;
        for (int steps : problem.task() == Problem.Task.PREDICTION ? List.<Integer>of() : STEPS) {
            if (steps > 1 && steps * problem.flopPerStep() > mostFlop) {
                break;
            }
            for (; last < steps; last++) {
                Problem.Slice batch = batches.next();
                byHand.step(toDoubles(batch.features()), toDoubles(batch.targets()));
            }
            parameters.put(steps, byHand.parameters().clone());
        }
        return new Reference(parameters, predictions);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(parameters.size());
            for (Map.Entry<Integer, double[]> entry : parameters.entrySet()) {
                out.writeInt(entry.getKey());
                write(entry.getValue(), out);
            }
            write(predictions, out);
        }
    }

    static Reference read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            Map<Integer, double[]> parameters = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                parameters.put(in.readInt(), readDoubles(in));
            }
            return new Reference(parameters, readDoubles(in));
        }
    }

    private static void write(double[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static double[] readDoubles(DataInputStream in) throws IOException {
        double[] values = new double[in.readInt()];
        DoubleBuffer buffer =
                ByteBuffer.wrap(in.readNBytes(values.length * Double.BYTES)).asDoubleBuffer();
        buffer.get(values);
        return values;
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
