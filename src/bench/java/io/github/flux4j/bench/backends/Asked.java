package io.github.flux4j.bench.backends;

import java.util.Optional;

/** Whether a process had what its cell asked for, which native libraries don't tell by themselves. */
final class Asked {

    private Asked() {}

    /** What it had instead. Nothing is known where Linux doesn't tell which files are loaded. */
    static Optional<String> mismatch(Cell cell, Facts facts) {
        if (facts.binary().isEmpty()) {
            return Optional.empty();
        }
        String build = cell.has(Axis.BINARY, "plain") ? "" : "-" + cell.get(Axis.BINARY);
        if (!facts.binary().endsWith(Libraries.PLATFORM + build + ".jar")) {
            return Optional.of("JavaCPP loaded " + facts.binary() + " instead");
        }
        if (!Blas.isLoaded(cell.get(Axis.BLAS), facts)) {
            return Optional.of(
                    "there is no " + cell.get(Axis.BLAS) + " that JavaCPP can load; it took " + facts.blas());
        }
        String threads = cell.get(Axis.BLAS_THREADS);
        if (!threads.equals("auto") && !threads.equals(String.valueOf(facts.blasThreads()))) {
            return Optional.of("BLAS has " + facts.blasThreads() + " threads instead");
        }
        return Optional.empty();
    }
}
