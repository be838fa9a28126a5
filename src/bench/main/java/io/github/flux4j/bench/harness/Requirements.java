package io.github.flux4j.bench.harness;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The instructions that a cell needs of the processor. Without them it would be killed, or ND4J would end the process. */
final class Requirements {

    private static final List<String> AVX2 = List.of("avx2", "fma");
    private static final List<String> AVX512 = List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "avx512cd");
    private static final List<String> AVX512_BF16 =
            List.of("avx512f", "avx512vl", "avx512bw", "avx512dq", "avx512_bf16");

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
        return missing("the build " + cell.get(CellAxis.BINARY), ofBinary(cell.get(CellAxis.BINARY)), flags)
                .or(() -> missing(
                        "OpenBLAS's kernels for " + cell.get(CellAxis.CORE_TYPE),
                        ofKernels(cell.get(CellAxis.CORE_TYPE).toLowerCase(Locale.ROOT)),
                        flags));
    }

    private static List<String> ofBinary(String binary) {
        return binary.endsWith("avx512") ? AVX512 : binary.endsWith("avx2") ? AVX2 : List.of();
    }

    /** By the processor that OpenBLAS has them for; others need nothing that every processor of 64 bits lacks. */
    private static List<String> ofKernels(String core) {
        return switch (core) {
            case "sandybridge" -> List.of("avx");
            case "haswell", "zen" -> AVX2;
            case "skylakex" -> AVX512;
            case "cooperlake" -> AVX512_BF16;
            case "sapphirerapids" ->
                Stream.concat(AVX512_BF16.stream(), Stream.of("amx_tile")).toList();
            default -> List.of();
        };
    }

    private static Optional<String> missing(String what, List<String> needed, Collection<String> flags) {
        List<String> missing =
                needed.stream().filter(flag -> !flags.contains(flag)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this processor lacks " + String.join(", ", missing) + ", which " + what + " needs");
    }
}
