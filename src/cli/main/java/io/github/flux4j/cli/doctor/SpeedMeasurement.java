package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.doctor.Speed.Alternative;
import io.github.flux4j.internal.threads.BlasThreads;
import io.github.flux4j.internal.threads.Nd4jThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Measures a product, and a step with several numbers of threads in turn, in a few seconds. */
final class SpeedMeasurement {

    private static final int SIZE = 512;
    private static final long PRODUCT_NANOS = 350_000_000;
    private static final int FEWEST = 3;

    private static final int ROUNDS = 12;
    private static final long ROUNDS_NANOS = 6_000_000_000L;
    private static final long STEP_NANOS = 12_000_000;

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

    /** What might be set. */
    private record Candidate(String set, int blas, int nd4j) {

        boolean hasThreadsOf(Candidate other) {
            return blas == other.blas && nd4j == other.nd4j;
        }
    }

    Speed measure() {
        Candidate asIs = new Candidate("", BlasThreads.get(), Nd4jThreads.get());
        Double gflopsOneThread = asIs.blas() == 1 ? null : (Double) gflopsOnOneThread();
        double gflops = gflops();
        List<Candidate> candidates = candidates(asIs);
        List<double[]> rounds = rounds(candidates, asIs);
        List<Alternative> alternatives = new ArrayList<>();
        for (int i = 2; i < candidates.size(); i++) {
            alternatives.add(
                    new Alternative(candidates.get(i).set(), median(column(rounds, i)) / 1e6, ratio(rounds, i)));
        }
        return new Speed(
                asIs.blas(), gflops, gflopsOneThread, median(column(rounds, 0)) / 1e6, ratio(rounds, 1), alternatives);
    }

    /** As it is, the same again, and what differs from that. */
    private static List<Candidate> candidates(Candidate asIs) {
        int cores = Runtime.getRuntime().availableProcessors();
        int nd4j = Math.max(1, Math.min(cores, asIs.nd4j())); // ND4J takes 0 for a number
        List<Candidate> candidates = new ArrayList<>(List.of(asIs, asIs));
        List.of(
                        new Candidate("OMP_NUM_THREADS=1", 1, 1),
                        new Candidate(
                                "OMP_NUM_THREADS=" + nd4j + " OPENBLAS_NUM_THREADS=1 ND4J_SKIP_BLAS_THREADS=1",
                                1,
                                nd4j),
                        new Candidate("OMP_NUM_THREADS=" + cores, Math.min(cores, asIs.blas()), nd4j))
                .forEach(candidate -> {
                    if (candidates.stream().noneMatch(candidate::hasThreadsOf)) {
                        candidates.add(candidate);
                    }
                });
        return candidates;
    }

    /** In each a time for each candidate, every second one backwards. */
    private List<double[]> rounds(List<Candidate> candidates, Candidate asIs) {
        List<double[]> rounds = new ArrayList<>();
        long start = System.nanoTime();
        try {
            while (rounds.size() < PairedRatio.FEWEST
                    || rounds.size() < ROUNDS && System.nanoTime() - start < ROUNDS_NANOS) {
                boolean backwards = rounds.size() % 2 == 1;
                double[] round = new double[candidates.size()];
                for (int i = 0; i < round.length; i++) {
                    int at = backwards ? round.length - 1 - i : i;
                    round[at] = stepNanos(candidates.get(at));
                }
                rounds.add(round);
            }
            return rounds;
        } finally {
            become(asIs);
        }
    }

    private static void become(Candidate candidate) {
        BlasThreads.set(candidate.blas());
        Nd4jThreads.set(candidate.nd4j());
    }

    private double stepNanos(Candidate candidate) {
        become(candidate);
        step(); // the first one wakes threads
        long start = System.nanoTime();
        int steps = 0;
        do {
            step();
            steps++;
        } while (System.nanoTime() - start < STEP_NANOS);
        return (double) (System.nanoTime() - start) / steps;
    }

    private static PairedRatio ratio(List<double[]> rounds, int candidate) {
        int alternatives = rounds.get(0).length - 1;
        return PairedRatio.of(column(rounds, candidate), column(rounds, 0), alternatives);
    }

    private static double[] column(List<double[]> rounds, int candidate) {
        return rounds.stream().mapToDouble(round -> round[candidate]).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    @SuppressWarnings("try") // the scope is entered, not used
    private double gflopsOnOneThread() {
        try (Backend.Scope one = Backend.threads(1)) {
            return gflops();
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
        while (count < times.length && (count < FEWEST || System.nanoTime() - start < PRODUCT_NANOS)) {
            long before = System.nanoTime();
            work.run();
            times[count++] = System.nanoTime() - before;
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }
}
