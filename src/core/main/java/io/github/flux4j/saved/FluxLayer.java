package io.github.flux4j.saved;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.engine.Operation;
import io.github.flux4j.engine.Origin;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A {@link Kernel} as the configuration of a DL4J layer; any parameters are one vector named {@value #KEY}. JSON holds its text and its state besides
 * parameters, such as running statistics.
 */
public class FluxLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1;

    static final String KEY = "p";

    private final transient Kernel kernel;
    private final transient Origin origin;
    private final transient DataType type;

    /** Makes it from an operation, in the type of its network. */
    public FluxLayer(Operation.Rows rows, DataType type) {
        super(new Builder());
        this.kernel = rows.kernel();
        this.origin = rows.origin();
        this.type = type;
        this.activationFn = new ActivationIdentity();
    }

    /** Reads it from a file. */
    @JsonCreator
    protected FluxLayer(
            @JsonProperty("layer") String text,
            @JsonProperty("type") DataType type,
            @JsonProperty("mode") String mode,
            @JsonProperty("statistics") List<double[]> statistics,
            @JsonProperty("generators") List<String> generators) {
        this(committing(PartText.rows(text, new Origin.Kept(mode, statistics, generators), type)), type);
    }

    /** Returns the operation for a network that others train: it adopts what a run leaves at once. */
    public static Operation.Rows committing(Operation.Rows rows) {
        return new Operation.Rows(new CommittingKernel(rows.kernel()), rows.origin());
    }

    @JsonProperty("layer")
    String text() {
        return PartText.of(kernel, origin::text);
    }

    @JsonProperty("type")
    DataType type() {
        return type;
    }

    @JsonProperty("mode")
    String mode() {
        return origin.kept().mode();
    }

    @JsonProperty("statistics")
    List<double[]> statistics() {
        return origin.kept().statistics();
    }

    @JsonProperty("generators")
    List<String> generators() {
        return origin.kept().generators();
    }

    private static final class Builder extends FeedForwardLayer.Builder<Builder> {
        @Override
        @SuppressWarnings("unchecked")
        public <E extends org.deeplearning4j.nn.conf.layers.Layer> E build() {
            throw new UnsupportedOperationException();
        }
    }

    Kernel kernel() {
        return kernel;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        setIUpdater(FluxUpdater.bound(getIUpdater(), parameters, kernel.arrays()));
        KernelRun run = new KernelRun(conf, type);
        run.setListeners(listeners);
        run.setIndex(index);
        run.setParamsViewArray(parameters);
        run.setParamTable(initializer().init(conf, parameters, initialise));
        run.setConf(conf);
        return run;
    }

    /** Returns the type of its output; without it DL4J would give the next layer no inputs. */
    @Override
    public InputType getOutputType(int index, InputType input) {
        return input instanceof InputType.InputTypeFeedForward rows
                ? InputType.feedForward(kernel.outputs((int) rows.getSize()), rows.getTimeDistributedFormat())
                : input;
    }

    @Override
    public void setNIn(InputType input, boolean override) {}

    @Override
    public ParamInitializer initializer() {
        return new OneVector();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        throw new UnsupportedOperationException("flux4j's own layers don't estimate memory");
    }

    /** One vector of parameters, which holds its values already. */
    private static final class OneVector implements ParamInitializer {

        @Override
        public long numParams(NeuralNetConfiguration conf) {
            return numParams(conf.getLayer());
        }

        @Override
        public long numParams(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return ((FluxLayer) layer).kernel.parameters();
        }

        @Override
        public List<String> paramKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return numParams(layer) == 0 ? List.of() : List.of(KEY);
        }

        @Override
        public List<String> weightKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return paramKeys(layer);
        }

        @Override
        public List<String> biasKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
            return List.of();
        }

        @Override
        public boolean isWeightParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
            return KEY.equals(key);
        }

        @Override
        public boolean isBiasParam(org.deeplearning4j.nn.conf.layers.Layer layer, String key) {
            return false;
        }

        @Override
        public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialise) {
            if (numParams(conf) == 0) {
                return Collections.emptyMap();
            }
            conf.addVariable(KEY);
            return vector(parameters);
        }

        @Override
        public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradient) {
            return numParams(conf) == 0 ? Collections.emptyMap() : vector(gradient);
        }

        private static Map<String, INDArray> vector(INDArray view) {
            Map<String, INDArray> table = new LinkedHashMap<>();
            table.put(KEY, view.reshape(view.length()));
            return table;
        }
    }

    /** A kernel in a network that others train: nobody reports that a gradient was finite, so it adopts what a run leaves at once. */
    record CommittingKernel(Kernel kernel) implements Kernel {

        @Override
        public int parameters() {
            return kernel.parameters();
        }

        @Override
        public int[] arrays() {
            return kernel.arrays();
        }

        @Override
        public int inputs() {
            return kernel.inputs();
        }

        @Override
        public int outputs(int columns) {
            return kernel.outputs(columns);
        }

        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            kernel.forward(pass, x, y);
            if (pass.training()) {
                kernel.commit();
            }
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            kernel.backward(pass, x, y, dy, dx, dParameters);
        }
    }
}
