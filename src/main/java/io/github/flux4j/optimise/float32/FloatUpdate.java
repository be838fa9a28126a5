package io.github.flux4j.optimise.float32;

import io.github.flux4j.engine.float32.FloatMemory;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for one stretch of parameters, applied in one pass over memory. */
public final class FloatUpdate implements Update {

    private final FloatMemory parameters;
    private final int offset;
    private final FloatStep step;
    private final float[] p = new float[FloatMemory.STRIP];
    private final float[] g = new float[FloatMemory.STRIP];
    private FloatMemory gradient;
    private INDArray gradientArray;

    /** For {@code parameters}, which start {@code offset} elements into the model's flat vector. */
    public FloatUpdate(Rule rule, INDArray parameters, int offset) {
        this.parameters = FloatMemory.of(parameters);
        this.offset = offset;
        this.step = step(rule);
    }

    private static FloatStep step(Rule rule) {
        Descent descent = (Descent) rule;
        float eta = (float) descent.eta();
        return (g, p, n, strip) -> {
            for (int i = 0; i < n; i++) {
                g[i] *= eta;
            }
        };
    }

    @Override
    public void apply(INDArray flatGradient) {
        if (flatGradient != gradientArray) {
            gradient = FloatMemory.of(flatGradient);
            gradientArray = flatGradient;
        }
        int length = parameters.length();
        for (int at = 0, strip = 0; at < length; at += FloatMemory.STRIP, strip++) {
            int n = Math.min(FloatMemory.STRIP, length - at);
            parameters.read(at, p, n);
            gradient.read(offset + at, g, n);
            step.apply(g, p, n, strip);
            for (int i = 0; i < n; i++) {
                p[i] -= g[i];
            }
            parameters.write(at, p, n);
        }
    }
}
