package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Git;
import java.io.IOException;

/**
 * A commit of this repository.
 *
 * @param id in full
 * @param name its short id
 * @param subject the first line of its message
 * @param changed whether sources have been changed since, or added, without a commit; only of the one that is checked out
 */
record Commit(String id, String name, String subject, boolean changed) {

    /** What is checked out, with everything that isn't committed yet. */
    static Commit here() throws IOException {
        return of(
                "HEAD",
                !Git.output("status", "--porcelain", "--", "src", "pom.xml").isEmpty());
    }

    /**
     * The commit of this name.
     *
     * @throws IllegalArgumentException if git knows none
     */
    static Commit named(String name) throws IOException {
        return of(name, false);
    }

    private static Commit of(String name, boolean changed) throws IOException {
        String id = Git.output("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("git knows no commit \"" + name
                    + "\" here; an id does, or a branch, a tag, or HEAD~3 for the third before the last");
        }
        return new Commit(
                id,
                Git.output("rev-parse", "--short", id),
                Git.output("show", "--no-patch", "--format=%s", id),
                changed);
    }

    /** For people. */
    String line() {
        return name + " " + subject + (changed ? " (and changes that are not committed)" : "");
    }
}
