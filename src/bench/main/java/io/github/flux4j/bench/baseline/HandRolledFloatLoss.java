package io.github.flux4j.bench.baseline;

/** The losses and their gradients with respect to the predictions p, for targets y. */
public final class HandRolledFloatLoss {

    private HandRolledFloatLoss() {}

    /** The loss; {@code slopes} receives ∂loss/∂p. */
    public static float of(DenseNetwork.Loss loss, float[] p, float[] y, int columns, float[] slopes) {
        return switch (loss) {
            case MSE -> mse(p, y, slopes);
            case MAE -> mae(p, y, slopes);
            case LOGIT_CROSS_ENTROPY -> logitCrossEntropy(p, y, columns, slopes);
        };
    }

    /** mean((p − y)²). */
    private static float mse(float[] p, float[] y, float[] slopes) {
        float sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (p[i] - y[i]) * (p[i] - y[i]);
            slopes[i] = 2 * (p[i] - y[i]) / p.length;
        }
        return sum / p.length;
    }

    /** mean(|p − y|). */
    private static float mae(float[] p, float[] y, float[] slopes) {
        float sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - y[i]);
            slopes[i] = Math.signum(p[i] - y[i]) / p.length;
        }
        return sum / p.length;
    }

    /** mean over rows of −Σ y·log softmax(p); ∂p = (softmax(p)·Σy − y)/rows. */
    private static float logitCrossEntropy(float[] p, float[] y, int columns, float[] slopes) {
        int rows = p.length / columns;
        float loss = 0;
        for (int at = 0; at < p.length; at += columns) {
            float logSum = logSumExp(p, at, at + columns);
            float mass = 0;
            for (int i = at; i < at + columns; i++) {
                loss += y[i] * (logSum - p[i]);
                mass += y[i];
            }
            for (int i = at; i < at + columns; i++) {
                slopes[i] = ((float) Math.exp(p[i] - logSum) * mass - y[i]) / rows;
            }
        }
        return loss / rows;
    }

    /** log Σ eᵖ, with the largest p taken out so that nothing overflows. */
    private static float logSumExp(float[] p, int from, int to) {
        float largest = p[from];
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, p[i]);
        }
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += (float) Math.exp(p[i] - largest);
        }
        return largest + (float) Math.log(sum);
    }
}
