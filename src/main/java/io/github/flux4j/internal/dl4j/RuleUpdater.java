package io.github.flux4j.internal.dl4j;

import io.github.flux4j.engine.Tensors;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Update;
import io.github.flux4j.optimise.float32.FloatUpdate;
import io.github.flux4j.optimise.float64.DoubleUpdate;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Any {@link Rule} as an updater of DL4J's, whose own differ from Flux's. DL4J hands it gradients alone, so it knows the network's
 * parameters, which several rules need. No two are equal, so that DL4J makes one for each parameter array.
 */
final class RuleUpdater implements IUpdater {

    private static final long serialVersionUID = 1;

    private final transient Rule rule;
    private final transient INDArray parameters;

    RuleUpdater(Rule rule, INDArray parameters) {
        this.rule = rule;
        this.parameters = parameters;
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
        return new RuleUpdater(rule, parameters);
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

        private Update update;
        private INDArray moved;
        private INDArray gradient;

        @Override
        public void applyUpdater(INDArray view, int iteration, int epoch) {
            int length = (int) view.length();
            INDArray current = Tensors.slice(parameters, (int) view.offset(), length);
            if (update == null) {
                start(length);
            }
            moved.assign(current);
            gradient.assign(view.reshape(length));
            update.apply();
            view.reshape(length).assign(current.sub(moved));
        }

        /** DL4J calls from within a workspace, whose memory it uses again. */
        @SuppressWarnings("try") // the scope is entered, not used
        private void start(int length) {
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                allocate(length);
            }
        }

        private void allocate(int length) {
            moved = Tensors.zeros(parameters.dataType(), length);
            gradient = Tensors.zeros(parameters.dataType(), length);
            if (parameters.dataType() == DataType.DOUBLE) {
                DoubleUpdate.Scratch scratch = new DoubleUpdate.Scratch();
                scratch.use(moved, gradient);
                update = new DoubleUpdate(rule, 0, length, scratch);
            } else {
                FloatUpdate.Scratch scratch = new FloatUpdate.Scratch();
                scratch.use(moved, gradient);
                update = new FloatUpdate(rule, 0, length, scratch);
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
