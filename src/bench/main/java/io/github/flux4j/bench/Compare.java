package io.github.flux4j.bench;

import io.github.flux4j.bench.contender.Contenders;
import io.github.flux4j.bench.contender.Entrant.Kind;
import io.github.flux4j.bench.harness.Cell;
import io.github.flux4j.bench.harness.CellAxis;
import io.github.flux4j.bench.harness.Commit;
import io.github.flux4j.bench.harness.ExperimentPlan;
import io.github.flux4j.bench.harness.Question;
import io.github.flux4j.bench.harness.Question.Variation;
import io.github.flux4j.bench.harness.Results;
import io.github.flux4j.bench.report.FrontPage;
import io.github.flux4j.bench.report.GridPicture;
import io.github.flux4j.bench.report.Publication;
import io.github.flux4j.bench.report.ReadmeSection;
import io.github.flux4j.bench.workload.ProblemGroup;
import io.github.flux4j.cli.PairedRatio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code scripts/compare}: who is faster, flux4j or others; or flux4j now or at another commit. */
@Command(
        name = "compare",
        description = {
            "Times one training step, or a prediction, of flux4j and of others, or of another commit of flux4j, after proving"
                    + " that all compute the same.",
            "A run that was interrupted goes on where it stopped."
        },
        sortOptions = false)
public final class Compare implements Callable<Integer> {

    private static final Path PAGE = Path.of("src/site/markdown/comparison.md");

    @Option(
            names = "--against",
            paramLabel = "COMMIT",
            description = "instead of others: flux4j here, changes not committed included, over flux4j at that commit")
    private String against;

    @Option(
            names = "--quick",
            description =
                    "one short round: a first impression in minutes, without verdicts; with --against five short ones")
    private boolean quick;

    @Option(
            names = "--problems",
            split = ",",
            paramLabel = "NAME",
            description =
                    "names, or: standard, whole-runs, latency, first-second, grid, all; front for the README's few,"
                            + " and its contenders")
    private List<String> problems = List.of("standard");

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private List<Contenders> contenders;

    @Option(names = "--peers", description = "with other libraries too, which Maven fetches first (280 MB)")
    private boolean peers;

    @Mixin
    private RunOptions options;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return RunOptions.commandLine(new Compare());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireAtLeast(1, "--rounds");
        if (against != null) {
            requireOptionsFitAgainst();
        } else if (options.readme) {
            Path folder = Path.of(Publication.FOLDER);
            FrontPage.write(Path.of("README.md"), folder, Publication.all(folder));
            List<Results> published = Publication.renew(folder);
            GridPicture.write(folder, published);
            ReadmeSection.write(PAGE, "comparison", published);
            return 0;
        }
        return options.run(against == null ? league() : againstCommit())
                        .samples()
                        .isEmpty()
                ? 1
                : 0;
    }

    private void requireOptionsFitAgainst() {
        requireAtLeast(PairedRatio.FEWEST, "an interval needs five processes on either side: with --against, --rounds");
        if (peers || options.publish || options.readme) {
            throw new IllegalArgumentException("--against times flux4j alone: no --peers, --publish or --readme");
        }
        if (contenders != null
                && !contenders.stream().allMatch(one -> one.entrant().isFlux4j())) {
            throw new IllegalArgumentException(
                    "--against times flux4j alone: --contenders can be FLUX4J, FLUX4J_ONEDNN, FLUX4J_DL4J, FLUX4J_LEAN, but were "
                            + contenders);
        }
    }

    private void requireAtLeast(int fewest, String what) {
        if (options.rounds != null && options.rounds < fewest) {
            throw new IllegalArgumentException(what + " must be " + fewest + " or more, but was " + options.rounds);
        }
    }

    private ExperimentPlan league() {
        List<Question> questions = new ArrayList<>();
        workloads()
                .forEach((group, workloads) -> questions.add(new Question(
                        group.key(),
                        group.asks(),
                        Cell.STANDARD,
                        List.of(new Variation(
                                CellAxis.CONTENDER,
                                entrants(group).map(Enum::name).toList())),
                        List.copyOf(workloads))));
        return plan(leagueName(questions), "flux4j compared", 1, questions);
    }

    /** A group of problems alone has results of its own, or all would have to be measured at once. */
    private String leagueName(List<Question> questions) {
        if (isFront()) {
            return FrontPage.NAME;
        }
        return questions.size() > 1 || questions.get(0).name().equals("standard")
                ? "compare"
                : questions.get(0).name();
    }

    private boolean isFront() {
        return problems.equals(List.of(FrontPage.NAME));
    }

    private ExperimentPlan againstCommit() throws IOException {
        Commit commit = Commit.named(against);
        List<Question> questions = new ArrayList<>();
        Map<ProblemGroup, Set<String>> workloads = workloads();
        for (Contenders contender : contenders == null ? List.of(Contenders.FLUX4J) : contenders) {
            workloads.forEach((group, all) -> questions.add(new Question(
                    group.key() + "-" + contender.name(),
                    "Is " + contender.entrant().title() + " slower or faster than at " + commit.line() + "?",
                    Cell.STANDARD.with(CellAxis.CONTENDER, contender.name()).with(CellAxis.COMMIT, commit.name()),
                    List.of(new Variation(CellAxis.COMMIT, List.of(commit.name(), "this"))),
                    List.copyOf(all))));
        }
        return plan("against-" + commit.name(), "flux4j here and at " + commit.name(), PairedRatio.FEWEST, questions);
    }

    private ExperimentPlan plan(String name, String title, int quickRounds, List<Question> questions) {
        return options.timed(
                quick
                        ? new ExperimentPlan(name, title, quickRounds, 750, 250, questions)
                        : new ExperimentPlan(name, title, PairedRatio.FEWEST, 1500, 1500, questions));
    }

    private Map<ProblemGroup, Set<String>> workloads() {
        Map<ProblemGroup, Set<String>> workloads = new LinkedHashMap<>();
        for (String name : problems) {
            for (String problem : name.equals(FrontPage.NAME) ? FrontPage.workloads() : ProblemGroup.expand(name)) {
                workloads
                        .computeIfAbsent(ProblemGroup.of(problem), key -> new LinkedHashSet<>())
                        .add(problem);
            }
        }
        return workloads;
    }

    /** On the grid few stand for the league: flux4j, the fastest loops and the fastest peer. A quick comparison leaves out what another stands for. */
    private Stream<Contenders> entrants(ProblemGroup group) {
        if (contenders != null) {
            return contenders.stream().distinct();
        }
        if (isFront()) {
            return FrontPage.entrants().stream().filter(this::takesPart);
        }
        if (group == ProblemGroup.GRID) {
            return peers
                    ? Stream.of(
                            Contenders.FLUX4J,
                            Contenders.FLUX4J_ONEDNN,
                            Contenders.HAND_ROLLED_TUNED,
                            Contenders.TENSORFLOW)
                    : Stream.of(Contenders.FLUX4J, Contenders.HAND_ROLLED_TUNED, Contenders.RAW_DL4J_TUNED);
        }
        return Arrays.stream(Contenders.values())
                .filter(one -> takesPart(one) && !(quick && one == Contenders.FLUX4J_LEAN));
    }

    private boolean takesPart(Contenders one) {
        Kind kind = one.entrant().kind();
        return kind != Kind.RETIRED && (peers || kind != Kind.PEER);
    }
}
