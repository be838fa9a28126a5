package io.github.flux4j.spark;

import static io.github.flux4j.Flux4j.MAE;
import static io.github.flux4j.Flux4j.MSE;
import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.Flux4j.batchNorm;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.Flux4j.f64;
import static io.github.flux4j.Flux4j.l2;
import static io.github.flux4j.Flux4j.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.engine.Kernel;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.io.Checkpoint;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** Whole fits over partitions; the oracle is the same steps on one machine. */
class FluxEstimatorTest {

    /** Of parameters around 0.3 after 20 steps in Float64: rounding of 1e-16 grows by a small factor a step. */
    private static final double DOUBLE = 1e-12;

    private static final String NETWORK = "chain(dense(2, 8, tanh), dense(8, 1))";

    @TempDir
    private Path folder;

    /** y = sin(2x₀) + x₁/2, at random places. */
    private static Dataset<Row> waves(int rows, int partitions) {
        Random random = new Random(4);
        double[][] x = IntStream.range(0, rows)
                .mapToObj(i -> random.doubles(2, -1, 1).toArray())
                .toArray(double[][]::new);
        double[] y =
                Arrays.stream(x).mapToDouble(p -> Math.sin(2 * p[0]) + p[1] / 2).toArray();
        return LocalSpark.labelled(x, y).repartition(partitions);
    }

    private static FluxRegressor quiet(FluxRegressor regressor) {
        return regressor.setProgress(line -> {});
    }

    private static double[] parameters(FluxModel model) {
        return Tensors.toDoubles(model.model().flatParameters());
    }

    /** The same global batches, put together from the partitions' rows, and the same rule. */
    private static double[] onOneMachine(
            Dataset<Row> frame, Layer start, Rule rule, LossFunction loss, Penalty penalty, int epochs, int steps) {
        List<List<Row>> parts =
                new FluxRegressor(start).columns(frame).toJavaRDD().glom().collect();
        Layer model = io.github.flux4j.Flux4j.copy(start);
        Optimiser optimiser = new Optimiser(rule, model);
        for (int epoch = 0; epoch < epochs; epoch++) {
            optimiser.beginEpoch();
            for (int step = 0; step < steps; step++) {
                Round round = new Round(5, epoch, step, 1, steps);
                Batch batch = batch(parts, round);
                if (batch != null) {
                    new Loss(loss, model, penalty).gradient(batch, optimiser.gradientBuffer());
                    optimiser.step(optimiser.gradientBuffer());
                }
            }
        }
        return Tensors.toDoubles(model.flatParameters());
    }

    private static Batch batch(List<List<Row>> parts, Round round) {
        List<double[]> x = new ArrayList<>();
        List<double[]> y = new ArrayList<>();
        int[] sizes = parts.stream().mapToInt(List::size).toArray();
        for (int p = 0; p < parts.size(); p++) {
            for (int row : round.rows(round.first(), p, sizes)) {
                x.add(Cells.numbers(parts.get(p).get(row), 0));
                y.add(Cells.numbers(parts.get(p).get(row), 1));
            }
        }
        return x.isEmpty()
                ? null
                : Batch.of(
                        Tensors.ofRows(org.nd4j.linalg.api.buffer.DataType.DOUBLE, x.toArray(double[][]::new)),
                        Tensors.ofRows(org.nd4j.linalg.api.buffer.DataType.DOUBLE, y.toArray(double[][]::new)));
    }

    @Test
    void batchesOverPartitionsTrainAsOneMachineDoes() {
        seed(1);
        Layer start = f64(Layer.parse(NETWORK));
        Dataset<Row> frame = waves(101, 3);

        FluxModel fitted = quiet(new FluxRegressor(start))
                .setRule(adam(0.01))
                .setPenalty(l2(0.01))
                .setBatchSize(10) // 11 steps of 9 or 10 rows
                .setEpochs(2)
                .setSeed(5)
                .fit(frame);

        assertThat(parameters(fitted))
                .containsExactly(onOneMachine(frame, start, adam(0.01), MSE, l2(0.01), 2, 11), within(DOUBLE));
        assertThat(fitted.objectiveHistory()).hasSize(2);
        assertThat(fitted.objectiveHistory()[1]).isLessThan(fitted.objectiveHistory()[0]);
    }

    @Test
    void sameSeedSameModelToTheBitWithDropoutsAndRandomSlopes() {
        FluxRegressor regressor = quiet(new FluxRegressor("chain(dense(2, 8, rrelu), dropout(0.3), dense(8, 1))"))
                .setBatchSize(16)
                .setEpochs(2);
        Dataset<Row> frame = waves(64, 3);

        double[] one = parameters(regressor.setSeed(1).fit(frame));
        double[] again = parameters(regressor.setSeed(1).fit(frame));
        double[] other = parameters(regressor.setSeed(2).fit(frame));

        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void partitionsDrawMasksOfTheirOwn() {
        Round round = new Round(1, 0, 0, 1, 1);
        assertThat(round.chance(0, 0)).isNotEqualTo(round.chance(0, 1)).isNotEqualTo(round.chance(1, 0));
        assertThat(new Round(1, 1, 0, 1, 1).chance(0, 0)).isNotEqualTo(round.chance(0, 0));
    }

    @Test
    void localStepsLearnFromShuffledRowsInFewRounds() {
        List<String> lines = new ArrayList<>();
        FluxModel fitted = new FluxRegressor(NETWORK)
                .setRule(adam(0.01))
                .setBatchSize(32)
                .setLocalSteps(16)
                .setEpochs(40)
                .setProgress(lines::add)
                .fit(waves(512, 4));

        assertThat(fitted.objectiveHistory()[39]).isLessThan(0.05); // of a variance of 0.5
        assertThat(lines).noneMatch(line -> line.contains("local steps don't suit"));
        assertThat(lines).anyMatch(line -> line.startsWith("epoch 40 of 40, step 16 of 16: loss "));
    }

    @Test
    void localStepsSayWhenTheyDoNotSuit() {
        List<String> lines = new ArrayList<>();
        new FluxRegressor(NETWORK)
                .setBatchSize(128)
                .setLocalSteps(16)
                .setEpochs(1)
                .setProgress(lines::add)
                .fit(waves(512, 4).repartitionByRange(4, functions.col("label")));

        assertThat(lines).anyMatch(line -> line.startsWith("local steps don't suit these rows"));
        assertThat(lines).anyMatch(line -> line.contains("an epoch has 4 steps, so"));
    }

    @Test
    void classesWithNamesInAPipeline() {
        Dataset<Row> frame = waves(200, 3)
                .withColumn(
                        "sign",
                        functions.when(functions.col("label").gt(0), "up").otherwise("down"))
                .drop("label");
        Dataset<Row> scored = new Pipeline()
                .setStages(new PipelineStage[] {
                    new StringIndexer()
                            .setInputCol("sign")
                            .setOutputCol("label")
                            .setStringOrderType("alphabetAsc"),
                    new FluxClassifier("chain(dense(2, 8, tanh), dense(8, 2))")
                            .setRule(adam(0.05))
                            .setBatchSize(0)
                            .setEpochs(60)
                            .setProgress(line -> {})
                })
                .fit(frame)
                .transform(frame);

        assertThat(scored.columns()).endsWith("probability", "prediction");
        assertThat(scored.filter("label = prediction").count()).isGreaterThan(180);
        double[][] probabilities = LocalSpark.vectors(scored, "probability");
        assertThat(List.of(probabilities))
                .hasSize(200)
                .allSatisfy(row -> assertThat(row[0] + row[1]).isCloseTo(1, within(1e-6)));
    }

    @Test
    void oneOutputTellsTwoClassesApart() {
        Dataset<Row> frame = waves(200, 2).withColumn("label", functions.expr("cast(label > 0 as double)"));
        FluxModel fitted = new FluxClassifier("chain(dense(2, 8, tanh), dense(8, 1))")
                .setLoss(io.github.flux4j.Flux4j.LOGITBINARYCROSSENTROPY)
                .setRule(adam(0.05))
                .setBatchSize(0)
                .setEpochs(60)
                .setProgress(line -> {})
                .fit(frame);

        assertThat(fitted.transform(frame).filter("label = prediction").count()).isGreaterThan(180);
        assertThat(fitted.model().outputSize(2)).isEqualTo(1);
    }

    @Test
    void crossValidationOfSparksTriesItsSettings() {
        FluxRegressor regressor =
                quiet(new FluxRegressor(NETWORK)).setRule(adam(0.05)).setBatchSize(0);
        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(regressor)
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(regressor.epochs(), new int[] {1, 60})
                        .build())
                .setEvaluator(new RegressionEvaluator())
                .setNumFolds(2)
                .fit(waves(120, 2));

        assertThat(chosen.avgMetrics()[1]).isLessThan(chosen.avgMetrics()[0]);
    }

    @Test
    void anEstimatorIsSavedWithItsSettingsAndItsStart() throws Exception {
        seed(3);
        Layer start = f64(dense(2, 1));
        FluxRegressor regressor = quiet(new FluxRegressor(start))
                .setRule(descent(0.5))
                .setSeed(9)
                .setEpochs(1)
                .setBatchSize(0);
        regressor.write().save(folder.resolve("regressor").toString());
        FluxRegressor loaded =
                quiet(FluxRegressor.load(folder.resolve("regressor").toString()));

        assertThat(loaded.explainParams()).isEqualTo(regressor.explainParams());
        assertThat(parameters(loaded.fit(waves(20, 2)))).isEqualTo(parameters(regressor.fit(waves(20, 2))));
    }

    @Test
    void aFitThatStoppedGoesOnFromItsCheckpointToTheBit() throws Exception {
        Path file = folder.resolve("run.flux4j");
        Dataset<Row> frame = waves(64, 3);
        FluxRegressor regressor = new FluxRegressor("chain(dense(2, 8, tanh), dropout(0.2), dense(8, 1))")
                .setRule(adam(0.01))
                .setBatchSize(16)
                .setEpochs(4);
        FluxModel whole = quiet(regressor).fit(frame);

        regressor.setCheckpoint(file, 3).setProgress(line -> {
            if (line.startsWith("epoch 2")) {
                throw new IllegalStateException("the driver is gone");
            }
        });
        assertThatThrownBy(() -> regressor.fit(frame)).hasMessage("the driver is gone");
        assertThat(Files.exists(file)).isTrue();
        FluxModel resumed = quiet(regressor).fit(frame);

        assertThat(parameters(resumed)).isEqualTo(parameters(whole));
        assertThat(resumed.objectiveHistory()).isEqualTo(whole.objectiveHistory());
    }

    /** A run of an epoch, and its file. */
    private FluxRegressor checkpointed(Path file, Dataset<Row> frame) {
        FluxRegressor regressor =
                quiet(new FluxRegressor(NETWORK)).setBatchSize(16).setEpochs(1).setCheckpoint(file, 2);
        regressor.fit(frame);
        return regressor;
    }

    static Stream<Arguments> otherRuns() {
        return Stream.of(
                other("loss (mse, not mae)", r -> r.setLoss(MAE)),
                other("rule (", r -> r.setRule(adam(0.1))),
                other("l2 (0.0, not 0.5)", r -> r.setPenalty(l2(0.5))),
                other("batchSize (16, not 32)", r -> r.setBatchSize(32)),
                other("localSteps (1, not 2)", r -> r.setLocalSteps(2)),
                other("seed (0, not 8)", r -> r.setSeed(8)),
                other("labelCol (label, not twin)", r -> r.setLabelCol("twin")),
                other("weightCol (none, not label)", r -> r.setWeightCol("label")));
    }

    private static Arguments other(String says, UnaryOperator<FluxRegressor> change) {
        return Arguments.of(says, change);
    }

    @ParameterizedTest
    @MethodSource("otherRuns")
    void aFileOfAnotherRunIsRefusedByWhatIsAnother(String says, UnaryOperator<FluxRegressor> change) {
        Path file = folder.resolve("run.flux4j");
        Dataset<Row> frame = waves(48, 2).withColumn("twin", functions.col("label"));
        FluxRegressor regressor = checkpointed(file, frame);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(regressor).setEpochs(3).fit(frame))
                .withMessageContaining(file + " is of a run with another ")
                .withMessageContaining("another " + says)
                .withMessageEndingWith("give it that again, or another file to begin anew");
    }

    @Test
    void aFileOfOtherRowsOrAnotherStartIsRefused() {
        Path file = folder.resolve("run.flux4j");
        Dataset<Row> frame = waves(48, 2);
        FluxRegressor regressor = checkpointed(file, frame).setEpochs(3);
        Dataset<Row> elsewhere = frame.repartitionByRange(2, functions.col("label"));
        double most = frame.agg(functions.max("label")).first().getDouble(0);
        Dataset<Row> oneOther = frame.withColumn(
                "label", functions.when(functions.col("label").equalTo(most), 0).otherwise(functions.col("label")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor.fit(elsewhere))
                .withMessageContaining("another rows (48 in 2 partitions, hash ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor.fit(oneOther))
                .withMessageContaining("another rows (48 in 2 partitions, hash ");
        seed(12);
        FluxRegressor fromAModel =
                quiet(new FluxRegressor(Layer.parse(NETWORK))).setBatchSize(16).setCheckpoint(file, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fromAModel.fit(frame))
                .withMessageContaining("is of a run with another start (hash ");
    }

    @Test
    void theSameRowsReadAgainInAnotherOrderAreTheSameRun() throws Exception {
        Path file = folder.resolve("run.flux4j");
        String rows = folder.resolve("rows").toString();
        waves(48, 1).write().parquet(rows);
        Dataset<Row> frame = LocalSpark.session().read().parquet(rows).repartition(2, functions.col("label"));
        List<String> lines = new ArrayList<>();

        checkpointed(file, frame)
                .setEpochs(2)
                .setProgress(lines::add)
                .fit(LocalSpark.session().read().parquet(rows).orderBy("label").repartition(2, functions.col("label")));
        assertThat(lines.get(0)).isEqualTo("goes on from " + file + " at epoch 2 of 2");
    }

    @Test
    void aFinishedRunSaysSoGoesOnForMoreEpochsAndIsRefusedForFewer() {
        Path file = folder.resolve("run.flux4j");
        Dataset<Row> frame = waves(48, 2);
        List<String> lines = new ArrayList<>();
        FluxRegressor regressor = checkpointed(file, frame).setEpochs(2).setProgress(lines::add);
        FluxModel two = regressor.fit(frame);

        assertThat(lines.get(0)).isEqualTo("goes on from " + file + " at epoch 2 of 2");
        lines.clear();
        regressor.set(regressor.rule(), "adam(0.001)"); // which it is, in other words
        assertThat(parameters(regressor.fit(frame))).isEqualTo(parameters(two));
        assertThat(lines).containsExactly(file + " is of a finished run; its model is given back as it is");

        FluxModel whole =
                quiet(new FluxRegressor(NETWORK)).setBatchSize(16).setEpochs(3).fit(frame);
        assertThat(parameters(regressor.setEpochs(3).fit(frame))).isEqualTo(parameters(whole));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regressor.setEpochs(2).fit(frame))
                .withMessageContaining(file + " stands at epoch 3, but there are to be 2; set 3 epochs or more");
    }

    @Test
    void aFileThatDoesNotSayOfWhichRunItIsIsRefused() throws Exception {
        Path file = folder.resolve("run.flux4j");
        Checkpoint.write(new Optimiser(adam(), Layer.parse(NETWORK)), file);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        quiet(new FluxRegressor(NETWORK)).setCheckpoint(file, 2).fit(waves(20, 2)))
                .withMessageContaining("doesn't say of which run on Spark it is");
    }

    /** And goes on, fit by fit, when it is done again. */
    @Test
    void crossValidationHasAFileForEachFit() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        FluxRegressor regressor = new FluxRegressor(NETWORK)
                .setBatchSize(16)
                .setEpochs(1)
                .setCheckpoint(folder.resolve("run.flux4j"), 2)
                .setProgress(lines::add);
        CrossValidator validator = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {regressor}))
                .setEstimatorParamMaps(new ParamGridBuilder()
                        .addGrid(regressor.rule(), CollectionConverters.asScala(List.of("adam", "descent(0.1)")))
                        .addGrid(regressor.epochs(), new int[] {1, 2})
                        .build())
                .setEvaluator(new RegressionEvaluator())
                .setNumFolds(2)
                .setSeed(3);
        Dataset<Row> frame = waves(60, 2).cache();

        double[] metrics = validator.fit(frame).avgMetrics();

        assertThat(lines).noneMatch(line -> line.contains("goes on") || line.contains("finished"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .hasSize(2 * 2 * 2 + 1) // and the best, of all rows
                    .allMatch(name -> name.matches("run-[0-9a-f]{16}\\.flux4j"));
        }
        lines.clear();
        assertThat(validator.fit(frame).avgMetrics()).isEqualTo(metrics);
        assertThat(lines)
                .hasSize(9)
                .allMatch(line -> line.endsWith("of a finished run; its model is given back as it is"));
    }

    @Test
    void aFitThatFailsKeepsNothingInSparksMemory() {
        JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
        Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
        FluxRegressor regressor = quiet(new FluxRegressor(NETWORK)).setRule(descent(1e30));

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> regressor.fit(waves(20, 2)))
                .withMessageContaining("of epoch ")
                .withMessageContaining("Try a smaller learning rate or scale the features");
        assertThat(before).containsAll(context.getPersistentRDDs().keySet()); // of others' rows
    }

    @Test
    void whatDoesNotAddUpIsRefusedBeforeTheFirstStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        quiet(new FluxRegressor(NETWORK)).setLoss(MSE.sum()).fit(waves(20, 2)))
                .withMessageContaining("the loss mse; agg=sum doesn't add up");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quiet(new FluxRegressor(chain(dense(2, 4), batchNorm(4), dense(4, 1))))
                        .fit(waves(20, 2)))
                .withMessageContaining("BatchNorm, which takes statistics of its batch, doesn't add up");
        assertThatIllegalArgumentException().isThrownBy(() -> new FluxRegressor("chain(dense(2, "));
    }

    /** A layer of one's own, y = −x. */
    record Negative() implements Kernel {
        @Override
        public void forward(Pass pass, double[] x, double[] y) {
            Arrays.setAll(y, i -> -x[i]);
        }

        @Override
        public void backward(Pass pass, double[] x, double[] y, double[] dy, double[] dx, double[] dParameters) {
            Arrays.setAll(dx, i -> -dy[i]);
        }
    }

    @Test
    void whatIsTheUsersOwnIsRefusedAtTheCall() {
        LossFunction fourth =
                LossFunction.of("fourth", (yhat, y) -> yhat.sub(y).pow(4).mean());
        Layer negative = chain(dense(2, 4), Layer.of("negative", new Negative()), dense(4, 1));
        Layer cubic = dense(2, 1, Activation.of("cubic", x -> x * x * x, (x, y) -> 3 * x * x));
        Rule halving = new SparkFoldsTest.Halving(0.5);

        cannotBeSent("the loss fourth", "named fourth is unknown", () -> new FluxRegressor(NETWORK).setLoss(fourth));
        cannotBeSent("the rule Halving[eta=0.5]", "it has no name", () -> new FluxRegressor(NETWORK).setRule(halving));
        cannotBeSent("the network Chain(", "named negative is unknown", () -> new FluxRegressor(negative));
        cannotBeSent("the network Dense(", "named cubic is unknown", () -> new FluxClassifier(cubic));
        cannotBeSent(
                "the estimator",
                "it has no name",
                () -> Groups.fit(waves(4, 1), "label", Learn.regressor().rule(halving), "features"));
        assertThatThrownBy(() -> new FluxModel(negative)).hasMessageContaining("negative");
    }

    private static void cannotBeSent(String what, String why, ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageStartingWith(what)
                .withMessageContaining(
                        "can't be sent to other machines, which make it of text and know flux4j's own parts alone: ")
                .withMessageContaining(why)
                .withMessageEndingWith("Take one of flux4j's, or train on this machine");
    }

    @Test
    void rowsThatDoNotFitAreShown() {
        double[][] x = {{1, 2}, {3, Double.NaN}};
        assertThatThrownBy(() -> quiet(new FluxRegressor(NETWORK)).fit(LocalSpark.labelled(x, 0, 1)))
                .hasStackTraceContaining("features must be finite, but there is NaN, in [[3.0,NaN],1.0]");
        assertThatThrownBy(() -> quiet(new FluxRegressor("dense(3, 1)")).fit(waves(4, 1)))
                .hasStackTraceContaining("the network takes 3 features, but there are 2, in [");
        assertThatThrownBy(() -> quiet(new FluxRegressor("dense(2, 2)")).fit(waves(4, 1)))
                .hasStackTraceContaining("the network has 2 outputs, but the labels are 1");
        assertThatThrownBy(() -> new FluxClassifier("dense(2, 3)").fit(LocalSpark.labelled(new double[][] {{1, 2}}, 3)))
                .hasStackTraceContaining("a label from 0 to 2 was expected, but there is 3.0; StringIndexer makes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FluxRegressor(NETWORK).fit(waves(4, 1).limit(0)))
                .withMessageContaining("the data frame has no row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FluxRegressor(NETWORK).setLabelCol("y").fit(waves(4, 1)))
                .withMessageContaining("a column y was expected as the label");
    }

    @Test
    void weightsLetRowsCount() {
        seed(1);
        Layer start = f64(dense(2, 1));
        Dataset<Row> frame = waves(30, 3);
        Dataset<Row> weighted = frame.withColumn("w", functions.expr("case when label > 0 then 1.0 else 0.0 end"));

        FluxRegressor regressor = quiet(new FluxRegressor(start))
                .setRule(descent(0.3)) // 0.3 · 30 rows with weights = 0.3·30/n · n rows without
                .setBatchSize(0)
                .setEpochs(1);
        Dataset<Row> positive = frame.filter("label > 0");
        double share = positive.count() / 30.0;

        assertThat(parameters(regressor
                        .copy(new org.apache.spark.ml.param.ParamMap())
                        .setWeightCol("w")
                        .fit(weighted)))
                .containsExactly(
                        parameters(regressor.setRule(descent(0.3 * share)).fit(positive)), within(DOUBLE));
    }

    @Test
    void takesLongerThanItsWorkIsSaidEarly() {
        List<String> lines = new ArrayList<>();
        Pace pace = new Pace(lines::add, new Round(1, 0, 0, 1, 1000), 1);
        for (int step = 0; step < 30; step++) {
            pace.after(new Round(1, 0, step, 1, 1000), took(1_000_000, 8_000_000), 100_000_000);
        }
        assertThat(lines)
                .containsExactly(
                        "Spark takes longer than the work that it hands out: 100 ms between messages, of which the"
                                + " slowest worker computes 1.00 ms; one thread of one machine, without Spark, computes all of it"
                                + " in 8.00 ms; larger batches (setBatchSize) need fewer messages; so do local steps"
                                + " (setLocalSteps)");

        lines.clear();
        Pace manyWorkers = new Pace(lines::add, new Round(1, 0, 0, 1, 1), 1);
        for (int step = 0; step < 30; step++) {
            manyWorkers.after(new Round(1, 0, step, 1, 1000), took(40_000_000, 4_000_000_000L), 100_000_000);
        }
        assertThat(lines).hasSize(1).first().asString().endsWith("; all workers together compute 4.00e+03 ms");

        lines.clear();
        Pace worthIt = new Pace(lines::add, new Round(1, 0, 0, 1, 1000), 1);
        for (int step = 0; step < 30; step++) {
            worthIt.after(new Round(1, 0, step, 1, 1000), took(900_000_000, 900_000_000), 1_000_000_000);
        }
        assertThat(lines).isEmpty();
    }

    private static Share took(long longest, long work) {
        return new Share(0, 10, 0.5, null, longest, work);
    }

    /** In most steps most partitions have no row. */
    @Test
    void partitionsOfFewRowsTrainAsOneMachineDoes() {
        seed(1);
        Layer start = f64(Layer.parse(NETWORK));
        Dataset<Row> frame = waves(12, 9);

        FluxModel fitted = quiet(new FluxRegressor(start))
                .setRule(descent(0.1))
                .setBatchSize(2)
                .setEpochs(3)
                .setSeed(5)
                .fit(frame);

        assertThat(parameters(fitted))
                .containsExactly(
                        onOneMachine(frame, start, descent(0.1), MSE, new Penalty(0, 0), 3, 6), within(DOUBLE));
    }

    @Test
    void noNumberOfAModelIsLostOnTheWay() throws Exception {
        double[] values = {0, -0.0, 1e-300, Math.PI, -1e300};
        NumberArray numbers =
                NumberArray.of(Tensors.of(org.nd4j.linalg.api.buffer.DataType.DOUBLE, values, values.length));
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (java.io.ObjectOutputStream objects = new java.io.ObjectOutputStream(out)) {
            objects.writeObject(numbers);
        }
        NumberArray read = (NumberArray)
                new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(out.toByteArray())).readObject();
        assertThat(IntStream.range(0, 5).mapToDouble(read::get).toArray()).isEqualTo(values);
    }
}
