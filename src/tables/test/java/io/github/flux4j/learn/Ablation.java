package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.table.Folds.RowSplit;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What each part of the usual settings is worth, on tables that nobody tuned for: errors without it over errors with it, on the first two of five folds.
 * {@code scripts/ablation RESULT.json FOLDER [ROUNDS]}; the folder has {@link StudyTable}s, and a round is a seed. The result is written after each table; what
 * it has already isn't measured again.
 */
public final class Ablation {

    static final String USUAL = "default";

    /** The settings in which variants differ from the usual ones. */
    static final Map<String, List<String>> VARIANTS = variants();

    private static final int FOLDS = 5;
    private static final int JUDGED = 2;

    /** No single row's certain mistake should decide. */
    private static final double LEAST_PROBABILITY = 1e-4;

    private final Path file;
    private final AblationResult.Environment environment = AblationResult.Environment.here();
    private final Map<String, AblationResult.Judged> tables = new LinkedHashMap<>();

    /** A variant's fit that is yet to be done. */
    private record Task(String variant, int seed, int fold) {}

    private Ablation(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            AblationResult earlier = AblationResult.read(file);
            if (!earlier.environment().equals(environment)) {
                throw new IllegalStateException(file + " is of " + earlier.environment() + ", but this would be of "
                        + environment + "; name another file, or remove this one");
            }
            tables.putAll(earlier.tables());
        }
    }

    private static Map<String, List<String>> variants() {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put(USUAL, List.of());
        variants.put("no curves", List.of("curves: false"));
        variants.put("fixed cosines in place of learnt ones", List.of("frequencies: 0", "cosines: automatic"));
        variants.put("no periodic functions", List.of("frequencies: 0"));
        variants.put("no factors of inputs", List.of("inputRate: 0"));
        variants.put("five networks", List.of("networks: 5"));
        variants.put(
                "before",
                List.of("curves: false", "frequencies: 0", "cosines: automatic", "inputRate: 0", "networks: 5"));
        return Collections.unmodifiableMap(variants);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("--page")) {
            AblationPage.write();
            return;
        }
        int rounds = arguments.length < 3 ? 3 : Integer.parseInt(arguments[2]);
        Ablation ablation = new Ablation(Path.of(arguments[0]));
        List<StudyTable> all = StudyTable.of(Path.of(arguments[1]));
        fit(all.get(0), all.get(0).read(), new Task(USUAL, 0, 0)); // so that no time has Java's start in it
        for (StudyTable table : all) {
            ablation.measure(table, rounds);
        }
    }

    private void measure(StudyTable of, int rounds) throws IOException {
        Table table = of.read();
        List<AblationResult.Fit> fits = new ArrayList<>();
        if (tables.containsKey(of.name())) {
            fits.addAll(tables.get(of.name()).fits());
        }
        List<AblationResult.Fit> further = tasks(rounds)
                .filter(task ->
                        fits.stream().noneMatch(fit -> task.equals(new Task(fit.variant(), fit.seed(), fit.fold()))))
                .toList()
                .parallelStream()
                .map(task -> fit(of, table, task))
                .toList();
        if (further.isEmpty()) {
            return;
        }
        fits.addAll(further);
        tables.put(
                of.name(),
                new AblationResult.Judged(
                        of.ofClasses(), table.rows(), table.columns().size() - 1, fits));
        AblationResult result = AblationResult.of(environment, LocalDate.now().toString(), tables);
        result.write(file);
        System.out.println(of.name() + ": " + further.size() + " fits in "
                + Math.round(further.stream()
                        .mapToDouble(AblationResult.Fit::processorSeconds)
                        .sum())
                + " s of processor time");
    }

    private static Stream<Task> tasks(int rounds) {
        return IntStream.range(0, rounds)
                .boxed()
                .flatMap(seed -> IntStream.range(0, JUDGED)
                        .boxed()
                        .flatMap(fold -> VARIANTS.keySet().stream().map(variant -> new Task(variant, seed, fold))));
    }

    private static AblationResult.Fit fit(StudyTable of, Table table, Task task) {
        List<String> lines = new ArrayList<>(List.of(of.ofClasses() ? "classifier" : "regressor", "yardstick: false"));
        lines.addAll(VARIANTS.get(task.variant()));
        Estimator<?, ?> estimator = Estimator.parse(String.join("\n", lines));
        RowSplit rows = estimator.folds(FOLDS).of(table, of.target()).get(task.fold());
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        FoldTask.Result result = new FoldTask(
                        task.fold(), estimator.text(), of.target(), rows.train(), rows.test(), task.seed())
                .on(table);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        if (result.failed()) {
            throw new IllegalStateException(of.name() + ", " + task + ": " + result.failure());
        }
        double[] actual = FoldFit.of(estimator, table, of.target()).actual(rows.test());
        return new AblationResult.Fit(
                task.variant(),
                task.seed(),
                task.fold(),
                of.ofClasses() ? logLoss(actual, result.predictions()) : rms(actual, result.predictions()),
                seconds);
    }

    private static double rms(double[] actual, double[]... predicted) {
        return Metrics.RMS.of(
                actual, Stream.of(predicted).mapToDouble(row -> row[0]).toArray());
    }

    static double logLoss(double[] actual, double[]... probabilities) {
        return IntStream.range(0, actual.length)
                .mapToDouble(i -> probabilities[i][(int) actual[i]])
                .map(p -> -Math.log(Math.max(LEAST_PROBABILITY, Math.min(1 - LEAST_PROBABILITY, p))))
                .average()
                .orElseThrow();
    }
}
