package io.github.flux4j.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A network's layers, made ready to run. Never changed, so any number of threads may run it. */
final class FloatNetwork implements Network {

    /** Some rows at a time stay in the caches between layers. */
    private static final int BLOCK = 64;

    private final Map<String, Tensor> tensors;
    private final List<FloatStep> steps = new ArrayList<>();
    private int inputs;
    private int outputs;
    private boolean rowsAreIndependent = true;

    private FloatNetwork(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /**
     * The network of these layers.
     *
     * @throws ModelFileException if a layer is unknown, doesn't fit the one before it, or can't predict
     */
    static FloatNetwork of(List<Structure.Place> places, Map<String, Tensor> tensors) throws ModelFileException {
        FloatNetwork network = new FloatNetwork(tensors);
        for (Structure.Place place : places) {
            network.add(place);
        }
        return network;
    }

    private void add(Structure.Place place) throws ModelFileException {
        Settings layer = place.settings();
        requireTesting(layer);
        switch (place.type()) {
            case "dense" -> dense(place, layer.size("in"), layer.size("out"));
            case "scale" -> scale(place, width(layer));
            case "layerNorm" -> layerNorm(place, width(layer));
            case "batchNorm" -> batchNorm(place, width(layer));
            case "dropout", "alphaDropout" -> {} // does nothing but in training
            default -> steps.add(FloatStep.pointwise(Activations.ofType(layer)));
        }
        Pointwise activation = Activations.of(layer);
        if (activation != null) {
            steps.add(FloatStep.pointwise(activation));
        }
    }

    /** A layer that is forced to go on as in training would draw numbers, or change itself. */
    private static void requireTesting(Settings layer) throws ModelFileException {
        if (layer.text("mode", "auto").equals("train")) {
            throw new ModelFileException(
                    "layers that predict were expected, but " + layer.where()
                            + " was forced to behave as in training; call testmode(model) or trainmode(model, AUTO) and save it again");
        }
    }

    private int width(Settings layer) throws ModelFileException {
        int size = layer.size("size");
        fit(layer, size, size);
        return size;
    }

    private void fit(Settings layer, int in, int out) throws ModelFileException {
        if (outputs != 0 && outputs != in) {
            throw new ModelFileException(layer.where() + " was expected to take the " + outputs
                    + " numbers that come before it, but takes " + in + "; it was not written by flux4j");
        }
        inputs = inputs == 0 ? in : inputs;
        outputs = out;
    }

    private void dense(Structure.Place place, int in, int out) throws ModelFileException {
        fit(place.settings(), in, out);
        steps.add(FloatProduct.of(in, out, tensor(place, "weight", 0, 0), tensor(place, "bias", out, 0)));
    }

    private void scale(Structure.Place place, int size) {
        steps.add(FloatNormalisation.scale(tensor(place, "weight", size, 1), tensor(place, "bias", size, 0)));
    }

    private void layerNorm(Structure.Place place, int size) throws ModelFileException {
        steps.add(FloatNormalisation.ofRows(epsilon(place)));
        if (has(place, "weight")) {
            scale(place, size);
        }
    }

    private void batchNorm(Structure.Place place, int size) throws ModelFileException {
        float[] gamma = tensor(place, "weight", size, 1);
        float[] beta = tensor(place, "bias", size, 0);
        if (has(place, "running_mean")) {
            double[] mean = tensors.get(place.tensor("running_mean")).doubles();
            double[] variance = tensors.get(place.tensor("running_var")).doubles();
            steps.add(FloatNormalisation.ofColumns(gamma, beta, mean, variance, epsilon(place)));
        } else {
            rowsAreIndependent = false;
            steps.add(FloatNormalisation.ofColumns(gamma, beta, epsilon(place)));
        }
    }

    private static double epsilon(Structure.Place place) throws ModelFileException {
        return place.settings().number("eps", Formulas.EPSILON);
    }

    private boolean has(Structure.Place place, String name) {
        return tensors.containsKey(place.tensor(name));
    }

    /** A tensor's numbers, or so many of these for one that the layer doesn't have. */
    private float[] tensor(Structure.Place place, String name, int size, float otherwise) {
        if (has(place, name)) {
            Tensor tensor = tensors.get(place.tensor(name));
            return tensor.copyTo(new float[tensor.length()]);
        }
        float[] same = new float[size];
        Arrays.fill(same, otherwise);
        return same;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs(int features) {
        return outputs == 0 ? features : outputs;
    }

    @Override
    public double[][] run(double[][] rows) {
        double[][] results = new double[rows.length][];
        int block = rowsAreIndependent ? BLOCK : rows.length;
        for (int from = 0; from < rows.length; from += block) {
            run(rows, from, Math.min(block, rows.length - from), results);
        }
        return results;
    }

    private void run(double[][] rows, int from, int count, double[][] results) {
        float[][] values = new float[count][];
        for (int r = 0; r < count; r++) {
            values[r] = narrow(rows[from + r]);
        }
        for (int i = 0; i < steps.size(); i++) {
            values = steps.get(i).run(values);
        }
        for (int r = 0; r < count; r++) {
            results[from + r] = wide(values[r]);
        }
    }

    private static float[] narrow(double[] row) {
        float[] narrow = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            narrow[j] = (float) row[j];
        }
        return narrow;
    }

    private static double[] wide(float[] row) {
        double[] wide = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            wide[j] = row[j];
        }
        return wide;
    }
}
