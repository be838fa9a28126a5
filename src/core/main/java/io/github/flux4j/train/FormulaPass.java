package io.github.flux4j.train;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.ModelPort;
import io.github.flux4j.engine.Program.Recording;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.formulas.FormulaGraph;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Parameter;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Gradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A formula's value and gradients. Models compute forward while the formula is built, each on what SameDiff gives it, and backward from the last to the first.
 * Not thread-safe; for one use.
 */
final class FormulaPass implements Training.Terms {

    private final FormulaGraph graph = new FormulaGraph();
    private final Layer model;
    private final DataType type;
    private final Map<String, INDArray> values = new LinkedHashMap<>();
    private final SDVariable features;
    private final SDVariable targets;
    private final List<Run> runs = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();
    private final Map<String, SDVariable> kept = new LinkedHashMap<>();
    private final Map<Layer, INDArray> gradients = new LinkedHashMap<>();
    private SDVariable predictions;

    /** A model's run from x to y; {@code back} stands for the gradient by y. */
    private record Run(Layer model, SDVariable x, SDVariable y, SDVariable back, Recording recording) {}

    /** A parameter in the formula. */
    private record Use(Layer model, Parameter parameter, SDVariable variable) {}

    FormulaPass(Layer model, Batch batch) {
        this.model = Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(batch, "batch is null");
        this.type = model.dataType();
        this.features = input("features", batch.features());
        this.targets = input("targets", batch.targets());
        gradient(model);
    }

    /** Makes an input with a copy of a value, since SameDiff releases memory. */
    private SDVariable input(String name, INDArray value) {
        INDArray copy = Tensors.copy(Tensors.rowMajor(value, type));
        values.put(name, copy);
        return graph.input(name, type, copy.shape());
    }

    @Override
    public SDVariable features() {
        return features;
    }

    @Override
    public SDVariable targets() {
        return targets;
    }

    @Override
    public SDVariable predictions() {
        if (predictions == null) {
            predictions = predictions(model, features);
        }
        return predictions;
    }

    @Override
    public SDVariable predictions(Layer other, SDVariable x) {
        ModelPort port = Objects.requireNonNull(other, "model is null").port();
        if (other.dataType() != type) {
            throw new IllegalArgumentException("the models of a formula must have the same type, but "
                    + model.inOneLine() + " is " + type + ", and " + other.inOneLine() + " is " + other.dataType());
        }
        INDArray given = Tensors.copy(value(x));
        port.requireFeatures(given, "what the formula gives it");
        Recording recording = port.program(given).record(given);
        SDVariable y = input("predictions" + runs.size(), recording.predictions());
        SDVariable back = input("back" + runs.size(), Tensors.zeros(type, given.shape())); // until it is known
        runs.add(new Run(other, x, y, back, recording));
        gradient(other);
        return y;
    }

    private INDArray value(SDVariable x) {
        return values.containsKey(x.name()) ? values.get(x.name()) : run(x.name());
    }

    private INDArray run(String name) {
        return graph.run(values, List.of(name)).get(name);
    }

    /** Computes all names in one run. */
    private Map<String, INDArray> runs(Stream<String> names) {
        List<String> asked = names.filter(Objects::nonNull).distinct().toList();
        return asked.isEmpty() ? Map.of() : graph.run(values, asked);
    }

    /** The model's gradient, zeros at first; null for a model without parameters. */
    private INDArray gradient(Layer of) {
        if (of.parameterCount() > 0) {
            gradients.computeIfAbsent(of, layer -> Tensors.zeros(type, layer.parameterCount()));
        }
        return gradients.get(of);
    }

    @Override
    public SDVariable parameter(String path) {
        return parameter(model, path);
    }

    @Override
    public SDVariable parameter(Layer owner, String path) {
        Parameter parameter = owner.trainables().stream()
                .filter(array -> array.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(owner.inOneLine() + " has no parameter " + path
                        + "; it has "
                        + owner.trainables().stream().map(Parameter::path).toList()));
        SDVariable variable = input("parameter" + uses.size(), parameter.values());
        uses.add(new Use(owner, parameter, variable));
        gradient(owner);
        return variable;
    }

    @Override
    public SDVariable constant(INDArray value) {
        return input("constant" + values.size(), Objects.requireNonNull(value, "value is null"));
    }

    @Override
    public SDVariable keep(String name, SDVariable value) {
        kept.put(Objects.requireNonNull(name, "name is null"), Objects.requireNonNull(value, "value is null"));
        return value;
    }

    Training.Differentiated of(Function<Training.Terms, SDVariable> formula) {
        SDVariable loss = formula.apply(this);
        INDArray value = loss == null ? null : value(loss);
        if (value == null || value.length() != 1) {
            throw new IllegalArgumentException("a formula must return a single number, but returned "
                    + (value == null ? "null" : "shape " + Tensors.shape(value) + "; end it with mean() or sum()"));
        }
        double number = Tensors.toDoubles(value)[0];
        Map<String, INDArray> results = new LinkedHashMap<>();
        kept.forEach((name, variable) -> results.put(name, Tensors.copy(value(variable))));
        differentiate(loss);
        for (int i = runs.size() - 1; i >= 0; i--) {
            back(runs.get(i));
        }
        List<SDVariable> asked = new ArrayList<>(List.of(features));
        uses.forEach(use -> asked.add(use.variable));
        Map<String, INDArray> slopes = runs(asked.stream().map(graph::gradient));
        uses.forEach(use -> addSlopes(use, slopes));
        INDArray byFeatures = slopes(features, slopes);
        settle(number);
        Map<Layer, Gradient> all = new LinkedHashMap<>();
        gradients.forEach((layer, flat) -> all.put(layer, new Gradient(layer, flat)));
        return new Training.Differentiated(number, model, all, byFeatures, results);
    }

    /** Differentiates the loss plus Σ x∘back of each run, so that a run's gradient by x counts as that of a number computed from x. */
    private void differentiate(SDVariable loss) {
        SDVariable sum = loss.sum();
        for (Run run : runs) {
            sum = sum.add(run.x.mul(run.back).sum());
        }
        graph.differentiate(sum, null, List.copyOf(values.keySet()));
    }

    private void back(Run run) {
        INDArray flat = gradient(run.model);
        INDArray part = flat == null ? null : Tensors.zeros(type, flat.length());
        Map<String, INDArray> slopes = runs(Stream.of(run.y).map(graph::gradient));
        values.put(run.back.name(), run.recording.backward(slopes(run.y, slopes), part));
        if (part != null) {
            flat.addi(part);
        }
    }

    private void addSlopes(Use use, Map<String, INDArray> slopes) {
        Parameter parameter = use.parameter;
        Tensors.slice(gradient(use.model), parameter.offset(), parameter.length())
                .addi(slopes(use.variable, slopes).reshape(parameter.length()));
    }

    /** The gradient by an input; zeros if the loss doesn't depend on it. */
    private INDArray slopes(SDVariable input, Map<String, INDArray> all) {
        String name = graph.gradient(input);
        return name == null ? Tensors.zeros(type, values.get(input.name()).shape()) : all.get(name);
    }

    /** Moves running statistics as after any gradient, if everything is finite. */
    private void settle(double loss) {
        boolean isFinite = Double.isFinite(loss)
                && gradients.values().stream()
                        .flatMapToDouble(flat -> Arrays.stream(Tensors.toDoubles(flat)))
                        .allMatch(Double::isFinite);
        for (Run run : runs) {
            ModelPort port = run.model.port();
            port.stepped();
            if (isFinite && port.keepsStatistics()) {
                port.requireFiniteStatistics();
                State.change(run.model, port::commitStatistics);
            }
        }
    }
}
