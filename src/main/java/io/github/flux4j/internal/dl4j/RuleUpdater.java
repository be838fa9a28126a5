package io.github.flux4j.internal.dl4j;

import io.github.flux4j.arrays.Tensors;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Any {@link Rule} as an updater of DL4J's, whose own differ from Flux's. DL4J hands it gradients alone, of several parameter arrays at once,
 * so it knows the network's parameters, which several rules need, and where one array ends and the next begins.
 */
final class RuleUpdater implements IUpdater {

    private static final long serialVersionUID = 1;

    private final transient Rule rule;
    private final transient INDArray parameters;
    private final transient int[] arrays;

    /**
     * For a network with these parameters.
     *
     * @param arrays the lengths of the parameter arrays, one after another
     */
    RuleUpdater(Rule rule, INDArray parameters, int[] arrays) {
        this.rule = rule;
        this.parameters = parameters;
        this.arrays = arrays;
    }

    @Override
    public long stateSize(long numParams) {
        return 0; // the state is the rule's own
    }

    @Override
    public GradientUpdater<RuleUpdater> instantiate(INDArray view, boolean initialise) {
        return new Run();
    }

    @Override
    public GradientUpdater<RuleUpdater> instantiate(Map<String, INDArray> state, boolean initialise) {
        return new Run();
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // super has none
    public RuleUpdater clone() {
        return new RuleUpdater(rule, parameters, arrays);
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

    private final class Run implements GradientUpdater<RuleUpdater> {

        private final List<Update> updates = new ArrayList<>();
        private INDArray moved;
        private INDArray gradient;

        @Override
        public void applyUpdater(INDArray view, int iteration, int epoch) {
            int length = (int) view.length();
            INDArray current = Tensors.slice(parameters, (int) view.offset(), length);
            if (updates.isEmpty()) {
                start((int) view.offset(), length);
            }
            moved.assign(current);
            gradient.assign(view.reshape(length));
            updates.forEach(Update::apply);
            view.reshape(length).assign(current.sub(moved));
        }

        private void start(int offset, int length) {
            moved = Tensors.zeros(parameters.dataType(), length);
            gradient = Tensors.zeros(parameters.dataType(), length);
            Update.Scratch scratch = new Update.Scratch(parameters.dataType());
            scratch.use(moved, gradient);
            int at = 0;
            for (int array : arrays) {
                if (at >= offset && at < offset + length) {
                    updates.add(new Update(rule, at - offset, array, scratch));
                }
                at += array;
            }
        }

        @Override
        public RuleUpdater getConfig() {
            return RuleUpdater.this;
        }

        @Override
        public void setState(Map<String, INDArray> state, boolean initialise) {}

        @Override
        public Map<String, INDArray> getState() {
            return Map.of();
        }

        @Override
        public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialise) {}
    }
}
