package io.github.flux4j.optimise;

/** Adam and its kin: rules that follow decaying means of g and g². The formulas are in the rules' records. */
abstract class FloatMoments extends FloatStep {

    float eta;
    float beta1;
    float beta2;
    float epsilon;
    /** 1/(1 − β₁ᵗ). */
    float correction1;
    /** 1/(1 − β₂ᵗ). */
    float correction2;

    private FloatMoments(int length, double... initial) {
        super(length, initial);
    }

    @Override
    void set(Rule rule) {
        AdamLike r = (AdamLike) rule;
        eta = (float) r.eta();
        beta1 = (float) r.beta1();
        beta2 = (float) r.beta2();
        epsilon = (float) r.epsilon();
    }

    @Override
    boolean begin() {
        t++;
        correction1 = (float) (1 / (1 - Math.pow(beta1, t)));
        correction2 = (float) (1 / (1 - Math.pow(beta2, t)));
        return true;
    }

    /** {@code m ← β₁·m + (1 − β₁)·g}, state 0. */
    final void first(float[] g, int n, int strip) {
        float[] m = state[0][strip];
        float keep = beta1;
        float take = 1 - beta1;
        for (int i = 0; i < n; i++) {
            m[i] = keep * m[i] + take * g[i] + FLUSH - FLUSH;
        }
    }

    /** {@code v ← β₂·v + (1 − β₂)·g²}, state 1. */
    final void second(float[] g, int n, int strip) {
        float[] v = state[1][strip];
        float keep = beta2;
        float take = 1 - beta2;
        for (int i = 0; i < n; i++) {
            v[i] = keep * v[i] + take * g[i] * g[i] + FLUSH - FLUSH;
        }
    }

    /** {@code d ← rate·(m·correction₁)/(√(v·correction₂) + ε)}. */
    final void direction(float[] d, int n, int strip, float rate) {
        float[] m = state[0][strip];
        float[] v = state[1][strip];
        float c1 = correction1;
        float c2 = correction2;
        float e = epsilon;
        for (int i = 0; i < n; i++) {
            d[i] = m[i] * c1 / ((float) Math.sqrt(v[i] * c2) + e) * rate;
        }
    }

    /** The three above in one loop, since Adam is what is used most; and {@code d ← d + decay·p}. */
    final void adam(float[] d, float[] p, int n, int strip, float decay) {
        float[] m = state[0][strip];
        float[] v = state[1][strip];
        float keep1 = beta1;
        float keep2 = beta2;
        float c1 = correction1;
        float c2 = correction2;
        float rate = eta;
        float e = epsilon;
        for (int i = 0; i < n; i++) {
            m[i] = keep1 * m[i] + (1 - keep1) * d[i] + FLUSH - FLUSH;
            v[i] = keep2 * v[i] + (1 - keep2) * d[i] * d[i] + FLUSH - FLUSH;
            d[i] = m[i] * c1 / ((float) Math.sqrt(v[i] * c2) + e) * rate + decay * p[i];
        }
    }

    static final class AdamStep extends FloatMoments {

        AdamStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            adam(d, p, n, strip, 0);
        }
    }

    static final class AdamWStep extends FloatMoments {

        private float decay;

        AdamWStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void set(Rule rule) {
            AdamW r = (AdamW) rule;
            super.set(rule);
            decay = (float) (r.couple() ? r.eta() * r.lambda() : r.lambda());
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            adam(d, p, n, strip, decay);
        }
    }

    static final class RAdamStep extends FloatMoments {

        /** η·r, or 0 while ρ ≤ 4. */
        private float rectified;

        RAdamStep(int length) {
            super(length, 0, 0);
        }

        @Override
        boolean begin() {
            super.begin();
            double limit = 2 / (1 - (double) beta2) - 1;
            double power = Math.pow(beta2, t);
            double rho = limit - 2 * t * power / (1 - power);
            double r = Math.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
            rectified = rho > 4 ? (float) (eta * r) : 0;
            return true;
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            second(d, n, strip);
            if (rectified > 0) {
                direction(d, n, strip, rectified);
                return;
            }
            float[] m = state[0][strip];
            float rate = eta * correction1;
            for (int i = 0; i < n; i++) {
                d[i] = m[i] * rate;
            }
        }
    }

    static final class AdaMaxStep extends FloatMoments {

        AdaMaxStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            float[] m = state[0][strip];
            float[] u = state[1][strip];
            float keep = beta2;
            float rate = eta * correction1;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                u[i] = Math.max(keep * u[i], Math.abs(d[i])) + FLUSH - FLUSH;
                d[i] = rate * m[i] / (u[i] + e);
            }
        }
    }

    static final class OAdamStep extends FloatMoments {

        OAdamStep(int length) {
            super(length, 0, 0, 0);
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            second(d, n, strip);
            direction(d, n, strip, eta);
            float[] previous = state[2][strip];
            for (int i = 0; i < n; i++) {
                float step = d[i];
                d[i] = 2 * step - previous[i];
                previous[i] = step;
            }
        }
    }

    static final class AMSGradStep extends FloatMoments {

        AMSGradStep(int length, AMSGrad rule) {
            super(length, rule.epsilon(), rule.epsilon(), rule.epsilon());
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            second(d, n, strip);
            float[] m = state[0][strip];
            float[] v = state[1][strip];
            float[] greatest = state[2][strip];
            float rate = eta;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                greatest[i] = Math.max(greatest[i], v[i]);
                d[i] = rate * m[i] / ((float) Math.sqrt(greatest[i]) + e);
            }
        }
    }

    static final class NAdamStep extends FloatMoments {

        /** 1/(1 − β₁ᵗ⁺¹). */
        private float nextCorrection1;

        NAdamStep(int length) {
            super(length, 0, 0);
        }

        @Override
        boolean begin() {
            super.begin();
            nextCorrection1 = (float) (1 / (1 - Math.pow(beta1, t + 1.0)));
            return true;
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            second(d, n, strip);
            float[] m = state[0][strip];
            float[] v = state[1][strip];
            float ofMean = beta1 * nextCorrection1;
            float ofGradient = (1 - beta1) * correction1;
            float c2 = beta2 * correction2;
            float rate = eta;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                d[i] = (ofMean * m[i] + ofGradient * d[i]) / ((float) Math.sqrt(v[i] * c2) + e) * rate;
            }
        }
    }

    static final class AdaBeliefStep extends FloatMoments {

        AdaBeliefStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            first(d, n, strip);
            float[] m = state[0][strip];
            float[] s = state[1][strip];
            float keep = beta2;
            float take = 1 - beta2;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                float difference = d[i] - m[i];
                s[i] = keep * s[i] + take * difference * difference + e + FLUSH - FLUSH;
            }
            direction(d, n, strip, eta);
        }
    }

    static final class LionStep extends FloatMoments {

        LionStep(int length) {
            super(length, 0);
        }

        @Override
        void set(Rule rule) {
            Lion r = (Lion) rule;
            eta = (float) r.eta();
            beta1 = (float) r.beta1();
            beta2 = (float) r.beta2();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] s = state[0][strip];
            float take = beta2;
            float keep = 1 - beta2;
            float ofGradient = beta2 - beta1;
            float ofMean = beta1;
            float rate = eta;
            for (int i = 0; i < n; i++) {
                s[i] = take * d[i] + keep * s[i] + FLUSH - FLUSH;
                d[i] = rate * Math.signum(ofGradient * d[i] + ofMean * s[i]);
            }
        }
    }
}
