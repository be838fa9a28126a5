package io.github.flux4j.bench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit of this repository.
 *
 * @param id in full
 * @param name its short id
 * @param subject the first line of its message
 */
public record Commit(String id, String name, String subject) {

    /**
     * The commit of this name.
     *
     * @throws IllegalArgumentException if git knows none
     */
    public static Commit named(String name) throws IOException {
        String id = git("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("git knows no commit \"" + name
                    + "\" here; an id does, or a branch, a tag, or HEAD~3 for the third before the last");
        }
        return new Commit(id, git("rev-parse", "--short", id), git("show", "--no-patch", "--format=%s", id));
    }

    /** For people. */
    public String line() {
        return name + " " + subject;
    }

    /** The output of a git command, without white space around it; empty if the command fails. */
    static String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes()).trim();
    }
}
