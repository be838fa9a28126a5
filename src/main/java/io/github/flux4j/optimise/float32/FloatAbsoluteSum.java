package io.github.flux4j.optimise.float32;

import io.github.flux4j.engine.Shares;
import io.github.flux4j.engine.Threads;
import io.github.flux4j.engine.float32.FloatMemory;
import java.util.Arrays;

/**
 * Σ|x| of a vector: finite and small only if all of its numbers are, which is seen this way without a branch. Of a long one, element i of
 * every strip is added up by itself, since the JIT vectorises that but no sum of one strip; and threads share the strips.
 */
final class FloatAbsoluteSum implements Shares.Work {

    private final Shares shares = new Shares(this);
    private float[][] strips = {};
    private float[][] sums = {};
    private FloatMemory memory;

    /**
     * The sum.
     *
     * @param strip room for a strip
     */
    float of(FloatMemory memory, float[] strip) {
        int length = memory.length();
        if (length <= FloatMemory.STRIP) {
            memory.read(0, strip, length);
            return sum(strip, length);
        }
        this.memory = memory;
        return shared((length + FloatMemory.STRIP - 1) / FloatMemory.STRIP);
    }

    private float shared(int count) {
        boolean alone = count < FloatUpdate.PARALLEL_FROM || Threads.limit() < 2;
        int threads = alone ? 1 : Threads.limit();
        if (sums.length < threads) {
            strips = new float[threads][FloatMemory.STRIP];
            sums = new float[threads][FloatMemory.STRIP];
        }
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        shares.run(Math.max(1, count / FloatUpdate.PART), threads);
        float total = 0;
        for (float[] sum : sums) {
            total += sum(sum, FloatMemory.STRIP);
        }
        return total;
    }

    @Override
    public void run(int i, int n, int thread) {
        int length = memory.length();
        int count = (length + FloatMemory.STRIP - 1) / FloatMemory.STRIP;
        int end = Shares.start(count, i + 1, n);
        for (int strip = Shares.start(count, i, n); strip < end; strip++) {
            int at = strip * FloatMemory.STRIP;
            int m = Math.min(FloatMemory.STRIP, length - at);
            memory.read(at, strips[thread], m);
            add(strips[thread], sums[thread], m);
        }
    }

    private static void add(float[] x, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += Math.abs(x[i]);
        }
    }

    /** In four parts, none of which waits for another. */
    private static float sum(float[] x, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += Math.abs(x[i]);
            b += Math.abs(x[i + 1]);
            c += Math.abs(x[i + 2]);
            d += Math.abs(x[i + 3]);
        }
        for (; i < n; i++) {
            a += Math.abs(x[i]);
        }
        return a + b + (c + d);
    }
}
