package io.github.flux4j.saved;

import io.github.flux4j.engine.ScalarLoop;
import io.github.flux4j.internal.arrays.FloatMemory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A scalar loop over dense arrays in native memory, strip by strip. */
final class FloatLoops {

    private FloatLoops() {}

    /** {@code x ← f(x)}. */
    static void values(ScalarLoop loop, INDArray x) {
        FloatMemory memory = FloatMemory.of(x);
        float[] strip = new float[FloatMemory.STRIP];
        for (int at = 0; at < memory.length(); at += strip.length) {
            int n = Math.min(strip.length, memory.length() - at);
            memory.read(at, strip, n);
            loop.values(strip, strip, 0, n);
            memory.write(at, strip, n);
        }
    }

    /** {@code d ← f′(x)·d}, for arrays whose elements lie in the same order. */
    static void derivatives(ScalarLoop loop, INDArray x, INDArray d) {
        FloatMemory from = FloatMemory.of(x);
        FloatMemory into = FloatMemory.of(d);
        float[] xs = new float[FloatMemory.STRIP];
        float[] ys = new float[FloatMemory.STRIP];
        float[] ds = new float[FloatMemory.STRIP];
        for (int at = 0; at < from.length(); at += xs.length) {
            int n = Math.min(xs.length, from.length() - at);
            from.read(at, xs, n);
            into.read(at, ds, n);
            loop.values(xs, ys, 0, n);
            loop.derivatives(xs, ys, ds, ds, 0, n);
            into.write(at, ds, n);
        }
    }
}
