package io.github.flux4j.bench.harness;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The instructions that a cell needs of the processor. Without them it would be killed, or ND4J would end the process. */
final class Requirements {

    private static final List<String> AVX2 = List.of("avx2", "fma");
    private static final List<String> AVX512 = List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "avx512cd");

    /** OpenBLAS's kernels by processor; those without an entry need nothing that every processor of 64 bits lacks. */
    private static final Map<String, List<String>> CORES = Map.of(
            "sandybridge",
            List.of("avx"),
            "haswell",
            AVX2,
            "zen",
            AVX2,
            "skylakex",
            AVX512,
            "cooperlake",
            List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "avx512_bf16"),
            "sapphirerapids",
            List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "avx512_bf16", "amx_tile"));

    private Requirements() {}

    /**
     * Why this processor can't run it.
     *
     * @param flags what it has, as Linux names them; nothing is refused if they are unknown
     */
    static Optional<String> unmet(Cell cell, Collection<String> flags) {
        if (!flags.contains("sse2")) {
            return Optional.empty();
        }
        return missing("the build " + cell.get(Axis.BINARY), ofBinary(cell.get(Axis.BINARY)), flags)
                .or(() -> missing(
                        "OpenBLAS's kernels for " + cell.get(Axis.CORE_TYPE),
                        CORES.getOrDefault(cell.get(Axis.CORE_TYPE).toLowerCase(Locale.ROOT), List.of()),
                        flags));
    }

    private static List<String> ofBinary(String binary) {
        return binary.endsWith("avx512") ? AVX512 : binary.endsWith("avx2") ? AVX2 : List.of();
    }

    private static Optional<String> missing(String what, List<String> needed, Collection<String> flags) {
        List<String> missing =
                needed.stream().filter(flag -> !flags.contains(flag)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this processor lacks " + String.join(", ", missing) + ", which " + what + " needs");
    }
}
