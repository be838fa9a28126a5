package io.github.flux4j.optimise;

import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.layers.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A rule with its state for the parameters of one model; made by {@code setup(rule, model)}. Each parameter array has hyper-parameters of
 * its own, at first the rule's.
 *
 * <p>For the one thread that trains the model.
 */
public final class Optimiser {

    private final Layer model;
    private final ModelPort port;
    private final Update.Scratch memory;
    private final Slots slots;
    private Rule rule;
    private INDArray gradient;
    private double safeSize;
    private final List<Followed> followed = new ArrayList<>();
    private int epochs;
    private int batches;

    /**
     * Fresh state for this model.
     *
     * @throws IllegalArgumentException if the model has no parameters, or a number of the rule is another in the model's type, such as 1e39 in
     *     Float32
     */
    public Optimiser(Rule rule, Layer model) {
        this.rule = Objects.requireNonNull(rule, "rule is null");
        this.model = Objects.requireNonNull(model, "model is null");
        if (model.parameterCount() == 0) {
            throw new IllegalArgumentException(model.inOneLine() + " has no parameters, so there is nothing to train");
        }
        Hyperparameters.requireFit(rule, model.dataType());
        port = model.port();
        memory = new Update.Scratch(model.dataType());
        slots = new Slots(rule, model, memory);
        safeSize = slots.safeSize();
    }

    /** The rule it applies, with its hyper-parameters as they are now; of a parameter array adjusted by itself they may differ. */
    public Rule rule() {
        return rule;
    }

    /** The model whose parameters it moves. */
    public Layer model() {
        return model;
    }

    /**
     * Lets a hyper-parameter follow a schedule of t = 1, 2, 3, … at each step.
     *
     * @param name as the rule's record names it, such as {@code eta}
     * @throws IllegalArgumentException if the rule has none of that name, or the first value is refused
     */
    public Optimiser perBatch(String name, Schedule schedule) {
        adjust(name, moving(name, schedule.at(batches + 1)));
        followed.add(new Followed(name, schedule, true));
        return this;
    }

    /**
     * Lets a hyper-parameter follow a schedule of t = 1, 2, 3, … at each pass over the data.
     *
     * @param name as the rule's record names it, such as {@code eta}
     * @throws IllegalArgumentException if the rule has none of that name, or the first value is refused
     */
    public Optimiser perEpoch(String name, Schedule schedule) {
        adjust(name, moving(name, schedule.at(epochs + 1)));
        followed.add(new Followed(name, schedule, false));
        return this;
    }

    /**
     * A hyper-parameter that follows a schedule.
     *
     * @param perBatch whether t counts steps, else passes
     */
    public record Followed(String name, Schedule schedule, boolean perBatch) {}

    /** The schedules that hyper-parameters follow, in the order in which they were given. */
    public List<Followed> followed() {
        return List.copyOf(followed);
    }

    /**
     * Follows these schedules from the next step and pass on, and no others; t goes on from where it is.
     *
     * @throws IllegalArgumentException if the rule has no number of such a name; nothing is changed then
     */
    public Optimiser follow(List<Followed> schedules) {
        schedules.forEach(each -> Hyperparameters.requireNumber(rule, each.name));
        followed.clear();
        followed.addAll(schedules);
        return this;
    }

    /** A schedule may touch a learning rate of 0, in the model's type, which rules refuse. */
    private double moving(String name, double value) {
        boolean isZero = model.dataType() == DataType.DOUBLE ? value == 0 : (float) value == 0;
        return isZero && name.equals("eta") ? Hyperparameters.STILL : value;
    }

    private void follow(boolean perBatch, int t) {
        for (int i = 0; i < followed.size(); i++) { // no iterator: mostly there is none to follow
            Followed f = followed.get(i);
            if (f.perBatch == perBatch) {
                adjust(f.name, moving(f.name, f.schedule.at(t)));
            }
        }
    }

    /** Tells that a pass over the data begins; training loops do. */
    public void beginEpoch() {
        epochs++;
        follow(false, epochs);
    }

    /** Room for a gradient of this model, used again by each step of a training loop; it can't be closed. */
    public INDArray gradientBuffer() {
        if (gradient == null) {
            gradient = Tensors.zeros(model.dataType(), model.parameterCount());
            gradient.setCloseable(false);
        }
        return gradient;
    }

    /**
     * Moves the parameters, given the gradient of all of them in one vector, which stays as it is; null for a model without any.
     *
     * <p>The running statistics of a {@code BatchNorm} move too, by the batch of the model's last {@code loss.gradient}, if the step can only be by
     * that one: since the step before, one gradient was computed, or several into the array that is given here, each over the one before. Where
     * gradients of several batches, threads or machines were averaged, running statistics stay as they are; {@link #commitStatistics} moves them by
     * the last of these batches.
     *
     * <p>If the gradient of a parameter that isn't frozen has a NaN or an infinity, or the step would leave one in the parameters or in what the
     * rule remembers, nothing is changed. The second is looked for only where gradients or the rule's numbers are so large (from about 10¹⁵ on
     * in Float32, 10¹⁵⁰ in Float64), or an ε is 0, that it can happen.
     *
     * @throws ArithmeticException with what overflows, running statistics included; parameters, state and schedules are as before
     * @throws IllegalArgumentException if the gradient is of another length or type than the parameters
     * @throws IllegalStateException if the gradient or the parameters were closed
     */
    public void step(@Nullable INDArray flatGradient) {
        INDArray parameters = model.flatParameters();
        if (flatGradient == null
                || flatGradient != gradient) { // into which a program that was asked for its parameters has written
            port.requireParameters();
            port.requireVector(flatGradient, "the gradient");
        }
        boolean movesStatistics = port.stepMovesStatistics(flatGradient);
        if (movesStatistics) {
            port.requireFiniteStatistics();
        }
        port.beginChange();
        try {
            move(parameters, flatGradient);
            if (movesStatistics) {
                port.commitStatistics();
            }
        } finally {
            port.endChange();
        }
        port.stepped();
    }

    /**
     * Moves the running statistics of a {@code BatchNorm} by the batch of the model's last {@code loss.gradient}, unless a step has: for those who
     * step by the mean of several gradients, which belongs to no batch alone. Nothing of a model without running statistics.
     *
     * @throws ArithmeticException if they would overflow; nothing is changed
     */
    public void commitStatistics() {
        port.requireFiniteStatistics();
        State.change(model, port::commitStatistics);
    }

    private void move(INDArray parameters, INDArray flatGradient) {
        memory.use(parameters, flatGradient);
        double size = memory.gradientSize();
        if (size < safeSize && !followed.isEmpty()) {
            follow(true, batches + 1); // after which it may not be safe
        }
        if (size < safeSize) {
            move();
        } else {
            StepCheck.requireFiniteGradient(flatGradient, model.trainables(), slots.ofArrays());
            moveOrTakeBack();
        }
    }

    private void move() {
        batches++;
        slots.apply();
    }

    /** A step of such numbers that it may overflow. */
    private void moveOrTakeBack() {
        OptimiserState state = snapshot();
        double[] parameters = Tensors.toDoubles(model.flatParameters());
        try {
            follow(true, batches + 1);
            move();
            StepCheck.requireFiniteStep(parameters, model, rule, slots.all());
        } catch (RuntimeException failed) {
            Tensors.write(parameters, model.flatParameters());
            restore(state);
            throw failed;
        }
    }

    /**
     * Goes on with another learning rate; the state is kept.
     *
     * @throws IllegalArgumentException if the rule has none, or the value is refused
     */
    public Optimiser adjust(double eta) {
        return adjust("eta", eta);
    }

    /**
     * Goes on with another hyper-parameter, named as the rule's record names it; the state is kept.
     *
     * @throws IllegalArgumentException if the rule has none of that name, or the value is refused
     */
    public Optimiser adjust(String name, double value) {
        return adjust(Map.of(name, value));
    }

    /**
     * Goes on with other hyper-parameters, all at once: {@code adjust(Map.of("eta", 0.01, "beta1", 0.8))}; the state is kept.
     *
     * @throws IllegalArgumentException if the rule has none of such a name, or the values are refused; nothing is changed then
     */
    public Optimiser adjust(Map<String, Double> values) {
        Rule mine = with(rule, values);
        adjust(slots.all(), each -> each == rule ? mine : with(each, values));
        rule = mine;
        return this;
    }

    /** As {@link #adjust(String, double)}, for the parameters of one layer of the model alone. */
    public Optimiser adjust(Layer part, String name, double value) {
        return adjust(slots.of(part), each -> with(each, Map.of(name, value)));
    }

    /** As {@link #adjust(String, double)}, for one parameter array such as {@code model.bias()} alone. */
    public Optimiser adjust(INDArray parameter, String name, double value) {
        return adjust(slots.of(parameter), each -> with(each, Map.of(name, value)));
    }

    private Optimiser adjust(List<Slots.Slot> chosen, UnaryOperator<Rule> adjusted) {
        Slots.replace(chosen, adjusted);
        safeSize = slots.safeSize();
        return this;
    }

    private Rule with(Rule rule, Map<String, Double> values) {
        Rule adjusted = Hyperparameters.with(rule, values);
        Hyperparameters.requireFit(adjusted, model.dataType());
        return adjusted;
    }

    /** Decays weights only: λ of {@link WeightDecay}, {@link SignDecay} or {@link AdamW} becomes 0 for the biases. */
    public Optimiser withoutDecayOfBiases() {
        return adjust(slots.where(Parameter::isBias), each -> with(each, Map.of("lambda", 0.0)));
    }

    /** Leaves a layer of the model as it is from now on, and its state too. */
    public Optimiser freeze(Layer part) {
        return freeze(slots.of(part), true);
    }

    /** Leaves a parameter array, such as {@code model.bias()}, as it is from now on, and its state too. */
    public Optimiser freeze(INDArray parameter) {
        return freeze(slots.of(parameter), true);
    }

    /** Trains a frozen layer again. */
    public Optimiser thaw(Layer part) {
        return freeze(slots.of(part), false);
    }

    /** Trains a frozen parameter array again. */
    public Optimiser thaw(INDArray parameter) {
        return freeze(slots.of(parameter), false);
    }

    private Optimiser freeze(List<Slots.Slot> chosen, boolean frozen) {
        chosen.forEach(slot -> slot.frozen = frozen);
        return this;
    }

    /** What it remembers now, copied. */
    public OptimiserState state() {
        slots.split();
        return snapshot();
    }

    private OptimiserState snapshot() {
        return new OptimiserState(rule, epochs, batches, slots.state());
    }

    /**
     * Puts a state back, hyper-parameters included: into the optimiser that it is from, or into one for a model of the same structure.
     *
     * @throws IllegalArgumentException if rule or structure differ; nothing is changed then
     */
    public Optimiser load(OptimiserState state) {
        slots.split();
        slots.requireFit(state, rule);
        restore(state);
        return this;
    }

    private void restore(OptimiserState state) {
        rule = state.rule();
        epochs = state.epochs();
        batches = state.batches();
        slots.restore(state.slots());
        safeSize = slots.safeSize();
    }

    /**
     * Throws unless this optimiser was made for {@code model}.
     *
     * @throws IllegalArgumentException with both models
     */
    public void requireModel(Layer other) {
        if (Objects.requireNonNull(other, "model is null") != model) {
            throw new IllegalArgumentException("this optimiser keeps the state of another model, " + model.inOneLine()
                    + ", not of this " + other.inOneLine() + "; make one for it with setup(rule, model)");
        }
    }

    @Override
    public String toString() {
        return "Optimiser(" + rule + ", " + model.inOneLine() + ")";
    }
}
