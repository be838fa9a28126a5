package io.github.flux4j.optimise.float32;

import io.github.flux4j.engine.Threads;
import io.github.flux4j.engine.float32.FloatMemory;
import io.github.flux4j.optimise.OptimiserChain;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RecursiveAction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for one parameter array, applied in one pass over memory (one more for each ClipNorm). */
public final class FloatUpdate implements Update {

    /** Strips from which on a second thread saves more than it costs to wake it. */
    private static final int PARALLEL_FROM = 128;

    private final int offset;
    private final int length;
    private final FloatStep[] steps;
    private final Scratch scratch;
    private float[][] held;
    private Helper helper;

    /** What the updates of one model share: its parameters, the gradient, and room for a strip of each. */
    public static final class Scratch {

        private final float[] p = new float[FloatMemory.STRIP];
        private final float[] d = new float[FloatMemory.STRIP];
        private INDArray parameterArray;
        private INDArray gradientArray;
        private FloatMemory parameters;
        private FloatMemory gradient;

        /** Sets where the next updates read and write. */
        public void use(INDArray parameterArray, INDArray gradientArray) {
            if (this.parameterArray != parameterArray) {
                this.parameterArray = parameterArray;
                parameters = FloatMemory.of(parameterArray);
            }
            if (this.gradientArray != gradientArray) {
                this.gradientArray = gradientArray;
                gradient = FloatMemory.of(gradientArray);
            }
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
            held = new float[(length + FloatMemory.STRIP - 1) / FloatMemory.STRIP][FloatMemory.STRIP];
        }
        for (int at = 0, strip = 0; at < length; at += FloatMemory.STRIP, strip++) {
            int n = load(at, strip, again, scratch.p, scratch.d);
            run(from, measuring, n, strip, scratch.p, scratch.d);
            steps[measuring].measure(scratch.d, n);
            System.arraycopy(scratch.d, 0, held[strip], 0, n);
        }
    }

    /** The last pass, by two threads where there is so much that memory is what takes the time. */
    private void finish(int from, int to, boolean again, boolean update) {
        int strips = (length + FloatMemory.STRIP - 1) / FloatMemory.STRIP;
        if (strips < PARALLEL_FROM || Threads.limit() < 2) {
            finish(0, strips, from, to, again, update, scratch.p, scratch.d);
            return;
        }
        if (helper == null) {
            helper = new Helper();
        }
        helper.begin(strips / 2, strips, from, to, again, update);
        finish(0, strips / 2, from, to, again, update, scratch.p, scratch.d);
        helper.join();
    }

    private void finish(int first, int end, int from, int to, boolean again, boolean update, float[] p, float[] d) {
        for (int strip = first; strip < end; strip++) {
            int at = strip * FloatMemory.STRIP;
            int n = load(at, strip, again, p, d);
            run(from, to, n, strip, p, d);
            if (update) {
                for (int i = 0; i < n; i++) {
                    p[i] -= d[i];
                }
                scratch.parameters.write(offset + at, p, n);
            }
        }
    }

    /** Does the other half of the last pass; one object for all steps. */
    private final class Helper extends RecursiveAction {

        private static final long serialVersionUID = 1;

        private final transient float[] p = new float[FloatMemory.STRIP];
        private final transient float[] d = new float[FloatMemory.STRIP];
        private int first;
        private int end;
        private int from;
        private int to;
        private boolean again;
        private boolean update;

        void begin(int first, int end, int from, int to, boolean again, boolean update) {
            this.first = first;
            this.end = end;
            this.from = from;
            this.to = to;
            this.again = again;
            this.update = update;
            reinitialize();
            fork();
        }

        @Override
        protected void compute() {
            finish(first, end, from, to, again, update, p, d);
        }
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
