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
 * A rule with its state for one model's parameters; {@code setup(rule, model)} makes it. Each parameter array has its own hyper-parameters, initially the
 * rule's.
 *
 * <p>Not thread-safe: use it in the thread that trains the model.
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
     * Makes an optimiser with fresh state for this model.
     *
     * @throws IllegalArgumentException if the model has no parameters, or its type can't hold a number of the rule, such as 1e39 in Float32
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

    /** Returns the rule with its present hyper-parameters; those of an array that you adjusted alone may differ. */
    public Rule rule() {
        return rule;
    }

    /** Returns the model whose parameters the optimiser updates. */
    public Layer model() {
        return model;
    }

    /**
     * Makes a hyper-parameter follow a schedule of t = 1, 2, 3, …, one step each.
     *
     * @param name as the rule's record names it, such as {@code eta}
     * @throws IllegalArgumentException if the rule has none of that name, or refuses the first value
     */
    public Optimiser perBatch(String name, Schedule schedule) {
        adjust(name, moving(name, schedule.at(batches + 1)));
        followed.add(new Followed(name, schedule, true));
        return this;
    }

    /**
     * Makes a hyper-parameter follow a schedule of t = 1, 2, 3, …, one pass over the data each.
     *
     * @param name as the rule's record names it, such as {@code eta}
     * @throws IllegalArgumentException if the rule has none of that name, or refuses the first value
     */
    public Optimiser perEpoch(String name, Schedule schedule) {
        adjust(name, moving(name, schedule.at(epochs + 1)));
        followed.add(new Followed(name, schedule, false));
        return this;
    }

    /**
     * A hyper-parameter that follows a schedule.
     *
     * @param perBatch whether t counts steps rather than passes
     */
    public record Followed(String name, Schedule schedule, boolean perBatch) {}

    /** Returns the schedules that hyper-parameters follow, in the order in which you added them. */
    public List<Followed> followed() {
        return List.copyOf(followed);
    }

    /**
     * Replaces all schedules from the next step and pass on; t continues.
     *
     * @throws IllegalArgumentException if the rule has no number of such a name; nothing is changed then
     */
    public Optimiser follow(List<Followed> schedules) {
        schedules.forEach(each -> Hyperparameters.requireNumber(rule, each.name));
        followed.clear();
        followed.addAll(schedules);
        return this;
    }

    /** Replaces a learning rate that is 0 in the model's type: a schedule may reach 0, but rules refuse it. */
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

    /** Begins a pass over the data; training loops call it. */
    public void beginEpoch() {
        epochs++;
        follow(false, epochs);
    }

    /** Returns memory for a gradient of this model, which each step of a training loop reuses; it can't be closed. */
    public INDArray gradientBuffer() {
        if (gradient == null) {
            gradient = Tensors.zeros(model.dataType(), model.parameterCount());
            gradient.setCloseable(false);
        }
        return gradient;
    }

    /**
     * Updates the parameters by one step, given the gradient of all of them in one vector, which stays unchanged; null for a model without any.
     *
     * <p>The running statistics of a {@code BatchNorm} move too, by the batch of the last {@code loss.gradient}, if that gradient must be this one: it was the
     * only one since the last step, or all wrote into this array. Averaged gradients of several batches leave running statistics as they are; {@link
     * #commitStatistics} moves them by the last batch.
     *
     * <p>If the gradient of a parameter that isn't frozen has a NaN or an infinity, or the step would put one into the parameters or the rule's state, nothing
     * changes. The optimiser looks for the latter only where it can happen: gradients or the rule's numbers are large (from about 10¹⁵ in Float32, 10¹⁵⁰ in
     * Float64), or an ε is 0.
     *
     * @throws ArithmeticException if something overflows, running statistics included; parameters, state and schedules are unchanged
     * @throws IllegalArgumentException if the gradient's length or type differs from the parameters'
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
            memory.use(parameters, flatGradient);
            double size = memory.gradientSize();
            if (size < safeSize && !followed.isEmpty()) {
                follow(true, batches + 1); // after which it may not be safe
            }
            if (size < safeSize) {
                batches++;
                slots.apply();
            } else {
                StepCheck.requireFiniteGradient(flatGradient, model.trainables(), slots.ofArrays());
                moveOrTakeBack();
            }
            if (movesStatistics) {
                port.commitStatistics();
            }
        } finally {
            port.endChange();
        }
        port.stepped();
    }

    /**
     * Moves the running statistics of a {@code BatchNorm} by the batch of the last {@code loss.gradient}, unless a step has. Call it after steps by the mean of
     * several gradients, which belongs to no single batch. Does nothing for a model without running statistics.
     *
     * @throws ArithmeticException if they would overflow; nothing is changed
     */
    public void commitStatistics() {
        port.requireFiniteStatistics();
        State.change(model, port::commitStatistics);
    }

    /** Makes a step that may overflow, and undoes it if it does. */
    private void moveOrTakeBack() {
        OptimiserState state = snapshot();
        double[] parameters = Tensors.toDoubles(model.flatParameters());
        try {
            follow(true, batches + 1);
            batches++;
            slots.apply();
            StepCheck.requireFiniteStep(parameters, model, rule, slots.all());
        } catch (RuntimeException failed) {
            Tensors.write(parameters, model.flatParameters());
            restore(state);
            throw failed;
        }
    }

    /**
     * Changes the learning rate and keeps the state.
     *
     * @throws IllegalArgumentException if the rule has none, or refuses the value
     */
    public Optimiser adjust(double eta) {
        return adjust("eta", eta);
    }

    /**
     * Changes a hyper-parameter, by its name in the rule's record, and keeps the state.
     *
     * @throws IllegalArgumentException if the rule has none of that name, or refuses the value
     */
    public Optimiser adjust(String name, double value) {
        return adjust(Map.of(name, value));
    }

    /**
     * Changes several hyper-parameters at once, {@code adjust(Map.of("eta", 0.01, "beta1", 0.8))}, and keeps the state.
     *
     * @throws IllegalArgumentException if the rule has none of such a name, or refuses the values; nothing is changed then
     */
    public Optimiser adjust(Map<String, Double> values) {
        Rule mine = with(rule, values);
        adjust(slots.all(), each -> each == rule ? mine : with(each, values));
        rule = mine;
        return this;
    }

    /** Changes a hyper-parameter for the parameters of one layer; see {@link #adjust(String, double)}. */
    public Optimiser adjust(Layer part, String name, double value) {
        return adjust(slots.of(part), each -> with(each, Map.of(name, value)));
    }

    /** Changes a hyper-parameter for one parameter array, such as {@code model.bias()}; see {@link #adjust(String, double)}. */
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

    /** Decays weights only: sets λ of {@link WeightDecay}, {@link SignDecay} or {@link AdamW} to 0 for biases. */
    public Optimiser withoutDecayOfBiases() {
        return adjust(slots.where(Parameter::isBias), each -> with(each, Map.of("lambda", 0.0)));
    }

    /** Freezes a layer: later steps leave its parameters and their state unchanged. */
    public Optimiser freeze(Layer part) {
        return freeze(slots.of(part), true);
    }

    /** Freezes a parameter array, such as {@code model.bias()}: later steps leave it and its state unchanged. */
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

    /** Copies the optimiser's present state. */
    public OptimiserState state() {
        slots.split();
        return snapshot();
    }

    private OptimiserState snapshot() {
        return new OptimiserState(rule, epochs, batches, slots.state());
    }

    /**
     * Restores a state, hyper-parameters included, into this optimiser or that of a model with the same structure.
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
     * Throws unless this optimiser was made for this model.
     *
     * @throws IllegalArgumentException with both models
     */
    public void requireModel(Layer other) {
        if (Objects.requireNonNull(other, "model is null") != model) {
            throw new IllegalArgumentException("this optimiser belongs to another model, " + model.inOneLine()
                    + ", not to this " + other.inOneLine() + "; make one for it with setup(rule, model)");
        }
    }

    @Override
    public String toString() {
        return "Optimiser(" + rule + ", " + model.inOneLine() + ")";
    }
}
