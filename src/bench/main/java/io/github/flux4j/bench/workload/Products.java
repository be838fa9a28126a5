package io.github.flux4j.bench.workload;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.flux4j.bench.baseline.Network;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The products of a training step and nothing else, whole, by BLAS with its own threads or with one, whichever is faster: for each layer X·Wᵀ, Dᵀ·X and,
 * but for the first, D·W, of X {@code [rows, in]}, W {@code [out, in]}, D {@code [rows, out]}.
 */
record Products(String name, Problem problem) implements Workload {

    private static final int TURNS = 3;
    private static final long NANOS_OF_A_TURN = 10_000_000;

    /** {@code C [m, n] = A·B}, sums of k terms; A lies as {@code [k, m]} if it is turned, B as {@code [n, k]}. */
    record One(float[] a, boolean turnsA, float[] b, boolean turnsB, int m, int n, int k) {

        double element(int at) {
            int row = at / n;
            int column = at % n;
            double sum = 0;
            for (int i = 0; i < k; i++) {
                sum += (double) a[turnsA ? i * m + row : row * k + i] * b[turnsB ? column * k + i : i * n + column];
            }
            return sum;
        }

        DoubleStream sample() {
            return Arrays.stream(Workloads.sample(m * n)).mapToDouble(this::element);
        }
    }

    @Override
    public String about() {
        return "the products of a step of " + problem.name() + " alone, by BLAS";
    }

    @Override
    public boolean isYardstick() {
        return true;
    }

    @Override
    public double flop() {
        return problem.flopPerStep();
    }

    @Override
    public boolean suits(Contenders contender) {
        return contender == Contenders.FLUX4J;
    }

    /** In the order of a step. */
    List<One> products() {
        int rows = problem.batchSize();
        List<One> forward = new ArrayList<>();
        List<One> backward = new ArrayList<>();
        for (Network.Layer layer : problem.network().layers()) {
            int in = layer.inputs();
            int out = layer.outputs();
            float[] x = Product.values(rows * in, 1);
            float[] w = Product.values(out * in, 2);
            float[] d = Product.values(rows * out, 3);
            if (!forward.isEmpty()) {
                backward.add(0, new One(d, false, w, false, rows, in, out));
            }
            backward.add(0, new One(d, true, x, false, out, in, rows));
            forward.add(new One(x, false, w, true, rows, out, in));
        }
        forward.addAll(backward);
        return forward;
    }

    @Override
    public Map<Integer, double[]> expected(double mostFlop) {
        return Map.of(1, products().stream().flatMapToDouble(One::sample).toArray());
    }

    @Override
    public double error(int runs, double[] actual, double[] expected) {
        return Workload.relative(actual, expected);
    }

    @Override
    public double tolerance(int runs, Contenders contender, DataType type) {
        return Workload.rounding(type);
    }

    @Override
    public Job start(Contenders contender, DataType type) {
        if (type != DataType.FLOAT) {
            throw new UnsupportedOperationException("it is written for numbers of type float");
        }
        return new Ready(products());
    }

    /** With its operands in native memory, where products share them as in a step. */
    private static final class Ready implements Job {

        private record Bound(One one, FloatPointer a, FloatPointer b, FloatPointer c) {

            void run() {
                cblas_sgemm(
                        CblasRowMajor,
                        one.turnsA() ? CblasTrans : CblasNoTrans,
                        one.turnsB() ? CblasTrans : CblasNoTrans,
                        one.m(),
                        one.n(),
                        one.k(),
                        1,
                        a,
                        one.turnsA() ? one.m() : one.k(),
                        b,
                        one.turnsB() ? one.k() : one.n(),
                        0,
                        c,
                        one.n());
            }

            DoubleStream sample() {
                return Arrays.stream(Workloads.sample(one.m() * one.n())).mapToDouble(c::get);
            }
        }

        private final Bound[] all;
        private final int ownThreads = blas_get_num_threads();

        Ready(List<One> products) {
            Map<float[], FloatPointer> memory = new IdentityHashMap<>();
            all = products.stream()
                    .map(one -> new Bound(
                            one,
                            memory.computeIfAbsent(one.a(), FloatPointer::new),
                            memory.computeIfAbsent(one.b(), FloatPointer::new),
                            new FloatPointer((long) one.m() * one.n())))
                    .toArray(Bound[]::new);
            blas_set_num_threads(fasterThreads());
        }

        private int fasterThreads() {
            double own = Double.POSITIVE_INFINITY;
            double one = Double.POSITIVE_INFINITY;
            for (int turn = 0; turn < TURNS && ownThreads > 1; turn++) {
                own = Math.min(own, nanosWith(ownThreads));
                one = Math.min(one, nanosWith(1));
            }
            return one < own ? 1 : ownThreads;
        }

        private double nanosWith(int threads) {
            blas_set_num_threads(threads);
            run();
            long begin = System.nanoTime();
            long nanos = 0;
            int runs = 0;
            for (; nanos < NANOS_OF_A_TURN; runs++) {
                run();
                nanos = System.nanoTime() - begin;
            }
            return (double) nanos / runs;
        }

        @Override
        public void run() {
            for (Bound one : all) {
                one.run();
            }
        }

        @Override
        public double[] numbers(int runs) {
            run();
            return Arrays.stream(all).flatMapToDouble(Bound::sample).toArray();
        }

        @Override
        public void close() {
            blas_set_num_threads(ownThreads);
        }
    }
}
