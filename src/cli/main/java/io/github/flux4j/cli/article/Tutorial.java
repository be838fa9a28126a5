package io.github.flux4j.cli.article;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.cli.article.ArticleResult.Moment;
import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Dense;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.optimise.Descent;
import io.github.flux4j.optimise.Params;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The article's program in the article's order, with the numbers of {@link ArticleOptions}. */
final class Tutorial {

    private final ArticleOptions options;
    private final Notebook notebook;
    private INDArray xTrain;
    private INDArray yTrain;
    private INDArray xTest;
    private Dense model;
    private Loss loss;
    private Params parameters;
    private Descent opt;
    private List<Batch> data;

    Tutorial(ArticleOptions options, Notebook notebook) {
        this.options = options;
        this.notebook = notebook;
    }

    /**
     * Runs it.
     *
     * @throws ArithmeticException if training diverges
     */
    ArticleResult run() {
        prepareData();
        makeModel();
        loss = notebook.cell("Loss loss = mse(model);", () -> mse(model));
        Moment initial = moment(showLoss());
        prepareTraining();
        notebook.statement("train(loss, parameters, data, opt);", this::onePass);
        Moment first = moment(showLoss());
        showPredictions();
        List<Double> losses = trainOn();
        Moment last = moment(losses.isEmpty() ? first.loss() : losses.get(losses.size() - 1));
        notebook.cell("parameters", () -> parameters);
        List<Number> predictions = numbers(showPredictions());
        requireFinite(last, predictions);
        return new ArticleResult(initial, first, losses, last, predictions, model.engine());
    }

    private void prepareData() {
        xTrain = column("xTrain", options.train.values());
        yTrain = line("yTrain", "xTrain", xTrain);
        xTest = column("xTest", options.test.values());
        line("yTest", "xTest", xTest);
    }

    private INDArray column(String name, double[] values) {
        String list = Arrays.stream(values).mapToObj(this::source).collect(Collectors.joining(", "));
        String call = options.f64 ? "Nd4j.createFromArray(" + list + ").reshape(-1, 1)" : "column(" + list + ")";
        Supplier<INDArray> run = () -> Tensors.of(dataType(), values, values.length, 1);
        return finite(name, notebook.cell("INDArray " + name + " = " + call + ";", run));
    }

    private INDArray line(String name, String of, INDArray x) {
        String slope = options.slope == 1 ? "" : ".mul(" + source(options.slope) + ")";
        String call = of + slope + ".add(" + source(options.intercept) + ")";
        Supplier<INDArray> run = () -> x.mul(options.slope).add(options.intercept);
        return finite(name, notebook.cell("INDArray " + name + " = " + call + ";", run));
    }

    /** What an option may be as a double may be beyond the range of the model's type. */
    private INDArray finite(String name, INDArray array) {
        if (!Arrays.stream(Tensors.toDoubles(array)).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(name + " has a value too large for "
                    + (options.f64 ? "Float64" : "Float32; compute in Float64 with --f64"));
        }
        return array;
    }

    private void makeModel() {
        if (options.seed != null) {
            notebook.statement("seed(" + options.seed + ");", () -> seed(options.seed));
        }
        model = options.f64
                ? notebook.cell("Dense model = f64(dense(1, 1));", () -> f64(dense(1, 1)))
                : notebook.cell("Dense model = dense(1, 1);", () -> dense(1, 1));
        start("weight", model.weight(), options.weight);
        start("bias", model.bias(), options.bias);
        notebook.cell("model.weight()", model::weight);
        notebook.cell("model.bias()", model::bias);
        notebook.cell("model.predict(xTrain)", () -> model.predict(xTrain));
    }

    /** The parameters are live, so a given start is written into them. */
    private void start(String name, INDArray parameter, Double value) {
        if (value != null) {
            notebook.statement(
                    "model." + name + "().assign(" + source(value) + ");", () -> finite(name, parameter.assign(value)));
        }
    }

    private void prepareTraining() {
        parameters = notebook.cell("Params parameters = params(model);", () -> params(model));
        String eta = options.rule.equals(descent()) ? "" : source(options.rule.eta());
        opt = notebook.cell("Descent opt = descent(" + eta + ");", () -> options.rule);
        data = notebook.cell(
                "List<Batch> data = List.of(batch(xTrain, yTrain));", () -> List.of(batch(xTrain, yTrain)));
    }

    private void onePass() {
        train(loss, parameters, data, opt);
    }

    private double showLoss() {
        return notebook.cell("loss.of(xTrain, yTrain)", () -> loss.of(xTrain, yTrain));
    }

    private INDArray showPredictions() {
        return notebook.cell("model.predict(xTest)", () -> model.predict(xTest));
    }

    private List<Double> trainOn() {
        List<Double> losses = new ArrayList<>();
        String source = """
                for (int epoch = 1; epoch <= %d; epoch++) {
                    train(loss, parameters, data, opt);
                    System.out.println(loss.of(xTrain, yTrain));
                }""";
        notebook.statement(source.formatted(options.epochs), () -> {
            for (int epoch = 1; epoch <= options.epochs; epoch++) {
                onePass();
                losses.add(loss.of(xTrain, yTrain));
                notebook.print(losses.get(losses.size() - 1));
            }
        });
        return losses;
    }

    /** A pass finds out that the one before diverged, so the last one is looked at here. */
    private void requireFinite(Moment last, List<Number> predictions) {
        boolean finite = predictions.stream().mapToDouble(Number::doubleValue).allMatch(Double::isFinite);
        if (!finite || !Double.isFinite(last.loss())) {
            throw new ArithmeticException("the last loss is " + last.loss() + " and the predictions are " + predictions
                    + " after training with " + opt + ". Try a smaller learning rate or scale the features");
        }
    }

    private Moment moment(double loss) {
        return new Moment(numbers(model.weight()).get(0), numbers(model.bias()).get(0), loss);
    }

    private List<Number> numbers(INDArray array) {
        return Arrays.stream(Tensors.toDoubles(array)).mapToObj(this::number).toList();
    }

    private Number number(double value) {
        if (options.f64) {
            return value;
        }
        return (float) value;
    }

    private DataType dataType() {
        return options.f64 ? DataType.DOUBLE : DataType.FLOAT;
    }

    /** As one writes it: 4 for 4.0, unless that would make an array of integers. */
    private String source(double value) {
        String text = Double.toString(value);
        return options.f64 || !text.endsWith(".0") ? text : text.substring(0, text.length() - 2);
    }
}
