package io.github.flux4j.bench.harness;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.harness.Results.Proof;
import io.github.flux4j.bench.workload.Measured;
import io.github.flux4j.bench.workload.ReadyWorkload;
import io.github.flux4j.bench.workload.Workload;
import io.github.flux4j.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The process of a cell: {@code Probe TASK CELL EXPECTED WARMUP MEASURE WORKLOAD…}. It tells lines of JSON after a mark, since native libraries write
 * to the standard output too.
 */
final class Probe {

    static final String MARK = "probe: ";

    private static final Gson JSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    /** What it is started for. */
    enum Task {
        /** Tells a {@link Proof}. */
        PROVE,
        /** Tells what it {@link Measured} of its one workload, then the {@link Agreement} of the very job that was timed, which begins again. */
        TIME
    }

    private final Contenders contender;
    private final DataType type;
    private final String blasThreads;
    private final Path expected;
    private final int warmupMillis;
    private final int measureMillis;

    private Probe(String[] args) {
        Cell cell = JSON.fromJson(args[1], Cell.class);
        contender = Contenders.valueOf(cell.get(CellAxis.CONTENDER));
        type = DataType.valueOf(cell.get(CellAxis.TYPE).toUpperCase(Locale.ROOT));
        blasThreads = cell.get(CellAxis.BLAS_THREADS);
        expected = Path.of(args[2]);
        warmupMillis = Integer.parseInt(args[3]);
        measureMillis = Integer.parseInt(args[4]);
    }

    public static void main(String[] args) throws IOException, RunnerException {
        Probe probe = new Probe(args);
        List<String> workloads = Arrays.asList(args).subList(5, args.length);
        if (Task.valueOf(args[0]) == Task.PROVE) {
            probe.prove(workloads);
        } else {
            probe.time(Workloads.named(workloads.get(0)));
        }
        System.exit(0); // libraries may have left threads that are no daemons
    }

    private void prove(List<String> workloads) throws IOException {
        startNd4j();
        Map<String, Agreement> checks = new TreeMap<>();
        for (String name : workloads) {
            Workload workload = Workloads.named(name);
            checks.put(name, check(workload, () -> workload.start(contender, type)));
        }
        tell(new Proof(null, null, checks, contender.entrant().isOnNd4j() ? Facts.here() : null));
    }

    private void time(Workload workload) throws RunnerException {
        Supplier<ReadyWorkload> start = () -> workload.start(contender, type);
        switch (workload.mode()) {
            case START -> {
                ReadyWorkload job = start.get();
                job.run();
                tell(Measured.of(0));
                tell(check(workload, () -> job));
            }
            case ONCE -> {
                startNd4j();
                ReadyWorkload job = start.get();
                tell(job.once());
                tell(check(workload, () -> job));
            }
            default -> {
                startNd4j();
                AtomicReference<Agreement> check = new AtomicReference<>();
                tell(JmhStopwatch.time(
                        start, job -> check.set(check(workload, () -> job)), warmupMillis, measureMillis));
                tell(check.get());
            }
        }
    }

    private Agreement check(Workload workload, Supplier<ReadyWorkload> job) {
        return Agreement.of(
                workload,
                contender,
                type,
                job,
                Expected.read(expected.resolve(workload.as(contender).name())));
    }

    /** ND4J sets BLAS's threads when it starts, so a wish of one's own comes after. */
    private void startNd4j() {
        if (!contender.entrant().isOnNd4j()) {
            return;
        }
        Nd4j.create(1);
        if (!blasThreads.equals("auto")) {
            blas_set_num_threads(Integer.parseInt(blasThreads));
        }
    }

    private static void tell(Object result) {
        System.out.println(MARK + JSON.toJson(result));
    }
}
