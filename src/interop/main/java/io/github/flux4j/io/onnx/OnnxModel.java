package io.github.flux4j.io.onnx;

import io.github.flux4j.format.Target;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.io.onnx.Graph.Node;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.learn.Fitted;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;

/** A fitted model as one ONNX graph: preparation, networks, their mean, and what it means. */
final class OnnxModel {

    private final Graph graph;
    private final Fitted model;

    private OnnxModel(Graph graph, Fitted model) {
        this.graph = graph;
        this.model = model;
    }

    /** The bytes of the file. */
    static byte[] bytes(Fitted model) {
        Graph graph = Graph.of(model.networks().get(0).dataType());
        new OnnxModel(graph, model).add();
        graph.property("flux4j.kind", model.target() instanceof Target.Classes ? "classifier" : "regressor");
        graph.property("flux4j.targets", String.join("\n", model.targets()));
        graph.property("flux4j.report", model.report().toString());
        if (model.report().provenance() != null) {
            graph.property("flux4j.provenance", JsonText.write(model.report().origin()));
        }
        return graph.bytes();
    }

    private void add() {
        String x = OnnxColumns.add(graph, model.preparation());
        if (model.target() instanceof Target.Classes classes) {
            probabilities(classes, x);
        } else {
            numbers((Target.Numbers) model.target(), x);
        }
    }

    private void probabilities(Target.Classes classes, String x) {
        String mean = mean(x);
        String most = graph.add(Node.of("ArgMax", Double.isNaN(classes.threshold()) ? mean : above(classes, mean))
                .with("axis", 1)
                .with("keepdims", 0));
        String label = graph.add(Node.ofMl("LabelEncoder", most)
                .with(
                        "keys_int64s",
                        LongStream.range(0, classes.classes().size()).boxed().toList())
                .with("values_strings", classes.classes()));
        graph.output(free("probabilities"), mean, classes.classes().size());
        graph.output(free("label"), label, DataType.UTF8, -1);
    }

    /** Probabilities less the threshold, and less what is left of 1: the class is the larger, the positive one where they are equal. */
    private String above(Target.Classes classes, String mean) {
        double[] less = new double[2];
        less[classes.positive()] = graph.type() == DataType.DOUBLE
                ? Math.nextDown(classes.threshold())
                : Math.nextDown((float) classes.threshold());
        less[1 - classes.positive()] = 1 - classes.threshold();
        return graph.add(Node.of("Sub", mean, graph.constant("threshold", graph.type(), less, 2)));
    }

    private String mean(String x) {
        List<Layer> networks = model.networks();
        String[] each = new String[networks.size()];
        for (int i = 0; i < each.length; i++) {
            Layer network = networks.get(i);
            each[i] = graph.within("networks." + i, () -> meant(graph.network(network, x)));
        }
        return each.length == 1
                ? each[0]
                : graph.add(Node.of("Mul", graph.add(Node.of("Sum", each)), graph.number(1.0 / each.length)));
    }

    private String meant(String outputs) {
        if (!(model.target() instanceof Target.Classes classes)) {
            return outputs;
        }
        return classes.areLogits()
                ? graph.add(Node.of("Softmax", outputs).with("axis", 1))
                : sumsToOne(outputs, classes.classes().size());
    }

    /** What is below 0 counts as 0; where all are 0, all are alike. */
    private String sumsToOne(String outputs, int count) {
        String positive = graph.add(Node.of("Relu", outputs));
        String mean = graph.add(
                Node.of("ReduceMean", positive).with("axes", List.of(1L)).with("keepdims", 1));
        String share =
                graph.add(Node.of("Div", positive, graph.add(Node.of("Mul", mean, graph.number((double) count)))));
        String isNone = graph.add(Node.of("Equal", mean, graph.number(0)));
        return graph.add(Node.of("Where", isNone, graph.number(1.0 / count), share));
    }

    /** In the targets' units and within their ranges; comparisons let NaN pass. */
    private void numbers(Target.Numbers goal, String x) {
        String wide = graph.add(Node.of("Cast", mean(x)).with("to", Graph.code(DataType.DOUBLE)));
        String scaled = graph.add(Node.of("Mul", wide, each("deviation", goal, Target.Scaled::std)));
        String y = graph.add(Node.of("Add", scaled, each("mean", goal, Target.Scaled::mean)));
        y = raised(goal, y);
        y = bounded("Less", y, each("low", goal, Target.Scaled::low));
        y = bounded("Greater", y, each("high", goal, Target.Scaled::high));
        DataType type = isFloat(goal) ? graph.type() : DataType.DOUBLE;
        String narrowed = graph.add(Node.of("Cast", y).with("to", Graph.code(type)));
        graph.output(free("predictions"), narrowed, type, goal.targets().size());
    }

    /** e^y − 1 of those that were taught as logarithms. */
    private String raised(Target.Numbers goal, String y) {
        if (goal.targets().stream().noneMatch(Target.Scaled::isLog)) {
            return y;
        }
        String raised = graph.add(Node.of("Sub", graph.add(Node.of("Exp", y)), each("one", goal, target -> 1)));
        String isLog = graph.add(Node.of(
                "Greater", each("log", goal, target -> target.isLog() ? 1 : 0), each("zero", goal, target -> 0)));
        return graph.add(Node.of("Where", isLog, raised, y));
    }

    private String bounded(String comparison, String y, String bound) {
        return graph.add(Node.of("Where", graph.add(Node.of(comparison, y, bound)), bound, y));
    }

    private static boolean isFloat(Target.Numbers goal) {
        return goal.targets().stream().allMatch(target -> OnnxColumns.isFloat(target.mean(), 1 / target.std()));
    }

    private String each(String name, Target.Numbers goal, ToDoubleFunction<Target.Scaled> number) {
        double[] values = goal.targets().stream().mapToDouble(number).toArray();
        return graph.constant(name, DataType.DOUBLE, values, values.length);
    }

    /** The name, with a line below it if a column has it. */
    private String free(String name) {
        return model.features().contains(name) ? free(name + "_") : name;
    }
}
