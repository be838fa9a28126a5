package io.github.flux4j.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment with a commit, which Maven compiles: the one that is checked out, since every clone has it. */
@Tag("long")
class AgainstTest {

    @TempDir
    Path folder;

    @BeforeEach
    void requireRepository() {
        assumeThat(Path.of(".git"))
                .exists(); // a file in a worktree; sources that were unpacked from an archive have none
    }

    @Test
    void aCommitIsCompiledOnceProvedAndTimedBesideThisTree() throws Exception {
        String commit = Commit.named("HEAD").name();
        ExperimentPlan plan = ExperimentPlan.parse("test", new StringReader("""
                rounds = 2
                warmup = 50
                measure = 50
                questions = commit
                commit.vary = commit: %s, this
                commit.with = commit: %s
                commit.workloads = article, cold-start
                """.formatted(commit, commit)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true);
        Libraries libraries = new Libraries(folder.resolve("lib"), true, out);
        Journal journal = new Journal(folder.resolve("test.jsonl"));
        Results results = journal.open(ExperimentRun.now(plan), Journal.Resume.SAME);
        new Experiment(new Launcher(folder, libraries, List.of(), plan), journal, results, out).run(plan);
        Question question = plan.questions().get(0);
        for (String workload : question.workloads()) {
            for (Cell cell : question.timed(workload)) {
                assertThat(results.nanos(question, cell, workload)).containsOnlyKeys(0, 1);
            }
        }
        assertThat(said.toString()).containsOnlyOnce("building " + commit);
        List<String> classPath =
                Arrays.asList(libraries.classPath(question.reference()).split(java.io.File.pathSeparator));
        assertThat(classPath.get(0)).endsWith("callers");
        assertThat(classPath.get(1)).contains("commits").endsWith("classes");
        assertThat(classPath).noneMatch(entry -> entry.endsWith("/classes.jar"));
    }
}
