package io.github.flux4j.spark;

import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** What {@link FluxRegressor} and {@link FluxClassifier} have in common. */
abstract class FluxEstimator<E extends FluxEstimator<E>> extends FluxParams<E> implements MLWritable {

    private static final long serialVersionUID = 1;

    private final @Nullable ModelBytes start;
    private boolean isCopy;

    /** With the numbers of a model to start from, or null for new ones. */
    FluxEstimator(String uid, @Nullable ModelBytes start, LossFunction usual) {
        super(uid, usual);
        this.start = start;
    }

    /** Another one with this uid and start. */
    abstract E make(String uid, @Nullable ModelBytes start);

    /** Whether labels are places of classes. */
    boolean areClasses() {
        return false;
    }

    /** What the fitted model's file says beside the network. */
    ModelDocument described(Layer model, LossFunction function) {
        return new ModelDocument("model").model(model);
    }

    /**
     * Trains a model.
     *
     * @throws IllegalArgumentException if a column is missing, or loss or network don't add up over machines
     * @throws ArithmeticException if training diverges; names the step
     */
    @Override
    public FluxModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return Randomness.within(value(seed()), () -> fitted(dataset)); // takes nothing from others' chance
    }

    private FluxModel fitted(Dataset<?> dataset) {
        Layer model = start();
        LossFunction function = LossFunction.parse(getOrDefault(loss()));
        Optimiser optimiser = new Optimiser(Rule.parse(getOrDefault(rule())), model);
        double[] history = train(dataset, optimiser, function);
        return columns(new FluxModel(uid(), ModelBytes.of(described(model, function))))
                .withHistory(history)
                .setParent(this);
    }

    /** Takes this one's columns' names. */
    FluxModel columns(FluxModel fitted) {
        return fitted.setFeaturesCol(getOrDefault(featuresCol())).setPredictionCol(getOrDefault(predictionCol()));
    }

    /** The text as it is written; refused if it is none. */
    static String parsed(String network) {
        return Randomness.within(0, () -> Layer.parse(network)).text();
    }

    /** A model to start from; refused if other machines can't make it. */
    static ModelBytes sent(Layer model) {
        Sent.text("the network " + model.inOneLine(), model::text, FluxEstimator::parsed);
        return ModelBytes.of(model);
    }

    private Layer start() {
        if (!isDefined(network())) {
            throw new IllegalArgumentException("there is no network to train; give one to the constructor");
        }
        Layer fresh = Randomness.within(value(seed()), () -> Layer.parse(getOrDefault(network())));
        Layer given = start == null ? null : start.layer();
        return given != null && given.text().equals(fresh.text()) ? given : fresh;
    }

    private double[] train(Dataset<?> dataset, Optimiser optimiser, LossFunction function) {
        JavaSparkContext context = new JavaSparkContext(dataset.sparkSession().sparkContext());
        RowReader reader = reader(optimiser.model());
        JavaRDD<Block> rows = columns(dataset).toJavaRDD().mapPartitions(reader).persist(storage(context));
        try {
            List<Survey> surveys = Survey.of(rows, reader.shape().outputs());
            Plan plan = plan(surveys, optimiser.model());
            require(surveys, optimiser.model(), function);
            tell(surveys, plan);
            Job job = job(optimiser.model(), reader.shape(), plan);
            try (Cluster cluster = new Cluster(context, rows, job)) {
                return new DriverLoop(cluster, optimiser, plan, new Pace(listener(), plan.round(0, 0), plan.epochs()))
                        .go();
            }
        } finally {
            rows.unpersist(false);
        }
    }

    /** Off the heap where Spark was given room there. */
    private static StorageLevel storage(JavaSparkContext context) {
        boolean offHeap = context.getConf().getBoolean("spark.memory.offHeap.enabled", false);
        return offHeap ? StorageLevel.OFF_HEAP() : StorageLevel.MEMORY_AND_DISK();
    }

    private RowReader reader(Layer model) {
        int inputs = model.inputs();
        return new RowReader(
                new Block.Shape(model.dataType(), inputs, model.outputSize(inputs), isDefined(weightCol())),
                areClasses());
    }

    /**
     * Features, label and weight, in each partition in an order that depends on nothing but the rows: that in which a shuffle brings them is another
     * one each time.
     */
    Dataset<Row> columns(Dataset<?> dataset) {
        Column[] columns = Stream.of(featuresCol(), labelCol(), weightCol())
                .filter(this::isDefined)
                .map(name -> functions.col("`" + getOrDefault(name).replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return dataset.toDF().select(columns).sortWithinPartitions(functions.xxhash64(columns));
    }

    private Plan plan(List<Survey> surveys, Layer model) {
        long rows = surveys.stream().mapToLong(Survey::rows).sum();
        if (rows == 0) {
            throw new IllegalArgumentException("the data frame has no row, so there is nothing to learn");
        }
        int size = value(batchSize());
        Plan plan = new Plan(
                described(surveys, model),
                value(seed()),
                value(epochs()),
                size == 0 ? 1 : Math.toIntExact((rows + size - 1) / size),
                value(localSteps()),
                isDefined(checkpoint()) ? Path.of(getOrDefault(checkpoint())) : null,
                value(checkpointEvery()),
                surveys.stream().map(Survey::rows).toList());
        return isCopy ? plan.withOwnFile() : plan;
    }

    /** Whatever the numbers depend on but the epochs. */
    private Map<String, String> described(List<Survey> surveys, Layer model) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(network().name(), parsed(getOrDefault(network())));
        all.put(loss().name(), LossFunction.parse(getOrDefault(loss())).text()); // the same however it was written
        all.put(rule().name(), Rule.parse(getOrDefault(rule())).text());
        for (Param<?> each :
                List.of(l1(), l2(), batchSize(), localSteps(), seed(), featuresCol(), labelCol(), weightCol())) {
            all.put(each.name(), isDefined(each) ? String.valueOf((Object) getOrDefault(each)) : "none");
        }
        all.put("start", "hash " + Hash.text(Hash.of(NumberArray.of(model.flatParameters()))));
        all.put("rows", Survey.text(surveys));
        return all;
    }

    private void require(List<Survey> surveys, Layer model, LossFunction function) {
        Penalty penalty = new Penalty(value(l1()), value(l2()));
        Survey.sample(surveys).ifPresent(rows -> Additivity.require(model, function, penalty, rows));
    }

    private void tell(List<Survey> surveys, Plan plan) {
        if (plan.localSteps() > 1 && Survey.isSorted(surveys)) {
            listener()
                    .accept("local steps don't suit these rows: their labels differ between partitions far more than by"
                            + " chance, as those of sorted rows do, and averages of what each learnt alone may never be"
                            + " right; shuffle them before: df.orderBy(rand(1))");
        }
        if (plan.localSteps() > plan.stepsOfEpoch()) {
            listener()
                    .accept("an epoch has " + plan.stepsOfEpoch() + " steps, so parameters are averaged after as many,"
                            + " not after " + plan.localSteps());
        }
    }

    private Job job(Layer model, Block.Shape shape, Plan plan) {
        return new Job(
                ModelBytes.of(model),
                getOrDefault(loss()),
                value(l1()),
                value(l2()),
                getOrDefault(rule()),
                shape,
                plan.rows().stream().mapToInt(Integer::intValue).toArray());
    }

    /** The schema with the predictions; refuses a data frame that lacks a needed column. */
    @Override
    public StructType transformSchema(StructType schema) {
        Cells.place(schema, getOrDefault(featuresCol()), "the features");
        Cells.place(schema, getOrDefault(labelCol()), "the label");
        if (isDefined(weightCol())) {
            Cells.place(schema, getOrDefault(weightCol()), "the weight");
        }
        FluxModel untrained =
                new FluxModel(uid(), ModelBytes.of(described(start(), LossFunction.parse(getOrDefault(loss())))));
        return columns(untrained).transformSchema(schema);
    }

    @Override
    public E copy(ParamMap extra) {
        E copy = copyValues(make(uid(), start), extra).setProgress(listener());
        ((FluxEstimator<E>) copy).isCopy = true;
        return copy;
    }

    @Override
    public MLWriter write() {
        return new StageFiles.Writer(this, start);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + (isDefined(network()) ? getOrDefault(network()) : "") + ")";
    }
}
