package io.github.flux4j.spark;

import static io.github.flux4j.Flux4j.adam;
import static io.github.flux4j.Flux4j.chain;
import static io.github.flux4j.Flux4j.dense;
import static io.github.flux4j.Flux4j.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.backend.Backend;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.internal.threads.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two executors in processes of their own, which are slow or killed, with Kryo and memory off the heap. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it kills executors by a signal")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {

    private static final int PARTITIONS = 8;

    private static SparkSession session;

    private static TwoHosts cluster;

    private static double[] undisturbed;

    /** While it is there, one of the executors is slow. */
    private static Path slow;

    @BeforeAll
    static void start(@TempDir Path folder) {
        LocalSpark.stop();
        slow = folder.resolve("slow");
        SparkConf conf = new SparkConf()
                .set("spark.ui.enabled", "false")
                .set("spark.master.rest.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", SlowReading.class.getName())
                .set(SlowReading.FILE, slow.toString())
                .set("spark.memory.offHeap.enabled", "true")
                .set("spark.memory.offHeap.size", "64m")
                .set("spark.task.maxFailures", "20")
                .set("spark.shuffle.io.maxRetries", "1") // the dead don't answer
                .set("spark.shuffle.io.retryWait", "100ms")
                .set("spark.locality.wait", "0")
                .set("spark.speculation", "true")
                .set("spark.speculation.interval", "20ms")
                .set("spark.speculation.multiplier", "1.1")
                .set("spark.speculation.quantile", "0.5")
                .set("spark.speculation.minTaskRuntime", "10ms");
        cluster = new TwoHosts(conf);
        session = SparkSession.builder().config(conf).master(cluster.url()).getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
        cluster.close();
    }

    private static Dataset<Row> rows() {
        return inOrder().repartition(PARTITIONS);
    }

    private static Dataset<Row> inOrder() {
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            double[] x = random.doubles(3, -1, 1).toArray();
            rows.add(RowFactory.create(Math.sin(x[0]) + x[1] * x[2], Vectors.dense(x)));
        }
        StructType schema =
                new StructType().add("label", DataTypes.DoubleType).add("features", SQLDataTypes.VectorType());
        return session.createDataFrame(rows, schema);
    }

    /** This process's children; Spark's master and workers are threads of its own. */
    private static List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
    }

    /** The first, since no native library may have been loaded before; what a process has loaded is in its maps. */
    @Test
    @Order(1)
    void scoringLoadsNoNativeLibraryOnExecutors() {
        seed(1);
        Dataset<Row> scored = new FluxModel(chain(dense(3, 4), dense(4, 1))).transform(rows());
        assertThat(scored.count()).isEqualTo(400);

        List<Boolean> loaded = scored.mapPartitions(
                        (MapPartitionsFunction<Row, Boolean>) all -> {
                            all.forEachRemaining(row -> row.getDouble(2));
                            return List.of(Files.readString(Path.of("/proc/self/maps"))
                                            .contains("libnd4jcpu"))
                                    .iterator();
                        },
                        Encoders.BOOLEAN())
                .collectAsList();
        assertThat(loaded).hasSize(PARTITIONS).containsOnly(false);
    }

    private static FluxRegressor regressor() {
        return new FluxRegressor("chain(dense(3, 16, tanh), dropout(0.1), dense(16, 1))")
                .setRule(adam(0.01))
                .setBatchSize(100)
                .setEpochs(3)
                .setSeed(2)
                .setProgress(line -> {});
    }

    private static double[] parameters(FluxModel model) {
        return Tensors.toDoubles(model.model().flatParameters());
    }

    @Test
    @Order(2)
    void tasksThatAreDoneTwiceSinceOneExecutorIsSlowChangeNoBit() throws IOException {
        undisturbed = parameters(regressor().fit(rows()));
        Overtaken overtaken = new Overtaken();
        session.sparkContext().addSparkListener(overtaken);
        Files.createFile(slow);

        double[] speculated = parameters(regressor().fit(rows()));

        Files.delete(slow);
        session.sparkContext().removeSparkListener(overtaken);
        assertThat(overtaken.tasks.get()).isPositive();
        assertThat(speculated).isEqualTo(undisturbed);
    }

    /** Counts attempts that were the second to begin and the first to end. */
    private static final class Overtaken extends SparkListener {

        private final AtomicInteger tasks = new AtomicInteger();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.taskInfo().speculative() && end.taskInfo().successful()) {
                tasks.incrementAndGet();
            }
        }
    }

    @Test
    @Order(3)
    void executorsThatAreKilledInTheMidstOfStepsChangeNoBit() {
        Dataset<Row> rows = rows();
        Killer killer = new Killer(20, 45, 70);
        session.sparkContext().addSparkListener(killer);

        double[] killed = parameters(regressor().fit(rows));

        session.sparkContext().removeSparkListener(killer);
        assertThat(killer.killed.get()).isGreaterThanOrEqualTo(3);
        assertThat(killed).isEqualTo(undisturbed);
    }

    /** Kills an executor with −9 as certain tasks begin. */
    private static final class Killer extends SparkListener {

        private final List<Integer> when;
        private final AtomicInteger tasks = new AtomicInteger();
        private final AtomicInteger killed = new AtomicInteger();

        Killer(Integer... when) {
            this.when = List.of(when);
        }

        @Override
        public void onTaskStart(SparkListenerTaskStart start) {
            if (when.contains(tasks.incrementAndGet())) {
                executors().stream().findAny().ifPresent(executor -> {
                    executor.destroyForcibly();
                    killed.incrementAndGet();
                });
            }
        }
    }

    @Test
    @Order(4)
    void anExecutorUsesItsTasksProcessorsAlone() {
        regressor().setEpochs(1).fit(rows());
        List<Integer> threads = rows().mapPartitions(
                        (MapPartitionsFunction<Row, Integer>) all ->
                                List.of(Threads.ofProcess(), blasThreads()).iterator(),
                        Encoders.INT())
                .collectAsList();
        assertThat(threads).hasSize(2 * PARTITIONS).containsOnly(1);
    }

    private static int blasThreads() {
        return Backend.report().libraries().blas().threads();
    }

    @Test
    @Order(5)
    void aFolderThatCannotBeWrittenSaysWhichSettingToMake() {
        session.stop();
        session = SparkSession.builder()
                .master("local-cluster[1,1,1024]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.task.maxFailures", 1)
                .config("spark.executor.extraJavaOptions", "-Duser.home=/proc/none -Djava.io.tmpdir=/proc/none")
                .getOrCreate();
        assertThatThrownBy(() -> regressor().fit(inOrder())) // to shuffle rows, Spark unpacks a library of its own
                .hasStackTraceContaining("ND4J's native libraries can't be unpacked")
                .hasStackTraceContaining(
                        "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=FOLDER, once for each node");
    }
}
