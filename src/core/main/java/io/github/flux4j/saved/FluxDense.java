package io.github.flux4j.saved;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's dense layer with a {@link FluxUpdater}, to which it passes its parameters. */
public class FluxDense extends DenseLayer {

    private static final long serialVersionUID = 1;

    /** For Jackson. */
    protected FluxDense() {}

    /** Copies a layer's settings. */
    public FluxDense(DenseLayer layer) {
        setNIn(layer.getNIn());
        setNOut(layer.getNOut());
        setHasBias(layer.hasBias());
        setActivationFn(layer.getActivationFn());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        int weights = (int) (getNIn() * getNOut());
        int[] arrays = hasBias() ? new int[] {weights, (int) getNOut()} : new int[] {weights};
        setIUpdater(FluxUpdater.bound(getIUpdater(), parameters, arrays));
        return super.instantiate(conf, listeners, index, parameters, initialise, type);
    }
}
