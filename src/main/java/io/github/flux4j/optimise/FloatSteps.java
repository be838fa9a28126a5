package io.github.flux4j.optimise;

import io.github.flux4j.engine.OverflowException;

/** The rules at work, but for Adam's kin ({@link FloatMoments}). The formulas are in the rules' records. */
final class FloatSteps {

    private FloatSteps() {}

    /** A rule, not a chain, at work on an array of this length. */
    static FloatStep of(Rule rule, int length) {
        FloatStep step = fresh(rule, length);
        step.set(rule);
        return step;
    }

    private static FloatStep fresh(Rule rule, int length) {
        if (rule instanceof Descent) return new DescentStep();
        if (rule instanceof Momentum) return new MomentumStep(length);
        if (rule instanceof Nesterov) return new NesterovStep(length);
        if (rule instanceof RMSProp r) return r.centred() ? new CentredStep(length) : new RMSPropStep(length);
        if (rule instanceof Rprop r) return new RpropStep(length, r);
        if (rule instanceof Adam) return new FloatMoments.AdamStep(length);
        if (rule instanceof AdamW) return new FloatMoments.AdamWStep(length);
        if (rule instanceof RAdam) return new FloatMoments.RAdamStep(length);
        if (rule instanceof AdaMax) return new FloatMoments.AdaMaxStep(length);
        if (rule instanceof OAdam) return new FloatMoments.OAdamStep(length);
        if (rule instanceof AdaGrad r) return new AdaGradStep(length, r);
        if (rule instanceof AdaDelta) return new AdaDeltaStep(length);
        if (rule instanceof AMSGrad r) return new FloatMoments.AMSGradStep(length, r);
        if (rule instanceof NAdam) return new FloatMoments.NAdamStep(length);
        if (rule instanceof AdaBelief) return new FloatMoments.AdaBeliefStep(length);
        if (rule instanceof Lion) return new FloatMoments.LionStep(length);
        if (rule instanceof WeightDecay) return new WeightDecayStep();
        if (rule instanceof SignDecay) return new SignDecayStep();
        if (rule instanceof ClipGrad) return new ClipGradStep();
        if (rule instanceof ClipNorm) return new ClipNormStep();
        if (rule instanceof AccumGrad) return new AccumGradStep(length);
        throw new IllegalArgumentException("no step for " + rule);
    }

    private static final class DescentStep extends FloatStep {

        private float eta;

        DescentStep() {
            super(0);
        }

        @Override
        void set(Rule rule) {
            eta = (float) ((Descent) rule).eta();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float rate = eta;
            for (int i = 0; i < n; i++) {
                d[i] *= rate;
            }
        }
    }

    private static final class MomentumStep extends FloatStep {

        private float eta;
        private float rho;

        MomentumStep(int length) {
            super(length, 0);
        }

        @Override
        void set(Rule rule) {
            eta = (float) ((Momentum) rule).eta();
            rho = (float) ((Momentum) rule).rho();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] v = state[0][strip];
            float rate = eta;
            float keep = rho;
            for (int i = 0; i < n; i++) {
                v[i] = keep * v[i] + rate * d[i] + FLUSH - FLUSH;
                d[i] = v[i];
            }
        }
    }

    private static final class NesterovStep extends FloatStep {

        private float eta;
        private float rho;

        NesterovStep(int length) {
            super(length, 0);
        }

        @Override
        void set(Rule rule) {
            eta = (float) ((Nesterov) rule).eta();
            rho = (float) ((Nesterov) rule).rho();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] v = state[0][strip];
            float rate = eta;
            float keep = rho;
            for (int i = 0; i < n; i++) {
                float step = (1 + keep) * rate * d[i] - keep * keep * v[i];
                v[i] = keep * v[i] - rate * d[i] + FLUSH - FLUSH;
                d[i] = step;
            }
        }
    }

    private static final class RMSPropStep extends FloatStep {

        private float eta;
        private float rho;
        private float epsilon;

        RMSPropStep(int length) {
            super(length, 0);
        }

        @Override
        void set(Rule rule) {
            RMSProp r = (RMSProp) rule;
            eta = (float) r.eta();
            rho = (float) r.rho();
            epsilon = (float) r.epsilon();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] q = state[0][strip];
            float rate = eta;
            float keep = rho;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                q[i] = keep * q[i] + (1 - keep) * d[i] * d[i] + FLUSH - FLUSH;
                d[i] = d[i] * rate / ((float) Math.sqrt(q[i]) + e);
            }
        }
    }

    private static final class CentredStep extends FloatStep {

        private float eta;
        private float rho;
        private float epsilon;

        CentredStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void set(Rule rule) {
            RMSProp r = (RMSProp) rule;
            eta = (float) r.eta();
            rho = (float) r.rho();
            epsilon = (float) r.epsilon();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] q = state[0][strip];
            float[] m = state[1][strip];
            float rate = eta;
            float keep = rho;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                q[i] = keep * q[i] + (1 - keep) * d[i] * d[i] + FLUSH - FLUSH;
                m[i] = keep * m[i] + (1 - keep) * d[i] + FLUSH - FLUSH;
                // rounding must not take the variance below zero
                d[i] = d[i] * rate / ((float) Math.sqrt(Math.max(0, q[i] - m[i] * m[i])) + e);
            }
        }
    }

    private static final class RpropStep extends FloatStep {

        private Rprop rule;

        RpropStep(int length, Rprop rule) {
            super(length, 0, rule.eta());
        }

        @Override
        void set(Rule rule) {
            this.rule = (Rprop) rule;
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] last = state[0][strip];
            float[] size = state[1][strip];
            for (int i = 0; i < n; i++) {
                float sign = last[i] * d[i];
                if (sign > 0) {
                    size[i] = (float) Math.min(size[i] * rule.grow(), rule.largest());
                } else if (sign < 0) {
                    size[i] = (float) Math.max(size[i] * rule.shrink(), rule.smallest());
                }
                last[i] = sign < 0 ? 0 : d[i];
                d[i] = size[i] * Math.signum(last[i]);
            }
        }
    }

    private static final class AdaGradStep extends FloatStep {

        private float eta;
        private float epsilon;

        AdaGradStep(int length, AdaGrad rule) {
            super(length, rule.epsilon());
        }

        @Override
        void set(Rule rule) {
            eta = (float) ((AdaGrad) rule).eta();
            epsilon = (float) ((AdaGrad) rule).epsilon();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] a = state[0][strip];
            float rate = eta;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                a[i] += d[i] * d[i];
                d[i] = d[i] * rate / ((float) Math.sqrt(a[i]) + e);
            }
        }
    }

    private static final class AdaDeltaStep extends FloatStep {

        private float rho;
        private float epsilon;

        AdaDeltaStep(int length) {
            super(length, 0, 0);
        }

        @Override
        void set(Rule rule) {
            rho = (float) ((AdaDelta) rule).rho();
            epsilon = (float) ((AdaDelta) rule).epsilon();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] a = state[0][strip];
            float[] b = state[1][strip];
            float keep = rho;
            float e = epsilon;
            for (int i = 0; i < n; i++) {
                a[i] = keep * a[i] + (1 - keep) * d[i] * d[i] + FLUSH - FLUSH;
                d[i] = d[i] * (float) Math.sqrt(b[i] + e) / (float) Math.sqrt(a[i] + e);
                b[i] = keep * b[i] + (1 - keep) * d[i] * d[i] + FLUSH - FLUSH;
            }
        }
    }

    private static final class WeightDecayStep extends FloatStep {

        private float lambda;

        WeightDecayStep() {
            super(0);
        }

        @Override
        void set(Rule rule) {
            lambda = (float) ((WeightDecay) rule).lambda();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float decay = lambda;
            for (int i = 0; i < n; i++) {
                d[i] += decay * p[i];
            }
        }
    }

    private static final class SignDecayStep extends FloatStep {

        private float lambda;

        SignDecayStep() {
            super(0);
        }

        @Override
        void set(Rule rule) {
            lambda = (float) ((SignDecay) rule).lambda();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float decay = lambda;
            for (int i = 0; i < n; i++) {
                d[i] += decay * Math.signum(p[i]);
            }
        }
    }

    private static final class ClipGradStep extends FloatStep {

        private float delta;

        ClipGradStep() {
            super(0);
        }

        @Override
        void set(Rule rule) {
            delta = (float) ((ClipGrad) rule).delta();
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float limit = delta;
            for (int i = 0; i < n; i++) {
                d[i] = Math.max(-limit, Math.min(limit, d[i]));
            }
        }
    }

    private static final class ClipNormStep extends FloatStep {

        private ClipNorm rule;
        private double sum;

        ClipNormStep() {
            super(0);
        }

        @Override
        void set(Rule rule) {
            this.rule = (ClipNorm) rule;
        }

        @Override
        boolean begin() {
            sum = 0;
            return super.begin();
        }

        @Override
        boolean measures() {
            return true;
        }

        @Override
        void measure(float[] d, int n) {
            boolean max = Double.isInfinite(rule.p());
            for (int i = 0; i < n; i++) {
                double size = Math.abs((double) d[i]);
                sum = max ? Math.max(sum, size) : sum + (rule.p() == 2 ? size * size : Math.pow(size, rule.p()));
            }
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            double norm = Double.isInfinite(rule.p()) ? sum : Math.pow(sum, 1 / rule.p());
            if (!(norm < Double.POSITIVE_INFINITY)) {
                throw new OverflowException("the norm of a gradient is " + norm + ", which " + rule + " can't clip");
            }
            float factor = (float) Math.min(1, rule.omega() / norm);
            for (int i = 0; i < n; i++) {
                d[i] *= factor;
            }
        }
    }

    private static final class AccumGradStep extends FloatStep {

        private int every;

        AccumGradStep(int length) {
            super(length, 0);
        }

        @Override
        void set(Rule rule) {
            every = ((AccumGrad) rule).n();
        }

        @Override
        boolean begin() {
            t++;
            return t % every == 0;
        }

        @Override
        void apply(float[] d, float[] p, int n, int strip) {
            float[] mean = state[0][strip];
            float keep = t % every == 1 || every == 1 ? 0 : 1;
            float share = every;
            for (int i = 0; i < n; i++) {
                mean[i] = keep * mean[i] + d[i] / share;
                d[i] = mean[i];
            }
        }
    }
}
