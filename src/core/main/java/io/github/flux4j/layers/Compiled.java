package io.github.flux4j.layers;

import io.github.flux4j.engine.Blueprint;
import io.github.flux4j.engine.Engines;
import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.engine.Objective;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Origin;
import io.github.flux4j.engine.Program;
import io.github.flux4j.engine.TrainedWith;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model prepared by an engine, as long as its parameters stay in place, and objects that live as long as the model. */
final class Compiled implements ModelPort {

    private final Layer model;
    private final LastGradient lastGradient = new LastGradient();
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
    private volatile Program program;
    private volatile Program programForFloat64;
    private String reason;
    private INDArray programMemory;
    private TrainedWith training;
    private volatile Widths widths = new Widths(0, 0);

    /** The numbers of columns of input and output. */
    private record Widths(int inputs, int outputs) {}

    Compiled(Layer model) {
        this.model = model;
    }

    /** The program in the model's type. */
    Program program() {
        INDArray memory = model.flatParameters();
        if (memory != null && memory.wasClosed()) {
            model.memory().requireOpen(model);
        }
        Program ready = program;
        return ready != null && programMemory == memory ? ready : compile();
    }

    @Override
    public Program program(INDArray features) {
        return model.memory().type() != null ? program() : program(features.dataType());
    }

    /** The program for features of this type; see {@link #program(INDArray)}. */
    Program program(DataType features) {
        Program own = program();
        return typeFor(features) == model.dataType() ? own : programForFloat64;
    }

    /** The type of predictions for features of this type. */
    DataType typeFor(DataType features) {
        return model.memory().type() == null && features == DataType.DOUBLE ? DataType.DOUBLE : model.dataType();
    }

    /** Caches the last answer, since each step asks the same. */
    @Override
    public int outputs(int inputs) {
        Widths known = widths;
        if (known.inputs != inputs) {
            boolean fit = inputs > 0 && (model.inputs() == 0 || model.inputs() == inputs);
            known = new Widths(inputs, fit ? model.outputs(inputs) : 0);
            widths = known;
        }
        return known.outputs;
    }

    private synchronized Program compile() {
        INDArray memory = model.flatParameters();
        program = null;
        programMemory = memory;
        reason = Engines.reason();
        programForFloat64 = model.memory().type() == null ? Engines.compile(blueprint(DataType.DOUBLE)) : null;
        program = Engines.compile(blueprint(model.dataType()));
        return program;
    }

    private Blueprint blueprint(DataType type) {
        model.memory().requireOpen(model);
        return new Blueprint(model.inOneLine(), model.operations(), model.flatParameters(), type);
    }

    /** The engine and why: {@code lean, the first that can run the model}. */
    String engineAndReason() {
        return program().engine() + ", " + reason + program().remark();
    }

    @Override
    public void trainedWith(Objective loss, Object rule) {
        TrainedWith last = training;
        if (last == null || last.loss() != loss || last.rule() != rule) {
            training = new TrainedWith(loss, rule);
        }
    }

    /** Exports the model as an object of an engine's own library. */
    <T> T export(Class<T> type) {
        return Engines.export(blueprint(model.dataType()), training, type);
    }

    @Override
    public List<Operation> operations() {
        return model.operations();
    }

    @Override
    public void requireFeatures(INDArray x, String what) {
        FeatureCheck.requireFeatures(model, x, what);
    }

    @Override
    public void requireParameters() {
        model.memory().requireOpen(model);
    }

    @Override
    public void requireVector(INDArray vector, String what) {
        FlatVector.require(vector, model, what);
    }

    @Override
    public boolean keepsStatistics() {
        return !model.statistics().isEmpty();
    }

    @Override
    public void gradientComputed(INDArray into, boolean forStep) {
        if (!keepsStatistics()) {
            return;
        }
        if (forStep) {
            lastGradient.computedForStep(into);
        } else {
            lastGradient.computed(into);
        }
    }

    @Override
    public boolean stepMovesStatistics(INDArray gradient) {
        return keepsStatistics() && lastGradient.isMeantBy(gradient);
    }

    @Override
    public void stepped() {
        if (keepsStatistics()) {
            lastGradient.forget();
        }
    }

    @Override
    public void requireFiniteStatistics() {
        List<RunningStatistics> statistics = model.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            statistics.get(i).requireFinite();
        }
    }

    @Override
    public void commitStatistics() {
        List<RunningStatistics> statistics = model.statistics();
        for (int i = 0; i < statistics.size(); i++) {
            statistics.get(i).commit();
        }
    }

    @Override
    public void beginChange() {
        model.changes().begin();
    }

    @Override
    public void endChange() {
        model.changes().end();
    }

    @Override
    public void restore(Origin.Kept kept) {
        LayerOrigin.restore(model, kept);
    }

    @Override
    public <T> T attachment(Class<T> type, Supplier<T> make) {
        return type.cast(attachments.computeIfAbsent(type, key -> make.get()));
    }
}
