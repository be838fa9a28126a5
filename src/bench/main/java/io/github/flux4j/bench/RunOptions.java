package io.github.flux4j.bench;

import io.github.flux4j.bench.harness.Experiment;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.ExperimentRun;
import io.github.flux4j.bench.harness.Journal;
import io.github.flux4j.bench.harness.Launcher;
import io.github.flux4j.bench.harness.Libraries;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.report.HtmlReport;
import io.github.flux4j.bench.report.Publication;
import io.github.flux4j.bench.report.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What can be said of every run, and the way from a plan to its results, in files and on the terminal. */
final class RunOptions {

    private static final Path FOLDER = Path.of("target", "bench");

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "processes for each cell and workload; verdicts need five")
    Integer rounds;

    @Option(names = "--offline", description = "uses the libraries that are on this machine, fetches none")
    private boolean offline;

    @Option(names = "--anew", description = "begins a new run, even if one was interrupted")
    private boolean anew;

    @Option(
            names = "--keep",
            description = "goes on with the last run, even if machine, commit or pace have changed since")
    private boolean keep;

    @Option(names = "--html", paramLabel = "FILE", description = "also writes the report there")
    private Path html;

    @Option(names = "--publish", description = "also adds the run to " + Publication.FOLDER)
    boolean publish;

    @Option(names = "--readme", description = "writes the README's and the pages' sections from what is published")
    boolean readme;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this")
    private boolean help;

    /** Of a command whose wrong arguments, and states that a message explains, need no stack trace. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> refuse(e.getCommandLine(), e))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
                        return refuse(line, e);
                    }
                    throw e;
                });
    }

    /** In one line, whatever it quotes. */
    private static int refuse(CommandLine command, Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\p{Cc}+", " ");
        command.getErr().println(command.getCommandName() + ": " + message);
        return CommandLine.ExitCode.USAGE;
    }

    ExperimentPlan timed(ExperimentPlan plan) {
        return rounds == null ? plan : plan.withRounds(rounds);
    }

    /** Measures and tells. */
    Results run(ExperimentPlan plan) throws IOException, InterruptedException {
        ExperimentRun wanted = ExperimentRun.now(plan);
        if (publish) {
            Publication.requireFit(plan, wanted.machine().isChanged());
        }
        Results results = measured(plan, wanted);
        System.out.print(TextReport.of(results));
        Path page = FOLDER.resolve(plan.name() + ".html");
        HtmlReport.page(results).writeTo(page);
        System.out.println("raw results and report: " + file(plan) + ", " + page);
        if (html != null) {
            HtmlReport.page(results).writeTo(html);
        }
        if (publish) {
            Publication.write(results, Path.of(Publication.FOLDER));
        }
        return results;
    }

    private static Path file(ExperimentPlan plan) {
        return FOLDER.resolve(plan.name() + ".jsonl");
    }

    private Results measured(ExperimentPlan plan, ExperimentRun wanted) throws IOException, InterruptedException {
        Journal journal = new Journal(file(plan));
        Results results =
                journal.open(wanted, anew ? Journal.Resume.NONE : keep ? Journal.Resume.ANY : Journal.Resume.SAME);
        if (!results.samples().isEmpty()) {
            System.err.println("going on with " + results.samples().size()
                    + " processes measured before; --anew begins a new run");
        }
        Libraries libraries = new Libraries(FOLDER.resolve("lib"), offline, System.err);
        Launcher launcher = new Launcher(FOLDER, libraries, wanted.machine().cpuFlags(), plan);
        new Experiment(launcher, journal, results, System.err).run(plan);
        return results;
    }
}
