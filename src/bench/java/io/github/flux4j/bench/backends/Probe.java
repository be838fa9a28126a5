package io.github.flux4j.bench.backends;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The process of a cell: {@code Probe TASK TYPE BLAS-THREADS EXPECTED WARMUP MEASURE WORKLOAD…}. Its result is one line of JSON after
 * a mark, since native libraries write to the standard output too.
 */
final class Probe {

    static final String MARK = "probe: ";

    private static final Gson JSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    /** What it is started for. */
    enum Task {
        /** Compares results with those expected. */
        PROVE,
        TIME,
        /** Does the workload once and tells at once. */
        START
    }

    private final DataType type;
    private final Path expected;
    private final int warmupMillis;
    private final int measureMillis;

    private Probe(String[] args) {
        type = DataType.valueOf(args[1].toUpperCase(Locale.ROOT));
        expected = Path.of(args[3]);
        warmupMillis = Integer.parseInt(args[4]);
        measureMillis = Integer.parseInt(args[5]);
    }

    public static void main(String[] args) throws IOException {
        Probe probe = new Probe(args);
        List<String> workloads = Arrays.asList(args).subList(6, args.length);
        switch (Task.valueOf(args[0])) {
            case START -> probe.startUp(workloads.get(0));
            case PROVE -> probe.prove(args[2], workloads);
            case TIME -> probe.time(args[2], workloads);
        }
        System.exit(0); // libraries may have left threads that are no daemons
    }

    private void startUp(String workload) {
        ((StartUp) Workloads.named(workload)).first(type);
        System.out.println(MARK + "{}");
    }

    private void prove(String blasThreads, List<String> workloads) throws IOException {
        start(blasThreads);
        Map<String, Verdict> verdicts = each(workloads, this::verdict);
        System.out.println(MARK + JSON.toJson(new Proof(null, null, verdicts, Facts.here())));
    }

    private void time(String blasThreads, List<String> workloads) {
        start(blasThreads);
        Timing timing = new Timing(warmupMillis, measureMillis);
        Map<String, Double> nanos =
                each(workloads, name -> timing.nanosOf(Workloads.named(name).start(type)));
        System.out.println(MARK + JSON.toJson(nanos));
    }

    /** ND4J sets BLAS's threads when it starts, so a wish of one's own comes after. */
    private static void start(String blasThreads) {
        Nd4j.getBackend();
        Nd4j.create(1);
        if (!blasThreads.equals("auto")) {
            openblas_nolapack.blas_set_num_threads(Integer.parseInt(blasThreads));
        }
    }

    private static <T> Map<String, T> each(List<String> workloads, Function<String, T> result) {
        Map<String, T> results = new TreeMap<>();
        workloads.forEach(name -> results.put(name, result.apply(name)));
        return results;
    }

    private Verdict verdict(String name) {
        Workload workload = Workloads.named(name);
        try {
            double[] results = workload.start(type).results();
            double error = workload.error(results, Expected.read(expected.resolve(name)));
            return Verdict.of(error, workload.tolerance(type), results);
        } catch (UnsupportedOperationException refusal) {
            return Verdict.refused(refusal.getMessage());
        } catch (RuntimeException | LinkageError failure) {
            return Verdict.refused(failure.toString());
        }
    }
}
