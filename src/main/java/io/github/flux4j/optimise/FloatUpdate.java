package io.github.flux4j.optimise;

import io.github.flux4j.arrays.AbsoluteSum;
import io.github.flux4j.arrays.FloatMemory;
import io.github.flux4j.threads.ParallelLoop;
import io.github.flux4j.threads.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for one parameter array, applied in one pass over memory (one more for each ClipNorm). */
public final class FloatUpdate implements Update {

    /** Strips from which on a second thread saves more than it costs to wake it. */
    private static final int PARALLEL_FROM = 128;

    /** Strips that a thread does before it looks for more. */
    private static final int PART = 16;

    private final int offset;
    private final int length;
    private final FloatStep[] steps;
    private final Scratch scratch;
    private float[][] held;
    private final LastPass last = new LastPass();

    /** What the updates of one model share: its parameters, the gradient, and room for a strip of each. */
    public static final class Scratch implements Shared {

        /** Parameters up to which a loop is faster than a call of BLAS. */
        private static final int FEW = 8;

        private final float[] p = new float[FloatMemory.STRIP];
        private final float[] d = new float[FloatMemory.STRIP];
        private INDArray parameterArray;
        private INDArray gradientArray;
        private FloatMemory parameters;
        private FloatMemory gradient;
        private DoubleSupplier gradientSize;

        @Override
        public void use(INDArray parameterArray, INDArray gradientArray) {
            if (this.parameterArray != parameterArray) {
                this.parameterArray = parameterArray;
                parameters = FloatMemory.of(parameterArray);
            }
            if (this.gradientArray != gradientArray) {
                this.gradientArray = gradientArray;
                gradient = FloatMemory.of(gradientArray);
                gradientSize = new AbsoluteSum(gradientArray);
            }
        }

        @Override
        public double gradientSize() {
            int n = gradient.length();
            if (n > FEW) {
                return gradientSize.getAsDouble();
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.abs(gradient.get(i));
            }
            return sum;
        }
    }

    /** For the parameters from {@code offset} on in the model's flat vector. */
    public FloatUpdate(Rule rule, int offset, int length, Scratch scratch) {
        this.offset = offset;
        this.length = length;
        this.scratch = scratch;
        this.steps = flat(rule).stream().map(r -> FloatSteps.of(r, length)).toArray(FloatStep[]::new);
    }

    private static List<Rule> flat(Rule rule) {
        return rule instanceof OptimiserChain chain
                ? chain.rules().stream().flatMap(r -> flat(r).stream()).toList()
                : List.of(rule);
    }

    @Override
    public void set(Rule rule) {
        List<Rule> rules = flat(rule);
        for (int k = 0; k < steps.length; k++) {
            steps[k].set(rules.get(k));
        }
    }

    @Override
    public void apply() {
        int active = 0;
        boolean goesOn = true;
        while (goesOn && active < steps.length) {
            goesOn = steps[active++].begin();
        }
        int from = 0;
        boolean again = false;
        for (int k = 0; k < active; k++) {
            if (steps[k].measures()) {
                measure(from, k, again);
                from = k;
                again = true;
            }
        }
        finish(from, active, again, goesOn);
    }

    /** Applies the steps before {@code measuring} and lets that one see the result, which is kept for the next pass. */
    private void measure(int from, int measuring, boolean again) {
        if (held == null) {
            held = new float[strips()][FloatMemory.STRIP];
        }
        for (int at = 0, strip = 0; at < length; at += FloatMemory.STRIP, strip++) {
            int n = load(at, strip, again, scratch.p, scratch.d);
            run(from, measuring, n, strip, scratch.p, scratch.d);
            steps[measuring].measure(scratch.d, n);
            System.arraycopy(scratch.d, 0, held[strip], 0, n);
        }
    }

    /** The last pass, shared among threads where there is so much that memory is what takes the time. */
    private void finish(int from, int to, boolean again, boolean update) {
        last.from = from;
        last.to = to;
        last.again = again;
        last.update = update;
        int strips = strips();
        if (strips < PARALLEL_FROM || Threads.limit() < 2) {
            last.run(0, strips, scratch.p, scratch.d);
        } else {
            last.share(strips, Threads.limit());
        }
    }

    /** The last pass; its fields say which steps it applies, to what, and whether parameters change. */
    private final class LastPass implements ParallelLoop.Work {

        private final ParallelLoop shares = new ParallelLoop(this);
        private float[][] p = {};
        private float[][] d = {};
        private int from;
        private int to;
        private boolean again;
        private boolean update;

        void share(int strips, int threads) {
            if (p.length < threads) {
                d = new float[threads][FloatMemory.STRIP];
                p = new float[threads][FloatMemory.STRIP];
            }
            shares.run(strips / PART, threads);
        }

        @Override
        public void run(int i, int n, int thread) {
            int strips = strips();
            run(ParallelLoop.start(strips, i, n), ParallelLoop.start(strips, i + 1, n), p[thread], d[thread]);
        }

        void run(int first, int end, float[] parameters, float[] gradient) {
            for (int strip = first; strip < end; strip++) {
                int at = strip * FloatMemory.STRIP;
                int count = load(at, strip, again, parameters, gradient);
                FloatUpdate.this.run(from, to, count, strip, parameters, gradient);
                if (update) {
                    for (int i = 0; i < count; i++) {
                        parameters[i] -= gradient[i];
                    }
                    scratch.parameters.write(offset + at, parameters, count);
                }
            }
        }
    }

    private int strips() {
        return (length + FloatMemory.STRIP - 1) / FloatMemory.STRIP;
    }

    /** Reads a strip of parameters and of gradients, or of what an earlier pass made of these. */
    private int load(int at, int strip, boolean again, float[] p, float[] d) {
        int n = Math.min(FloatMemory.STRIP, length - at);
        scratch.parameters.read(offset + at, p, n);
        if (again) {
            System.arraycopy(held[strip], 0, d, 0, n);
        } else {
            scratch.gradient.read(offset + at, d, n);
        }
        return n;
    }

    private void run(int from, int to, int n, int strip, float[] p, float[] d) {
        for (int k = from; k < to; k++) {
            steps[k].apply(d, p, n, strip);
        }
    }

    @Override
    public List<double[]> state(int from, int count) {
        List<double[]> all = new ArrayList<>();
        for (FloatStep step : steps) {
            all.add(new double[] {step.t});
            for (float[][] variable : step.state) {
                all.add(joined(variable, from, count));
            }
        }
        return all;
    }

    private static double[] joined(float[][] strips, int from, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = strips[(from + i) / FloatMemory.STRIP][(from + i) % FloatMemory.STRIP];
        }
        return values;
    }

    @Override
    public void restore(List<double[]> saved) {
        int next = 0;
        for (FloatStep step : steps) {
            step.t = (long) saved.get(next++)[0];
            for (float[][] variable : step.state) {
                double[] values = saved.get(next++);
                for (int i = 0; i < length; i++) {
                    variable[i / FloatMemory.STRIP][i % FloatMemory.STRIP] = (float) values[i];
                }
            }
        }
    }
}
