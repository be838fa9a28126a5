package io.github.flux4j.bench.baseline.tuned;

import io.github.flux4j.bench.baseline.DenseNetwork;

/** A row's part of a loss, before it is divided by the number of elements (of rows, for the cross-entropy). */
final class TunedLoss {

    private TunedLoss() {}

    /** The row's sum; {@code slopes} receives scale·∂sum/∂p. */
    static float of(DenseNetwork.Loss loss, float[] p, float[] y, float[] slopes, float scale) {
        return switch (loss) {
            case MSE -> mse(p, y, slopes, scale);
            case MAE -> throw new UnsupportedOperationException("no problem has it");
            case LOGIT_CROSS_ENTROPY -> logitCrossEntropy(p, y, slopes, scale);
        };
    }

    private static float mse(float[] p, float[] y, float[] slopes, float scale) {
        float sum = 0;
        for (int j = 0; j < p.length; j++) {
            float error = p[j] - y[j];
            sum += error * error;
            slopes[j] = 2 * scale * error;
        }
        return sum;
    }

    private static float logitCrossEntropy(float[] p, float[] y, float[] slopes, float scale) {
        float largest = p[0];
        for (float logit : p) {
            largest = Math.max(largest, logit);
        }
        float total = 0;
        float mass = 0;
        float loss = 0;
        for (int j = 0; j < p.length; j++) {
            slopes[j] = (float) Math.exp(p[j] - largest);
            total += slopes[j];
            mass += y[j];
            loss -= y[j] * (p[j] - largest);
        }
        for (int j = 0; j < p.length; j++) {
            slopes[j] = scale * (slopes[j] * mass / total - y[j]);
        }
        return loss + mass * (float) Math.log(total);
    }
}
