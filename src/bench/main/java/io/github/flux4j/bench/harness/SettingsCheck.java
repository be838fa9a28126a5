package io.github.flux4j.bench.harness;

import java.util.Optional;

/** Whether a process had what its cell asked for, which native libraries don't tell by themselves. */
final class SettingsCheck {

    private SettingsCheck() {}

    /** What it had instead. Nothing is known where Linux doesn't tell which files are loaded. */
    static Optional<String> mismatch(Cell cell, Facts facts) {
        if (facts == null || facts.binary().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> kernels = kernels(cell.get(Axis.CORE_TYPE), facts);
        if (kernels.isPresent()) {
            return kernels;
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

    /** OpenBLAS takes an unknown name for its own choice, without a word. It calls some families by the name of the first. */
    private static Optional<String> kernels(String core, Facts facts) {
        String taken = facts.blasDetail().replaceAll(".* ", "");
        return core.equals("auto") || taken.isEmpty() || taken.equalsIgnoreCase(core)
                ? Optional.empty()
                : Optional.of("OpenBLAS has no kernels for " + core + " here; it took those for " + taken);
    }
}
