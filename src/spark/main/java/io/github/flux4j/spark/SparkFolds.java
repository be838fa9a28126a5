package io.github.flux4j.spark;

import io.github.flux4j.learn.Estimator;
import io.github.flux4j.learn.FoldExecutor;
import io.github.flux4j.learn.FoldTask;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Function2;
import scala.Tuple4;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * Runs the fits of a tuning or a cross-validation as Spark tasks:
 *
 * <pre>{@code
 * var tuned = tune(regressor()).over("eta=1e-4..1e-1 log").executor(new SparkFolds(spark)).fit(table, "sold");
 * var judged = crossValidate(regressor(), table, "sold", kfold(5), new SparkFolds(spark));
 * }</pre>
 *
 * <p>The table has to fit on one machine; it travels once to each executor. Each fit travels as the estimator's text, row numbers and a seed. So the result is that
 * of one machine, whichever executor ran what. Results arrive as they finish. Safe for any thread.
 */
public final class SparkFolds implements FoldExecutor {

    private final SparkSession session;

    /** Runs on this session's executors. */
    public SparkFolds(SparkSession session) {
        this.session = session;
    }

    @Override
    public void run(Table table, List<FoldTask> tasks, Consumer<FoldTask.Result> done) {
        JavaSparkContext context = new JavaSparkContext(session.sparkContext());
        String tag = "flux4j-" + UUID.randomUUID();
        context.addJobTag(tag);
        try {
            run(context, table, tasks.stream().map(SentTask::new).toList(), done);
        } catch (Exception e) { // Scala's methods declare none
            context.cancelJobsWithTag(tag);
            throw unchecked(e);
        } finally {
            context.removeJobTag(tag);
        }
    }

    /** What a task or a listener threw stands inside Spark's own. */
    private static RuntimeException unchecked(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new CancellationException("interrupted before all fits were done");
        }
        Throwable thrown = e instanceof RuntimeException ? e : e.getCause();
        return thrown instanceof RuntimeException own ? own : new IllegalStateException(e.getMessage(), e);
    }

    private static void run(
            JavaSparkContext context, Table table, List<SentTask> tasks, Consumer<FoldTask.Result> done) {
        Broadcast<SentTable> sent = context.broadcast(new SentTable(table));
        JavaRDD<Tuple4<Integer, double[][], double[][], String>> results =
                context.parallelize(tasks, tasks.size()).map(task -> task.on(sent.value()));
        Function2<Object, Tuple4<Integer, double[][], double[][], String>, BoxedUnit> told = (partition, result) -> {
            done.accept(new FoldTask.Result(result._1(), result._2(), result._3(), result._4()));
            return BoxedUnit.UNIT;
        };
        try {
            context.sc().runJob(results.rdd(), onlyOne(), told, ClassTag.apply(Tuple4.class));
        } finally {
            sent.destroy();
        }
    }

    @SuppressWarnings("unchecked") // a lambda that can be sent
    private static <T> Function1<Iterator<T>, T> onlyOne() {
        return (Function1<Iterator<T>, T> & Serializable) Iterator::next;
    }

    /** A table as rows by name, which is made again once a process. A class, since Kryo can't write records. */
    private static final class SentTable implements Serializable {

        private static final long serialVersionUID = 1;

        private final ArrayList<Map<String, Object>> rows = new ArrayList<>();
        private transient @Nullable Table table;

        SentTable(Table table) {
            for (int row = 0; row < table.rows(); row++) {
                Map<String, Object> cells = new LinkedHashMap<>();
                for (Column column : table.columns()) {
                    cells.put(column.name(), cell(column, row));
                }
                rows.add(cells);
            }
        }

        private static @Nullable Object cell(Column column, int row) {
            if (column.isMissing(row)) {
                return null;
            }
            if (column instanceof Numbers numbers) {
                return numbers.kind() == Numbers.Kind.DATE ? LocalDate.parse(numbers.text(row)) : numbers.value(row);
            }
            return column.text(row);
        }

        synchronized Table table() {
            if (table == null) {
                table = Table.ofMaps(rows);
            }
            return table;
        }
    }

    /** A fit as text and numbers. */
    private static final class SentTask implements Serializable {

        private static final long serialVersionUID = 1;

        private final int number;
        private final String estimator;
        private final String target;
        private final int[] train;
        private final int[] test;
        private final long seed;

        SentTask(FoldTask task) {
            number = task.number();
            estimator = Sent.text("the estimator", task::estimator, Estimator::parse);
            target = task.target();
            train = task.train();
            test = task.test();
            seed = task.seed();
        }

        Tuple4<Integer, double[][], double[][], String> on(SentTable sent) {
            FoldTask.Result result = Processors.within(
                    () -> new FoldTask(number, estimator, target, train, test, seed).on(sent.table()));
            return new Tuple4<>(number, result.predictions(), result.linear(), result.failure());
        }
    }
}
