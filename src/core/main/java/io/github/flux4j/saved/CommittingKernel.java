package io.github.flux4j.saved;

import io.github.flux4j.engine.Kernel;

/** A kernel in a network that others train: nobody tells it that a gradient was finite, so what a run leaves is taken over at once. */
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
