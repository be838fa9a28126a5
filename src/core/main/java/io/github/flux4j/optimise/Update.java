package io.github.flux4j.optimise;

import io.github.flux4j.internal.arrays.AbsoluteSum;
import io.github.flux4j.internal.arrays.FloatMemory;
import io.github.flux4j.internal.threads.ParallelLoop;
import io.github.flux4j.internal.threads.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rule with its state for one parameter array, applied in one pass over memory (one more for each ClipNorm). For optimisers and engines; not thread-safe. */
public final class Update {

    /** The number of strips from which a second thread saves more than waking it costs. */
    private static final int PARALLEL_FROM = 128;

    /** The number of strips that a thread processes before it looks for more. */
    private static final int PART = 16;

    private final int offset;
    private final int length;
    private final RuleState[] rules;
    private final Scratch scratch;
    private Strip[] held;
    private final LastPass last = new LastPass();

    /** What a model's updates share: its parameters, the gradient, and memory for a strip of each. */
    public static final class Scratch {

        /** The number of parameters up to which a loop is faster than BLAS. */
        private static final int FEW = 8;

        private final DataType type;
        private final Strip p;
        private final Strip d;
        private INDArray gradient;
        private int length;
        private DoubleSupplier gradientSize;
        private Rule rule;
        private Rule rounded;

        /** Makes scratch memory for a model that computes in this type. */
        public Scratch(DataType type) {
            this.type = type;
            this.p = strip();
            this.d = strip();
        }

        private Strip strip() {
            return Strip.of(type, FloatMemory.STRIP);
        }

        /** Sets what the next updates read and write: the whole model's parameters and their gradient. */
        public void use(INDArray parameters, INDArray gradient) {
            p.use(parameters);
            d.use(gradient);
            if (this.gradient != gradient) {
                this.gradient = gradient;
                length = (int) gradient.length();
                gradientSize = new AbsoluteSum(gradient);
            }
        }

        /** Σ|g| of the gradient, which is finite only if all numbers are. */
        double gradientSize() {
            return length > FEW ? gradientSize.getAsDouble() : d.absoluteSum(length);
        }

        /** The rule with its numbers in the model's type; all arrays share it. */
        private Rule rounded(Rule given) {
            if (rule != given) {
                rule = given;
                rounded = Hyperparameters.rounded(given, type);
            }
            return rounded;
        }
    }

    /**
     * Makes an update of the parameters from {@code offset} on in the model's flat vector.
     *
     * @throws IllegalArgumentException if the rule's moments start with a number that isn't finite
     */
    public Update(Rule rule, int offset, int length, Scratch scratch) {
        this.offset = offset;
        this.length = length;
        this.scratch = scratch;
        List<Rule> given = flat(scratch.rounded(rule));
        this.rules = new RuleState[given.size()];
        for (int k = 0; k < rules.length; k++) {
            rules[k] = new RuleState(given.get(k), scratch.type, length);
        }
    }

    private static List<Rule> flat(Rule rule) {
        List<Rule> rules = new ArrayList<>();
        collect(rule, rules);
        return rules;
    }

    private static void collect(Rule rule, List<Rule> into) {
        if (rule instanceof OptimiserChain chain) {
            chain.rules().forEach(each -> collect(each, into));
        } else {
            into.add(rule);
        }
    }

    /** Changes the hyper-parameters and keeps the state. */
    public void set(Rule rule) {
        List<Rule> given = flat(scratch.rounded(rule));
        for (int k = 0; k < rules.length; k++) {
            rules[k].set(given.get(k));
        }
    }

    /** Makes one step with the gradient and parameters of the scratch memory. */
    public void apply() {
        int active = 0;
        boolean goesOn = true;
        while (goesOn && active < rules.length) {
            goesOn = rules[active++].begin();
        }
        int from = 0;
        boolean again = false;
        for (int k = 0; k < active; k++) {
            if (rules[k].measures()) {
                measure(from, k, again);
                from = k;
                again = true;
            }
        }
        finish(from, active, again, goesOn);
    }

    /** Applies the rules before {@code measuring}, lets that one measure the result and keeps it for the next pass. */
    private void measure(int from, int measuring, boolean again) {
        if (held == null) {
            held = new Strip[strips()];
            Arrays.setAll(held, strip -> scratch.strip());
        }
        for (int strip = 0; strip < held.length; strip++) {
            load(strip, again, scratch.p, scratch.d);
            run(from, measuring, strip, scratch.p, scratch.d);
            rules[measuring].measure(scratch.d);
            held[strip].set(scratch.d);
        }
    }

    /** Makes the last pass, on several threads where memory traffic dominates. */
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

    /** The last pass; its fields say which rules it applies, to what, and whether parameters change. */
    private final class LastPass implements ParallelLoop.Work {

        private final ParallelLoop shares = new ParallelLoop(this);
        private Strip[] p = {};
        private Strip[] d = {};
        private int from;
        private int to;
        private boolean again;
        private boolean update;

        void share(int strips, int threads) {
            if (p.length < threads) {
                p = Stream.generate(scratch::strip).limit(threads).toArray(Strip[]::new);
                d = Stream.generate(scratch::strip).limit(threads).toArray(Strip[]::new);
            }
            for (int i = 0; i < threads; i++) {
                p[i].use(scratch.p);
                d[i].use(scratch.d);
            }
            shares.run(strips / PART, threads);
        }

        @Override
        public void run(int i, int n, int thread) {
            int strips = strips();
            run(ParallelLoop.start(strips, i, n), ParallelLoop.start(strips, i + 1, n), p[thread], d[thread]);
        }

        void run(int first, int end, Strip parameters, Strip gradient) {
            for (int strip = first; strip < end; strip++) {
                load(strip, again, parameters, gradient);
                Update.this.run(from, to, strip, parameters, gradient);
                if (update) {
                    parameters.step(gradient, offset + strip * FloatMemory.STRIP);
                }
            }
        }
    }

    private int strips() {
        return (length + FloatMemory.STRIP - 1) / FloatMemory.STRIP;
    }

    /** Reads a strip of parameters, and of gradients or an earlier pass's result. */
    private void load(int strip, boolean again, Strip p, Strip d) {
        int at = strip * FloatMemory.STRIP;
        int n = Math.min(FloatMemory.STRIP, length - at);
        p.read(offset + at, n);
        if (again) {
            d.set(held[strip]);
        } else {
            d.read(offset + at, n);
        }
    }

    private void run(int from, int to, int strip, Strip p, Strip d) {
        for (int k = from; k < to; k++) {
            rules[k].apply(d, p, strip);
        }
    }

    /** Returns the state of {@code count} elements from {@code from} on, in an order of its own, for {@link #restore}. */
    public List<double[]> state(int from, int count) {
        List<double[]> all = new ArrayList<>();
        for (RuleState rule : rules) {
            rule.save(all, from, count);
        }
        return all;
    }

    /** Restores what {@link #state} returned. */
    public void restore(List<double[]> saved) {
        int next = 0;
        for (RuleState rule : rules) {
            next = rule.restore(saved, next);
        }
    }
}
