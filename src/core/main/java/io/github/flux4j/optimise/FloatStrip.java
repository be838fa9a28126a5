package io.github.flux4j.optimise;

import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.arrays.Pieces;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Float32 strip. The JIT vectorises a loop only if its variable indexes every array directly, hence arrays of one strip's length and copies of fields in
 * locals.
 */
final class FloatStrip extends Strip {

    /** Adding it to a decaying number and subtracting it again flushes values below 1e-37, which would become subnormal, to 0 without changing others. */
    private static final float FLUSH = 1e-30f;

    private final float[] values;
    private final Pieces pieces = new Pieces();
    private int count;
    private FloatStrip spare;
    private INDArray array;
    private FloatMemory memory;

    FloatStrip(int length) {
        values = new float[length];
        count = length;
    }

    private static float[] of(Strip strip) {
        return ((FloatStrip) strip).values;
    }

    @Override
    public Strip set(Strip x) {
        count = ((FloatStrip) x).count;
        System.arraycopy(of(x), 0, values, 0, count);
        return this;
    }

    @Override
    public Strip set(double a, Strip x) {
        float[] to = values;
        float[] from = of(x);
        float factor = (float) a;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = factor * from[i];
        }
        return this;
    }

    @Override
    public Strip add(double a) {
        float[] to = values;
        float more = (float) a;
        for (int i = 0, n = count; i < n; i++) {
            to[i] += more;
        }
        return this;
    }

    @Override
    public Strip add(double a, Strip x) {
        float[] to = values;
        float[] from = of(x);
        float factor = (float) a;
        for (int i = 0, n = count; i < n; i++) {
            to[i] += factor * from[i];
        }
        return this;
    }

    @Override
    public Strip times(double a) {
        float[] to = values;
        float factor = (float) a;
        for (int i = 0, n = count; i < n; i++) {
            to[i] *= factor;
        }
        return this;
    }

    @Override
    public Strip times(Strip x) {
        float[] to = values;
        float[] from = of(x);
        for (int i = 0, n = count; i < n; i++) {
            to[i] *= from[i];
        }
        return this;
    }

    @Override
    public Strip over(Strip x) {
        float[] to = values;
        float[] from = of(x);
        for (int i = 0, n = count; i < n; i++) {
            to[i] /= from[i];
        }
        return this;
    }

    @Override
    public Strip overRoot(double a, Strip x, double b) {
        float[] to = values;
        float[] from = of(x);
        float factor = (float) a;
        float more = (float) b;
        for (int i = 0, n = count; i < n; i++) {
            to[i] /= (float) Math.sqrt(from[i] * factor) + more;
        }
        return this;
    }

    @Override
    public Strip root() {
        float[] to = values;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = (float) Math.sqrt(to[i]);
        }
        return this;
    }

    @Override
    public Strip mix(double a, double b, Strip x) {
        float[] to = values;
        float[] from = of(x);
        float keep = (float) a;
        float take = (float) b;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = keep * to[i] + take * from[i] + FLUSH - FLUSH;
        }
        return this;
    }

    @Override
    public Strip mixSquares(double a, double b, Strip x) {
        float[] to = values;
        float[] from = of(x);
        float keep = (float) a;
        float take = (float) b;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = keep * to[i] + take * from[i] * from[i] + FLUSH - FLUSH;
        }
        return this;
    }

    @Override
    public Strip maxAbs(double a, Strip x) {
        float[] to = values;
        float[] from = of(x);
        float keep = (float) a;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = Math.max(keep * to[i], Math.abs(from[i])) + FLUSH - FLUSH;
        }
        return this;
    }

    @Override
    public Strip clamp(double low, double high) {
        float[] to = values;
        float least = (float) low;
        float greatest = (float) high;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = Math.max(least, Math.min(greatest, to[i]));
        }
        return this;
    }

    @Override
    public Strip sign() {
        float[] to = values;
        for (int i = 0, n = count; i < n; i++) {
            to[i] = Math.signum(to[i]);
        }
        return this;
    }

    @Override
    public Strip where(Strip chosen, Strip x) {
        float[] to = values;
        float[] condition = of(chosen);
        float[] from = of(x);
        for (int i = 0, n = count; i < n; i++) {
            to[i] = condition[i] > 0 ? from[i] : to[i];
        }
        return this;
    }

    @Override
    public Strip map(DoubleBinaryOperator f, Strip x) {
        float[] to = values;
        float[] from = of(x);
        for (int i = 0, n = count; i < n; i++) {
            to[i] = (float) f.applyAsDouble(to[i], from[i]);
        }
        return this;
    }

    @Override
    public Strip spare() {
        if (spare == null) {
            spare = new FloatStrip(values.length);
        }
        spare.count = count;
        return spare;
    }

    @Override
    void adam(Strip p, Strip[] m, long t, double eta, double beta1, double beta2, double epsilon, double decay) {
        float c1 = (float) (1 / (1 - power(beta1, t)));
        float c2 = (float) (1 / (1 - power(beta2, t)));
        int piece = pieces.of(count, count);
        for (int from = 0; from < count; from += piece) {
            int to = Math.min(from + piece, count);
            adam(
                    of(p),
                    of(m[0]),
                    of(m[1]),
                    (float) beta1,
                    (float) beta2,
                    c1,
                    c2,
                    (float) eta,
                    (float) epsilon,
                    (float) decay,
                    from,
                    to);
        }
    }

    /** {@code c1} and {@code c2} are the corrections 1/(1 − βᵗ). With numbers in locals the JIT compiles it sooner, to faster code. */
    private void adam(
            float[] p,
            float[] m,
            float[] v,
            float keep1,
            float keep2,
            float c1,
            float c2,
            float rate,
            float e,
            float decay,
            int from,
            int to) {
        float[] d = values;
        for (int i = from; i < to; i++) {
            float g = d[i];
            float mean = keep1 * m[i] + (1 - keep1) * g + FLUSH - FLUSH;
            float square = keep2 * v[i] + (1 - keep2) * g * g + FLUSH - FLUSH;
            m[i] = mean;
            v[i] = square;
            d[i] = mean * c1 / ((float) Math.sqrt(square * c2) + e) * rate + decay * p[i];
        }
    }

    @Override
    void use(INDArray other) {
        if (array != other) {
            memory = FloatMemory.of(other);
            array = other;
        }
    }

    @Override
    void use(Strip other) {
        array = ((FloatStrip) other).array;
        memory = ((FloatStrip) other).memory;
    }

    @Override
    void read(int at, int length) {
        count = length;
        memory.read(at, values, length);
    }

    @Override
    double absoluteSum(int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += Math.abs(memory.get(i));
        }
        return sum;
    }

    @Override
    void step(Strip d, int at) {
        int piece = pieces.of(count, count);
        for (int from = 0; from < count; from += piece) {
            subtract(of(d), from, Math.min(from + piece, count));
        }
        memory.write(at, values, count);
    }

    private void subtract(float[] steps, int from, int to) {
        float[] x = values;
        for (int i = from; i < to; i++) {
            x[i] -= steps[i];
        }
    }

    @Override
    double get(int i) {
        return values[i];
    }

    @Override
    void put(int i, double value) {
        values[i] = (float) value;
    }

    @Override
    double sizes(double p, double sum) {
        double all = sum;
        boolean max = Double.isInfinite(p);
        for (int i = 0, n = count; i < n; i++) {
            double size = Math.abs((double) values[i]);
            all = max ? Math.max(all, size) : all + (p == 1 ? size : p == 2 ? size * size : Math.pow(size, p));
        }
        return all;
    }
}
