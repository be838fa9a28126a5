package io.github.flux4j.internal.network;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.format.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A network's layers, made ready to run. Never changed, so any number of threads may run it. */
public final class ForwardPass {

    /** Some rows at a time stay in the caches between layers. */
    private static final int BLOCK = 64;

    private final Map<String, Tensor> tensors;
    private final boolean isFloat32;
    private final List<UnaryOperator<float[][]>> floats = new ArrayList<>();
    private final List<UnaryOperator<double[][]>> doubles = new ArrayList<>();
    private int inputs;
    private int least;
    private int outputs;
    private boolean rowsAreIndependent = true;

    private ForwardPass(boolean isFloat32, Map<String, Tensor> tensors) {
        this.isFloat32 = isFloat32;
        this.tensors = tensors;
    }

    /**
     * The network of these layers.
     *
     * @throws ModelFileException if a layer is unknown, doesn't fit the one before it, or can't predict
     */
    public static ForwardPass of(Place place, boolean isFloat32, Map<String, Tensor> tensors)
            throws ModelFileException {
        return new ForwardPass(isFloat32, tensors).branch(List.of(place));
    }

    /** Layers beside these, one after another. */
    ForwardPass branch(List<Place> places) throws ModelFileException {
        ForwardPass network = new ForwardPass(isFloat32, tensors);
        for (Place place : places) {
            network.add(place);
        }
        return network;
    }

    /** Those that a layer is built of, each a branch. */
    List<ForwardPass> branches(Place place) throws ModelFileException {
        List<ForwardPass> branches = new ArrayList<>();
        for (Place inner : place.inner()) {
            branches.add(branch(List.of(inner)));
        }
        return branches;
    }

    void add(Place place) throws ModelFileException {
        JsonObject layer = place.settings();
        requireTesting(layer);
        LayerKind.addTo(this, place);
        Pointwise activation = Activations.of(layer);
        if (activation != null) {
            addPointwise(activation);
        }
    }

    /** A layer that is forced to go on as in training would draw numbers, or change itself. */
    private static void requireTesting(JsonObject layer) throws ModelFileException {
        if (layer.text("mode", "auto").equals("train")) {
            throw new ModelFileException(
                    layer.where()
                            + " is fixed in training mode and can't predict; call testmode(model) or automode(model) and save it again");
        }
    }

    private int width(Place place) throws ModelFileException {
        int size = place.settings().size("size");
        fit(place.settings(), size, size);
        return size;
    }

    private void fit(JsonObject layer, int in, int out) throws ModelFileException {
        if (outputs != 0 && outputs != in) {
            throw ModelFileException.foreign(
                    layer.where() + " must take the " + outputs + " numbers of the layer before it, but takes " + in);
        }
        if (least == 0) {
            inputs = in;
            least = in;
        }
        outputs = out;
    }

    /** Some columns of each row, as they are or given to the layer within. */
    void addColumns(Place place, int from, int to) throws ModelFileException {
        ForwardPass inner = branch(place.inner());
        if (outputs != 0 && outputs < to || inner.least > to - from || inner.inputs != 0 && inner.inputs != to - from) {
            throw ModelFileException.foreign(place.settings().where() + " must take " + to + " of the "
                    + (outputs == 0 ? to : outputs) + " numbers of the layer before it, and pass "
                    + Math.max(inner.least, 1) + " to the layer within, but passes " + (to - from));
        }
        least = least == 0 ? to : least;
        outputs = inner.outputs(to - from);
        floats.add(rows -> run(inner.floats, Rows.columns(rows, from, to)));
        doubles.add(rows -> run(inner.doubles, Rows.columns(rows, from, to)));
        rowsAreIndependent &= inner.rowsAreIndependent;
    }

    /** Networks that are given the same rows, and a join of what they give. */
    void addBranches(Place place, List<ForwardPass> branches, String join) throws ModelFileException {
        int in = 0;
        int most = 0;
        for (ForwardPass branch : branches) {
            in = in == 0 ? branch.inputs : in;
            most = Math.max(most, branch.least);
            rowsAreIndependent &= branch.rowsAreIndependent;
        }
        int width = in == 0 ? Math.max(most, 1) : in;
        int[] widths = new int[branches.size()];
        for (int b = 0; b < widths.length; b++) {
            ForwardPass branch = branches.get(b);
            boolean fits = branch.inputs == 0 ? branch.least <= width : branch.inputs == width;
            widths[b] = fits ? branch.outputs(width) : 0;
        }
        int out = widths.length == 0 ? -1 : Joins.outputs(join, widths);
        if (out < 1 || Arrays.stream(widths).anyMatch(n -> n == 0) || most == 0 && out != 1) {
            throw ModelFileException.foreign(
                    "the branches of " + place.settings().where()
                            + " must take the same rows and have outputs that can be joined, but don't");
        }
        if (most != 0) {
            fit(place.settings(), width, out);
        }
        floats.add(rows -> {
            double[][][] each = new double[branches.size()][][];
            Arrays.setAll(each, b -> Rows.wide(run(branches.get(b).floats, Rows.columns(rows, 0, rows[0].length))));
            return Rows.narrow(Joins.join(join, each));
        });
        doubles.add(rows -> {
            double[][][] each = new double[branches.size()][][];
            Arrays.setAll(each, b -> run(branches.get(b).doubles, Rows.columns(rows, 0, rows[0].length)));
            return Joins.join(join, each);
        });
    }

    void addPointwise(Pointwise function) {
        if (isFloat32) {
            floats.add(rows -> {
                for (float[] row : rows) {
                    function.apply(row);
                }
                return rows;
            });
        } else {
            doubles.add(rows -> {
                for (double[] row : rows) {
                    function.apply(row);
                }
                return rows;
            });
        }
    }

    /** What is computed in Float64 in any model. */
    private void add(UnaryOperator<double[][]> step) {
        if (isFloat32) {
            floats.add(rows -> Rows.narrow(step.apply(Rows.wide(rows))));
        } else {
            doubles.add(step);
        }
    }

    /** Each of what the place is built of. */
    void addAll(Place place) throws ModelFileException {
        for (Place inner : place.inner()) {
            add(inner);
        }
    }

    /** What only drops does nothing but in training. */
    void nothing(Place place) {}

    void dense(Place place) throws ModelFileException {
        int in = place.settings().size("in");
        int out = place.settings().size("out");
        fit(place.settings(), in, out);
        Tensor weight = tensor(place, "weight", 0, 0);
        Tensor bias = tensor(place, "bias", out, 0);
        if (isFloat32) {
            floats.add(FloatProduct.of(in, out, weight.floats(), bias.floats()));
        } else {
            doubles.add(DoubleProduct.of(in, out, weight.doubles(), bias.doubles()));
        }
    }

    void scale(Place place) throws ModelFileException {
        scale(place, width(place));
    }

    private void scale(Place place, int size) {
        add(NormalisationLayers.scale(numbers(place, "weight", size, 1), numbers(place, "bias", size, 0)));
    }

    void periodic(Place place) throws ModelFileException {
        int in = place.settings().size("in");
        int out = place.settings().size("out");
        fit(place.settings(), in, in * out);
        add(new Cosines(
                isFloat32,
                in,
                numbers(place, "frequencies", 0, 0),
                numbers(place, "phases", 0, 0),
                numbers(place, "weight", 0, 0),
                numbers(place, "bias", 0, 0)));
    }

    void layerNorm(Place place) throws ModelFileException {
        int size = width(place);
        add(NormalisationLayers.ofRows(epsilon(place)));
        if (has(place, "weight")) {
            scale(place, size);
        }
    }

    void batchNorm(Place place) throws ModelFileException {
        int size = width(place);
        double[] gamma = numbers(place, "weight", size, 1);
        double[] beta = numbers(place, "bias", size, 0);
        if (has(place, "running_mean")) {
            double[] mean = numbers(place, "running_mean", size, 0);
            double[] variance = numbers(place, "running_var", size, 1);
            add(NormalisationLayers.ofColumns(gamma, beta, mean, variance, epsilon(place)));
        } else {
            rowsAreIndependent = false;
            add(NormalisationLayers.ofColumns(gamma, beta, epsilon(place)));
        }
    }

    private static double epsilon(Place place) throws ModelFileException {
        return place.settings().number("eps", Formulas.EPSILON);
    }

    private boolean has(Place place, String name) {
        return tensors.containsKey(place.tensor(name));
    }

    private double[] numbers(Place place, String name, int size, double otherwise) {
        return tensor(place, name, size, otherwise).doubles();
    }

    /** A tensor, or one of so many of these for one that the layer doesn't have. */
    private Tensor tensor(Place place, String name, int size, double otherwise) {
        if (has(place, name)) {
            return tensors.get(place.tensor(name));
        }
        double[] same = new double[size];
        Arrays.fill(same, otherwise);
        return Tensor.of(same, size);
    }

    /** How many features a row must have, or 0 if any number will do. */
    public int inputs() {
        return inputs;
    }

    /** How many features a row must have at least. */
    public int least() {
        return least;
    }

    /** How many numbers come out for a row of so many. */
    public int outputs(int features) {
        return outputs == 0 ? features : outputs;
    }

    /** New rows of results. */
    public double[][] run(double[][] rows) {
        double[][] results = new double[rows.length][];
        int block = rowsAreIndependent ? BLOCK : rows.length;
        for (int from = 0; from < rows.length; from += block) {
            int to = Math.min(from + block, rows.length);
            double[][] some = runBlock(Arrays.copyOfRange(rows, from, to));
            System.arraycopy(some, 0, results, from, to - from);
        }
        return results;
    }

    private double[][] runBlock(double[][] rows) {
        if (isFloat32) {
            return Rows.wide(run(floats, Rows.narrow(rows)));
        }
        for (int r = 0; r < rows.length; r++) {
            rows[r] = rows[r].clone();
        }
        return run(doubles, rows);
    }

    private static <R> R run(List<UnaryOperator<R>> steps, R rows) {
        R values = rows;
        for (UnaryOperator<R> step : steps) {
            values = step.apply(values);
        }
        return values;
    }
}
