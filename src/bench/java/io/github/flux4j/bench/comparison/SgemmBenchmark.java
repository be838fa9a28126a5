package io.github.flux4j.bench.comparison;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One product of two square matrices by OpenBLAS: the floor under every contender that multiplies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SgemmBenchmark {

    private static final int SIZE = 1024;

    /** Multiplications and additions of one product. */
    static final double FLOP = 2.0 * SIZE * SIZE * SIZE;

    /** 0 for as many as OpenBLAS takes by itself. */
    @Param("0")
    public int threads;

    private FloatPointer a;
    private FloatPointer b;
    private FloatPointer c;

    @Setup
    public void fill() {
        a = random(1);
        b = random(2);
        c = random(3);
        if (threads > 0) {
            blas_set_num_threads(threads);
        }
    }

    private FloatPointer random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new FloatPointer(values);
    }

    @Benchmark
    public void multiply() {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, SIZE, SIZE, SIZE, 1, a, SIZE, b, SIZE, 0, c, SIZE);
    }
}
