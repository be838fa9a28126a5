package io.github.flux4j.bench.harness;

import java.io.IOException;

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
        String id = Git.output("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("git knows no commit \"" + name
                    + "\" here; an id does, or a branch, a tag, or HEAD~3 for the third before the last");
        }
        return new Commit(
                id, Git.output("rev-parse", "--short", id), Git.output("show", "--no-patch", "--format=%s", id));
    }

    /** For people. */
    public String line() {
        return name + " " + subject;
    }
}
