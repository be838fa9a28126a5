package io.github.flux4j.saved;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Tensors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Kernel} as the computation of a DL4J layer. */
final class KernelRun extends BaseLayer<FluxLayer> {

    private static final long serialVersionUID = 1;

    private transient Kernel.Pass pass;
    private transient double[] x;
    private transient double[] y;

    KernelRun(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
    }

    private Kernel kernel() {
        return layerConf().kernel();
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        x = Tensors.toDoubles(input);
        y = new double[Math.multiplyExact(input.rows(), kernel().outputs(input.columns()))];
        double[] parameters = kernel().parameters() == 0 ? null : Tensors.toDoubles(getParam(FluxLayer.KEY));
        pass = new Kernel.Pass().begin(parameters, training, input.rows(), input.columns());
        kernel().forward(pass, x, y);
        return array(y, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        double[] dx = new double[x.length];
        double[] dParameters = kernel().parameters() == 0 ? null : new double[kernel().parameters()];
        kernel().backward(pass, x, y, Tensors.toDoubles(epsilon), dx, dParameters);
        Gradient gradient = new DefaultGradient();
        if (dParameters != null) {
            INDArray view = gradientViews.get(FluxLayer.KEY);
            Tensors.write(dParameters, view);
            gradient.gradientForVariable().put(FluxLayer.KEY, view);
        }
        return new Pair<>(gradient, array(dx, ArrayType.ACTIVATION_GRAD, workspaces));
    }

    private INDArray array(double[] values, ArrayType kind, LayerWorkspaceMgr workspaces) {
        INDArray array = workspaces.createUninitialized(
                kind, dataType, new long[] {input.rows(), values.length / input.rows()}, 'c');
        Tensors.write(values, array);
        return array;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
