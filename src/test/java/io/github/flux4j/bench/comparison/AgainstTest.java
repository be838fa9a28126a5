package io.github.flux4j.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.flux4j.bench.contender.Entrant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.options.TimeValue;

/** A comparison with a commit, which Maven compiles: the one that is checked out, since every clone has it. */
@Tag("long")
class AgainstTest {

    private static final Pace SHORT = new Pace(5, TimeValue.milliseconds(50), 1, TimeValue.milliseconds(50), 1e9);

    /** One for all, so that the commit is compiled once. */
    @TempDir
    static Path folder;

    @BeforeEach
    void requireRepository() {
        assumeThat(Path.of(".git"))
                .exists(); // a file in a worktree; sources that were unpacked from an archive have none
    }

    @Test
    void bothAreProvedAndTimedInFiveProcessesEach() throws Exception {
        Commit commit = Commit.named("HEAD");
        Differences differences = new Against(SHORT, folder, System.err)
                .run(commit, List.of("article", "cold-start"), List.of(Entrant.FLUX4J));
        assertThat(differences.refused()).isEmpty();
        assertThat(differences.rows()).hasSize(2).allSatisfy(row -> {
            assertThat(row.here().contender()).isEqualTo("FLUX4J");
            assertThat(row.there().contender()).isEqualTo("FLUX4J of " + commit.name());
            assertThat(row.here().forkNanos()).hasSize(5);
            assertThat(row.there().forkNanos()).hasSize(5);
            assertThat(row.ratio().value()).isPositive();
        });
    }

    @Test
    void theCommitsOwnClassesAreLoaded() throws Exception {
        Commit commit = Commit.named("HEAD");
        Path target = folder.resolve("commits").resolve(commit.id()).resolve("target");
        Build build = new Builds(folder, System.err).of(commit);
        assertThat(originOf("io.github.flux4j.Flux4j", build)).isEqualTo(target.resolve("classes"));
        assertThat(originOf("io.github.flux4j.bench.contender.Flux4jModel", build))
                .isEqualTo(target.resolve("callers"));
    }

    @Test
    void aCommitIsCompiledOnce() throws Exception {
        Commit commit = Commit.named("HEAD");
        new Builds(folder, System.err).of(commit);
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        new Builds(folder, new PrintStream(progress, true)).of(commit);
        assertThat(progress.toString()).isEmpty();
    }

    private static Path originOf(String className, Build build) throws Exception {
        Process process = Jvm.command(Entrant.FLUX4J, build, Origin.class, List.of(className))
                .start();
        return Path.of(new String(process.getInputStream().readAllBytes()).trim());
    }

    /** Tells where a class comes from. */
    static final class Origin {

        public static void main(String[] args) throws Exception {
            System.out.println(Path.of(Class.forName(args[0], false, Origin.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        }
    }
}
