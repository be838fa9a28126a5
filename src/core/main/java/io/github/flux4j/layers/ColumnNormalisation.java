package io.github.flux4j.layers;

import io.github.flux4j.engine.Kernel;
import io.github.flux4j.layers.RunningStatistics.Moments;

/**
 * The kernel of {@link BatchNorm}; parameters β, then γ. For backward it keeps whether the statistics were the batch's, 1/√(σ² + ε) of each column, and the
 * normalised x.
 */
final class ColumnNormalisation implements Kernel {

    private final BatchNorm layer;
    private final RunningStatistics running;
    private final int size;
    private final boolean affine;
    private final double epsilon;
    private final double momentum;

    /**
     * Makes a layer's kernel.
     *
     * @param running null for a layer without running statistics
     */
    ColumnNormalisation(BatchNorm layer, RunningStatistics running) {
        BatchNorm.Settings settings = layer.structure();
        this.layer = layer;
        this.running = running;
        this.size = settings.size();
        this.affine = settings.affine();
        this.epsilon = settings.eps();
        this.momentum = settings.momentum();
    }

    @Override
    public int parameters() {
        return affine ? 2 * size : 0;
    }

    @Override
    public int[] arrays() {
        return affine ? new int[] {size, size} : new int[0];
    }

    @Override
    public boolean rowsAreIndependent() {
        return running != null && !layer.mode().isTraining(false);
    }

    @Override
    public void forward(Pass pass, double[] x, double[] y) {
        boolean training = layer.mode().isTraining(pass.training());
        if (training) {
            requireSeveral(pass.rows());
        }
        if (pass.training() && running != null) {
            running.forget();
        }
        boolean ofBatch = training || running == null;
        Moments moments = ofBatch ? moments(pass, x) : running.moments();
        if (training && running != null) {
            running.track(moments, pass.rows(), momentum, pass.training());
        }
        normalise(pass, x, y, moments, pass.keep(1 + size + pass.rows() * size));
        pass.kept()[0] = ofBatch ? 1 : 0;
    }

    private void normalise(Pass pass, double[] x, double[] y, Moments moments, double[] kept) {
        for (int j = 0; j < size; j++) {
            kept[1 + j] = 1 / Math.sqrt(moments.variance()[j] + epsilon);
        }
        for (int i = 0; i < pass.rows() * size; i++) {
            int j = i % size;
            double normalised = (x[i] - moments.mean()[j]) * kept[1 + j];
            kept[1 + size + i] = normalised;
            y[i] = affine ? pass.parameters()[size + j] * normalised + pass.parameters()[j] : normalised;
        }
    }

    private void requireSeveral(int rows) {
        if (rows < 2) {
            throw new IllegalArgumentException(layer.inOneLine()
                    + " can't train on a batch of 1 example, which has no variance. Give it at least 2: "
                    + "dataLoader(x, y).batchSize(32), since the default is 1, with partial(false) if 1 would remain for the last"
                    + " batch" + (running != null ? "; or call testmode(model) to use the running statistics" : ""));
        }
    }

    private Moments moments(Pass pass, double[] x) {
        double[] mean = new double[size];
        for (int i = 0; i < pass.rows() * size; i++) {
            mean[i % size] += x[i] / pass.rows();
        }
        double[] variance = new double[size];
        for (int i = 0; i < pass.rows() * size; i++) {
            double difference = x[i] - mean[i % size];
            variance[i % size] += difference * difference / pass.rows();
        }
        return new Moments(mean, variance);
    }

    @Override
    public void commit() {
        if (running != null) {
            running.commit();
        }
    }

    /** With the batch's statistics {@code dx = γ/√(σ²+ε)·(dy − mean(dy) − x̂·mean(dy·x̂))}; with running ones without the means. */
    @Override
    public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
        double[] kept = pass.kept();
        boolean ofBatch = kept[0] == 1;
        double[] sumDy = new double[size];
        double[] sumDyX = new double[size];
        for (int i = 0; i < pass.rows() * size; i++) {
            sumDy[i % size] += dy[i];
            sumDyX[i % size] += dy[i] * kept[1 + size + i];
        }
        for (int i = 0; i < pass.rows() * size; i++) {
            int j = i % size;
            double through = ofBatch ? (sumDy[j] + kept[1 + size + i] * sumDyX[j]) / pass.rows() : 0;
            dx[i] = (affine ? pass.parameters()[size + j] : 1) * kept[1 + j] * (dy[i] - through);
        }
        if (affine) {
            System.arraycopy(sumDy, 0, dParameters, 0, size);
            System.arraycopy(sumDyX, 0, dParameters, size, size);
        }
    }
}
