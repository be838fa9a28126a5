package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.threads.BlasThreads;
import io.github.flux4j.threads.Nd4jThreads;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Measures a product and a step, in about two seconds. */
final class SpeedMeasurement {

    private static final int SIZE = 512;
    private static final long NANOS = 350_000_000;
    private static final int FEWEST = 3;

    private final INDArray a = ones(SIZE, SIZE);
    private final INDArray b = ones(SIZE, SIZE);
    private final INDArray c = ones(SIZE, SIZE);
    private final INDArray x = ones(128, 784);
    private final INDArray w1 = ones(784, 512);
    private final INDArray w2 = ones(512, 256);
    private final INDArray b1 = ones(1, 512);
    private final INDArray b2 = ones(1, 256);

    private static INDArray ones(long... shape) {
        return Nd4j.valueArrayOf(shape, 1e-3, DataType.FLOAT).dup('f');
    }

    Speed measure() {
        int blas = BlasThreads.get();
        int most = Math.max(blas, Nd4jThreads.get());
        Double gflopsOneThread = onOneThread(blas, this::gflops);
        Double stepMillisOneThread = onOneThread(most, this::stepMillis);
        return new Speed(blas, gflops(), gflopsOneThread, stepMillis(), stepMillisOneThread);
    }

    @SuppressWarnings("try") // the scope is entered, not used
    private static Double onOneThread(int otherwise, DoubleSupplier measurement) {
        if (otherwise == 1) {
            return null;
        }
        try (Backend.Scope one = Backend.threads(1)) {
            return measurement.getAsDouble();
        }
    }

    /** BLAS alone, as flux4j calls it: ND4J's threads, which go on waiting actively after its own operations, are kept out of it. */
    private double gflops() {
        int nd4jThreads = Nd4jThreads.get();
        Nd4jThreads.set(1);
        try {
            return 2.0 * SIZE * SIZE * SIZE / medianNanos(() -> a.mmuli(b, c));
        } finally {
            Nd4jThreads.set(nd4jThreads);
        }
    }

    private double stepMillis() {
        return medianNanos(this::step) / 1e6;
    }

    private void step() {
        INDArray hidden = Transforms.relu(x.mmul(w1).addiRowVector(b1), false);
        INDArray out = Transforms.relu(hidden.mmul(w2).addiRowVector(b2), false);
        INDArray back = out.mmul(w2.transpose());
        w2.subi(hidden.transpose().mmul(out).muli(0));
        w1.subi(x.transpose().mmul(back).muli(0));
    }

    private static double medianNanos(Runnable work) {
        work.run(); // the first one makes what the others reuse
        double[] times = new double[10_000];
        int count = 0;
        long start = System.nanoTime();
        while (count < times.length && (count < FEWEST || System.nanoTime() - start < NANOS)) {
            long before = System.nanoTime();
            work.run();
            times[count++] = System.nanoTime() - before;
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }
}
