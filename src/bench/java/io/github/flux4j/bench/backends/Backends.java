package io.github.flux4j.bench.backends;

import io.github.flux4j.bench.report.Columns;
import io.github.flux4j.bench.report.PlainErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    @Option(names = "--rounds", paramLabel = "N", description = "processes for each cell")
    private Integer rounds;

    @Option(names = "--offline", description = "uses the native libraries that are on this machine, fetches none")
    private boolean offline;

    @Option(names = "--anew", description = "forgets an interrupted run")
    private boolean anew;

    @Option(names = "--keep", description = "goes on even if machine, commit or plan have changed since")
    private boolean keep;

    @Option(names = "--publish", description = "also writes results and report to " + Publication.FOLDER)
    private boolean publish;

    @Option(
            names = "--readme",
            description = "writes the README's section from what is published; measures only if a plan is given")
    private boolean readme;

    @Option(names = "--list", description = "shows axes, workloads and plans")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    private final Path folder = Path.of("target", "backends");

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Backends())
                .setParameterExceptionHandler(PlainErrors::refuse)
                .setExecutionExceptionHandler(PlainErrors::print);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            System.out.print(listing());
            return 0;
        }
        boolean measures = plan != null || quick || !vary.isEmpty() || !readme;
        if (measures) {
            tell(measured(plan()));
        }
        if (readme) {
            ReadmeSection.write(Path.of("README.md"), Publication.read(Path.of(Publication.FOLDER)));
        }
        return 0;
    }

    private Plan plan() throws IOException {
        int given = (plan == null ? 0 : 1) + (quick ? 1 : 0) + (vary.isEmpty() ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException(
                    "--plan, --quick and --vary each say what is measured; give one of them");
        }
        Plan chosen = vary.isEmpty() ? Plan.load(plan == null ? "quick" : plan) : ownPlan();
        chosen = questions == null ? chosen : chosen.only(questions);
        chosen = rounds == null ? chosen : chosen.withRounds(rounds);
        List<Question> all = new ArrayList<>();
        for (Question question : chosen.questions()) {
            Question around = question.around(Plan.settings(String.join(";", settings)));
            all.add(workloads == null ? around : around.timing(workloads));
        }
        return chosen.withQuestions(all);
    }

    private Plan ownPlan() {
        List<Question.Variation> variations =
                vary.stream().map(Question.Variation::parse).toList();
        List<String> names = variations.stream().map(one -> one.axis().key()).toList();
        Question own = new Question(
                String.join("-", names),
                "What does " + String.join(" with ", names) + " change?",
                Cell.STANDARD,
                variations,
                List.of("gemm-256", "tanh-1e5", "train-mlp-8-64-64-1-adam", "predict-8-64-64-1"));
        return new Plan("own", "A question of one's own", 3, 300, 500, List.of(own));
    }

    private Results measured(Plan plan) throws IOException, InterruptedException {
        Journal journal = new Journal(folder.resolve(plan.name() + ".jsonl"));
        if (anew) {
            Files.deleteIfExists(folder.resolve(plan.name() + ".jsonl"));
        }
        Header header = Header.now(plan);
        Results results = journal.open(header, keep);
        if (!results.samples().isEmpty()) {
            System.err.println(
                    "going on with " + results.samples().size() + " processes measured before; --anew forgets them");
        }
        Libraries libraries = new Libraries(folder.resolve("lib"), offline, System.err);
        Launcher launcher = new Launcher(folder, libraries, header.machine().cpuFlags(), plan);
        new Experiment(launcher, journal, results, System.err).run(plan);
        return results;
    }

    private void tell(Results results) throws IOException {
        String name = results.header().plan().name();
        System.out.print(TextReport.of(results));
        Path csv = folder.resolve(name + ".csv");
        Path html = folder.resolve(name + ".html");
        CsvTable.write(results, csv);
        HtmlReport.write(results, html);
        System.out.println(
                "raw results, table and report: " + folder.resolve(name + ".jsonl") + ", " + csv + ", " + html);
        if (publish) {
            Publication.write(results, Path.of(Publication.FOLDER));
        }
    }

    private static String listing() throws IOException {
        StringBuilder text = new StringBuilder("axes with their values, the standard one first:\n");
        text.append(Columns.leftAligned(
                Arrays.stream(Axis.values()).map(Axis::description).toList()));
        text.append("\nworkloads: ").append(Workloads.list()).append("\n\nplans:\n");
        for (String name : Plan.READY) {
            Plan plan = Plan.load(name);
            text.append("  ").append(name).append(": ").append(plan.title()).append("; ");
            text.append(String.join(
                            ", ", plan.questions().stream().map(Question::name).toList()))
                    .append('\n');
        }
        return text.toString();
    }
}
