package io.github.flux4j.bench;

import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.report.Publication;
import io.github.flux4j.bench.report.ReadmeSection;
import io.github.flux4j.bench.report.TextReport;
import io.github.flux4j.bench.workload.Workloads;
import io.github.flux4j.cli.PairedRatio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scripts/backends}: which native library, how many threads, which engine, Java, type of numbers. */
@Command(
        name = "backends",
        description = {
            "Times flux4j and what it stands on with other native libraries, threads, types of numbers, engines and Java"
                    + " versions, one process for each combination, after checking that it computes the same.",
            "A run that was interrupted goes on where it stopped."
        },
        sortOptions = false)
public final class Backends implements Callable<Integer> {

    @Option(
            names = "--plan",
            paramLabel = "NAME|FILE",
            description = "quick, full, threads, startup, or a file of yours")
    private String plan;

    @Option(names = "--quick", description = "--plan quick: a first impression in less than five minutes")
    private boolean quick;

    @Option(names = "--questions", split = ",", paramLabel = "NAME", description = "only these of the plan")
    private List<String> questions;

    @Option(
            names = "--vary",
            paramLabel = "AXIS:VALUES",
            description = "instead of a plan: --vary omp:1,2; once more for the product of two axes")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description = "what is timed, instead of the plan's")
    private List<String> workloads;

    @Option(
            names = "--set",
            paramLabel = "AXIS:VALUE",
            description = "in every cell that doesn't vary it, such as engine:dl4j")
    private List<String> settings = List.of();

    @Mixin
    private RunOptions options;

    @Option(names = "--list", description = "shows axes, workloads and plans")
    private boolean list;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return RunOptions.commandLine(new Backends());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            System.out.print(listing());
            return 0;
        }
        if (plan != null || quick || !vary.isEmpty() || !options.readme) {
            options.run(options.timed(plan()));
        }
        if (options.readme) {
            ReadmeSection.write(
                    Path.of("src/site/markdown/backends.md"),
                    "backends",
                    Publication.renew(Path.of(Publication.FOLDER)));
        }
        return 0;
    }

    private ExperimentPlan plan() throws IOException {
        int given = (plan == null ? 0 : 1) + (quick ? 1 : 0) + (vary.isEmpty() ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException(
                    "--plan, --quick and --vary each say what is measured; give one of them");
        }
        ExperimentPlan chosen = vary.isEmpty() ? ExperimentPlan.load(plan == null ? "quick" : plan) : ownPlan();
        chosen = questions == null ? chosen : chosen.only(questions);
        Map<CellAxis, String> everywhere = ExperimentPlan.settings(String.join(";", settings));
        return chosen.withQuestions(chosen.questions().stream()
                .map(question -> question.around(everywhere))
                .map(question -> workloads == null ? question : question.timing(workloads))
                .toList());
    }

    private ExperimentPlan ownPlan() {
        List<Question.Variation> variations =
                vary.stream().map(Question.Variation::parse).toList();
        List<String> names = variations.stream().map(one -> one.axis().key()).toList();
        Question own = new Question(
                String.join("-", names),
                "What does " + String.join(" with ", names) + " change?",
                Cell.STANDARD,
                variations,
                List.of("gemm-256", "tanh-1e5", "train-mlp-8-64-64-1-adam", "predict-8-64-64-1"));
        return new ExperimentPlan("own", "A question of one's own", PairedRatio.FEWEST, 300, 500, List.of(own));
    }

    private static String listing() throws IOException {
        String axes = TextReport.columns(
                Arrays.stream(CellAxis.values()).map(CellAxis::description).toList(), Integer.MAX_VALUE);
        StringBuilder text = new StringBuilder("axes with their values, the standard one first:\n" + axes
                + "\nworkloads: " + Workloads.list() + "\n\nplans:\n");
        for (String name : ExperimentPlan.READY) {
            ExperimentPlan plan = ExperimentPlan.load(name);
            text.append("  " + name + ": " + plan.title() + "; "
                    + plan.questions().stream().map(Question::name).collect(Collectors.joining(", ")) + "\n");
        }
        return text.toString();
    }
}
