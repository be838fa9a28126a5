package io.github.flux4j.bench.comparison;

/**
 * Compiled classes that a process is given.
 *
 * @param suffix what tells its contenders from those of this tree; empty for this tree
 */
record Build(String suffix, String classPath) {

    /** That of this process. */
    static final Build OWN = new Build("", System.getProperty("java.class.path"));
}
