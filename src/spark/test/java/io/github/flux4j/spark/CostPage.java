package io.github.flux4j.spark;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.github.flux4j.bench.report.MarkedSection;
import io.github.flux4j.bench.report.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The guide's tables of what Spark costs, made of a result of {@link Cost}. */
final class CostPage {

    static final Path RESULT = Path.of("src/site/resources/experiments/spark-cost.json");

    private static final Path PAGE = Path.of("src/site/markdown/spark.md");
    private static final String NAME = "spark-cost";
    private static final int[] WORKERS = {8, 100, 1000};
    private static final int ROWS = 16; // of a step on one machine
    private static final double MANY = 1e8;

    private final JsonObject result;
    private final List<CostTimes> steps;
    private final CostModel model;

    private CostPage(JsonObject result) {
        this.result = result;
        this.steps = List.of(new Gson().fromJson(result.get("steps"), CostTimes[].class));
        this.model = CostModel.of(steps.stream()
                .filter(times -> times.where().equals(CostTimes.CLUSTER))
                .toList());
    }

    /** Writes them between the marks. */
    static void write() throws IOException {
        MarkedSection.replace(PAGE, NAME, section(RESULT));
    }

    static String section(Path file) throws IOException {
        CostPage page = new CostPage(new Gson().fromJson(Files.readString(file), JsonObject.class));
        return String.join("\n", page.steps(), page.more(), page.learnt(), page.source());
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String head(String... cells) {
        return row(Stream.of(cells)) + "|---|" + "---:|".repeat(cells.length - 1) + "\n";
    }

    private static String time(double seconds) {
        if (seconds < 120) {
            return Units.time(1e9 * seconds);
        }
        return seconds < 7200 ? Units.digits(seconds / 60) + " min" : Units.digits(seconds / 3600) + " h";
    }

    private List<CostTimes> alone() {
        return steps.stream()
                .filter(times -> times.where().equals(CostTimes.ALONE))
                .toList();
    }

    private String steps() {
        return "A step of 8 rows a partition, of which almost nothing is work:\n\n"
                + head(
                        "parameters",
                        "one machine",
                        "`local[2]`",
                        "two workers: 2 partitions",
                        "8 partitions",
                        "32 partitions")
                + alone().stream()
                        .map(alone -> row(Stream.concat(
                                Stream.of(String.format(Locale.ROOT, "%,d", alone.parameters())),
                                steps.stream()
                                        .filter(times -> times.parameters() == alone.parameters())
                                        .map(times -> time(times.seconds())))))
                        .collect(Collectors.joining());
    }

    private String more() {
        return "A step without its work, for N workers of a partition each. The model is\nT = a + b·N + c·(2 + 2·√N)·S with a = "
                + time(model.a()) + " for stages, b = " + time(model.b()) + " for a task, 1/c = "
                + Units.bytes(1 / model.c())
                + "/s for the parameters' S bytes;\nin brackets the rows that a worker must compute meanwhile for"
                + " half of the time to be work:\n\n"
                + head(Stream.of(
                                Stream.of("parameters"),
                                Arrays.stream(WORKERS).mapToObj(workers -> "N = " + workers),
                                Stream.of("10⁸ rows on one machine"))
                        .flatMap(cells -> cells)
                        .toArray(String[]::new))
                + alone().stream().map(this::more).collect(Collectors.joining())
                + "\nT is " + ratios()
                + " times what was measured; with 8 and 32 partitions two workers have several each.\n";
    }

    private String more(CostTimes alone) {
        double row = alone.seconds() / ROWS;
        return row(Stream.of(
                        Stream.of(String.format(Locale.ROOT, "%,d", alone.parameters())),
                        IntStream.of(WORKERS).mapToObj(workers -> {
                            double seconds = model.seconds(workers, alone.parameters());
                            return time(seconds) + " (" + rounded(seconds / row) + ")";
                        }),
                        Stream.of(time(MANY * row)))
                .flatMap(cells -> cells));
    }

    /** Two digits, since more would pretend. */
    private static String rounded(double number) {
        double unit = Math.pow(10, Math.floor(Math.log10(number)) - 1);
        return String.format(Locale.ROOT, "%,.0f", Math.round(number / unit) * unit);
    }

    private String ratios() {
        double[] ratios =
                Arrays.stream(model.errors()).map(error -> 1 - error).sorted().toArray();
        return Units.digits(ratios[0]) + " to " + Units.digits(ratios[ratios.length - 1]);
    }

    private String learnt() {
        List<CostLearnt> all = List.of(new Gson().fromJson(result.get("perceptrons"), CostLearnt[].class));
        return "MLlib's perceptron, 64-32-10 with sigmoids, and flux4j on the same digits, with `local[2]`:\n\n"
                + head(
                        "",
                        "a pass",
                        "processor time a pass",
                        "accuracy after " + all.get(0).passes() + " passes")
                + all.stream()
                        .map(each -> row(Stream.of(
                                each.who(),
                                time(each.secondsAPass()),
                                time(each.processorSecondsAPass()),
                                String.format(Locale.ROOT, "%.3f", each.accuracy()))))
                        .collect(Collectors.joining());
    }

    private String source() {
        JsonObject environment = result.getAsJsonObject("environment").getAsJsonObject("environment");
        JsonObject cpu = environment.getAsJsonObject("cpu");
        return "Medians of " + steps.get(0).nanos().size() + " steps, all processes on one machine: "
                + cpu.get("model").getAsString() + ", " + cpu.get("javaCores").getAsInt() + " cores, Java "
                + environment.getAsJsonObject("java").get("version").getAsString()
                + ", load before " + Units.digits(result.get("load").getAsDouble())
                + ". [Raw times](../resources/experiments/spark-cost.json)\n";
    }
}
