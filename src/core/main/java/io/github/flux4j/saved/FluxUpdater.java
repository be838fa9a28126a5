package io.github.flux4j.saved;

import io.github.flux4j.optimise.Rule;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Any {@link Rule} as a DL4J updater; JSON holds its text, and DL4J keeps and saves its state like that of its own updaters.
 *
 * <p>DL4J passes gradients alone, of several parameter arrays at once. So the layer passes its parameters, which several rules need, and the bounds of its
 * arrays. Each layer has an updater of its own, equal to no other.
 */
public class FluxUpdater implements IUpdater {

    private static final long serialVersionUID = 1;

    private final transient Rule rule;
    private final transient INDArray parameters;
    private final transient int[] arrays;

    /** Makes an updater without a layer. */
    public FluxUpdater(Rule rule) {
        this(rule, null, new int[0]);
    }

    private FluxUpdater(Rule rule, INDArray parameters, int[] arrays) {
        this.rule = rule;
        this.parameters = parameters;
        this.arrays = arrays;
    }

    /** Reads it from a file. */
    @JsonCreator
    protected FluxUpdater(@JsonProperty("rule") String text) {
        this(Rule.parse(text));
    }

    @JsonProperty("rule")
    String text() {
        return PartText.of(rule, rule::text);
    }

    /**
     * The same updater for a layer, if it is one of ours.
     *
     * @param parameters the layer's, live; null without
     * @param arrays the lengths of its parameter arrays, one after another
     */
    static IUpdater bound(IUpdater updater, INDArray parameters, int[] arrays) {
        return updater instanceof FluxUpdater ours && parameters != null
                ? new FluxUpdater(ours.rule, parameters.reshape(parameters.length()), arrays)
                : updater;
    }

    @Override
    public long stateSize(long parameters) {
        return new RuleMemory(rule, DataType.DOUBLE).size(parameters);
    }

    @Override
    public GradientUpdater<FluxUpdater> instantiate(INDArray view, boolean initialise) {
        if (parameters == null) {
            throw new IllegalStateException("flux4j's " + rule + " trains only layers of a flux4j network();"
                    + " give other layers a Deeplearning4j updater");
        }
        RuleRun run = new RuleRun(this, rule, parameters, arrays);
        run.setStateViewArray(view, view.shape(), view.ordering(), initialise);
        return run;
    }

    @Override
    public GradientUpdater<FluxUpdater> instantiate(Map<String, INDArray> state, boolean initialise) {
        throw new UnsupportedOperationException("flux4j's " + rule + " keeps its state in one array, not by name");
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // super has none
    public FluxUpdater clone() {
        return new FluxUpdater(rule);
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return Double.NaN;
    }

    @Override
    public boolean hasLearningRate() {
        return false;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException(rule + " belongs to flux4j; set its learning rate there");
    }

    @Override
    public String toString() {
        return rule.toString();
    }
}
