package io.github.flux4j.spark;

import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.Flux4j.seed;

import com.google.gson.GsonBuilder;
import com.sun.management.OperatingSystemMXBean;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a step costs on Spark, and MLlib's perceptron beside flux4j: all raw times to a file, of which {@link CostPage} makes the guide's tables.
 * {@code scripts/spark-cost RESULT.json [--quick]}, {@code scripts/spark-cost --page}.
 */
public final class Cost {

    private static final List<String> NETWORKS = List.of(
            "chain(dense(8, 64, tanh), dense(64, 64, tanh), dense(64, 1))",
            "chain(dense(784, 512, relu), dense(512, 256, relu), dense(256, 10))",
            "chain(dense(784, 2048, relu), dense(2048, 2048, relu), dense(2048, 1024, relu), dense(1024, 10))");

    private static final int ROWS_OF_A_PARTITION = 8;

    private final boolean quick;
    private final Map<String, Object> result = new LinkedHashMap<>();

    private Cost(boolean quick) {
        this.quick = quick;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("--page")) {
            CostPage.write();
            return;
        }
        Cost cost = new Cost(List.of(arguments).contains("--quick"));
        cost.measure();
        Files.writeString(
                Path.of(arguments[0]),
                new GsonBuilder()
                                .setPrettyPrinting()
                                .create()
                                .toJson(cost.result)
                                .replace(System.getProperty("user.home"), "~")
                        + "\n");
    }

    private void measure() {
        result.put("environment", Backend.report());
        result.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        result.put("quick", quick);
        List<CostTimes> local = on(CostTimes.LOCAL, 2);
        result.put("perceptrons", perceptrons());
        LocalSpark.stop();
        List<CostTimes> cluster = on(CostTimes.CLUSTER, 2, 8, 32);
        LocalSpark.stop();
        List<CostTimes> all = new ArrayList<>(alone());
        all.addAll(local);
        all.addAll(cluster);
        result.put("steps", all);
        CostModel model = CostModel.of(cluster);
        result.put("model", Map.of("a", model.a(), "b", model.b(), "c", model.c(), "relativeErrors", model.errors()));
    }

    private List<CostTimes> on(String master, int... partitions) {
        SparkSession session = SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate();
        LocalSpark.use(session);
        List<CostTimes> times = new ArrayList<>();
        for (String network : NETWORKS) {
            Arrays.stream(partitions).forEach(count -> times.add(steps(master, network, count)));
        }
        return times;
    }

    private static Partitions rows(Layer model, int partitions) {
        int outputs = model.outputSize(model.inputs());
        return Partitions.random(
                new Block.Shape(model.dataType(), model.inputs(), outputs, false),
                IntStream.range(0, partitions).map(i -> ROWS_OF_A_PARTITION).toArray());
    }

    private CostTimes steps(String master, String network, int partitions) {
        seed(1);
        Layer model = Layer.parse(network);
        try (Cluster cluster = rows(model, partitions).cluster(model, MSE, new Penalty(0, 0))) {
            return times(
                    master,
                    model,
                    partitions,
                    () -> cluster.gradient(model.flatParameters(), new Round(1, 0, 0, 1, 1))
                            .work());
        }
    }

    private List<CostTimes> alone() {
        return NETWORKS.stream().map(this::alone).toList();
    }

    private CostTimes alone(String network) {
        seed(1);
        Layer model = Layer.parse(network);
        INDArray gradient = Tensors.zeros(model.dataType(), model.parameterCount());
        var batch = rows(model, 2).whole().batch();
        Loss loss = MSE.bind(model);
        return times(CostTimes.ALONE, model, 2, () -> {
            loss.gradient(batch, gradient);
            return 0L;
        });
    }

    private CostTimes times(String where, Layer model, int partitions, Supplier<Long> action) {
        int count = quick ? 3 : 40;
        IntStream.range(0, quick ? 1 : 10).forEach(i -> action.get());
        CostTimes times =
                new CostTimes(where, model.parameterCount(), partitions, new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            times.work().add(action.get());
            times.nanos().add(System.nanoTime() - begin);
        }
        return times;
    }

    private List<CostLearnt> perceptrons() {
        Dataset<Row> digits = digits().repartition(2).cache();
        Dataset<Row>[] split = digits.randomSplit(new double[] {0.8, 0.2}, 1);
        int passes = quick ? 2 : 60;
        List<CostLearnt> all = new ArrayList<>();
        for (String solver : List.of("l-bfgs", "gd")) {
            MultilayerPerceptronClassifier mlp = new MultilayerPerceptronClassifier()
                    .setLayers(new int[] {64, 32, 10})
                    .setSolver(solver)
                    .setMaxIter(passes)
                    .setTol(0)
                    .setSeed(1);
            all.add(learnt("MLlib, " + solver, passes, split[1], () -> mlp.fit(split[0])));
        }
        FluxClassifier flux = new FluxClassifier("chain(dense(64, 32, sigmoid), dense(32, 10))")
                .setRule(adam(0.01))
                .setBatchSize(0)
                .setEpochs(passes)
                .setSeed(1)
                .setProgress(line -> {});
        all.add(learnt("flux4j on Spark, Adam, all rows a step", passes, split[1], () -> flux.fit(split[0])));
        return all;
    }

    private static CostLearnt learnt(
            String who, int passes, Dataset<Row> test, Supplier<? extends org.apache.spark.ml.Transformer> fit) {
        fit.get(); // once to warm up
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = System.nanoTime();
        long processor = system.getProcessCpuTime();
        org.apache.spark.ml.Transformer fitted = fit.get();
        double seconds = (System.nanoTime() - begin) / 1e9 / passes;
        double processorSeconds = (system.getProcessCpuTime() - processor) / 1e9 / passes;
        Dataset<Row> scored = fitted.transform(test);
        double accuracy = (double) scored.filter("label = prediction").count() / test.count();
        return new CostLearnt(who, passes, seconds, processorSeconds, accuracy);
    }

    private static Dataset<Row> digits() {
        try {
            Table table = Table.read(Path.of("src/site/data/digits.csv"));
            List<Column> columns = table.columns();
            double[][] x = new double[table.rows()][columns.size() - 1];
            double[] y = new double[table.rows()];
            for (int row = 0; row < y.length; row++) {
                for (int j = 0; j < x[row].length; j++) {
                    x[row][j] = ((Numbers) columns.get(j)).value(row) / 16;
                }
                y[row] = Double.parseDouble(columns.get(x[row].length).text(row));
            }
            return LocalSpark.labelled(x, y);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
