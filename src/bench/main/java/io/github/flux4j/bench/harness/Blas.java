package io.github.flux4j.bench.harness;

import java.util.List;

/** How JavaCPP is told to load another BLAS, and how to see that it did. */
final class Blas {

    /** Of {@link Facts#blasVendor}. */
    static final int OPENBLAS = 2;

    private static final String LOAD = "-Dorg.bytedeco.openblas.load=";

    private Blas() {}

    /** JavaCPP links {@code libopenblas_nolapack.so.0}, which its own part of OpenBLAS and ND4J ask for, to the library named here. */
    static List<String> jvmArguments(String blas) {
        return switch (blas) {
            case "mkl" -> List.of(LOAD + "mkl_rt");
            case "system-blis" -> List.of(LOAD + "blis@.4");
            case "system-openblas" -> List.of(LOAD + "openblas@.0", "-Dorg.bytedeco.javacpp.pathsFirst=true");
            default -> List.of();
        };
    }

    /** Whether what was loaded is of this kind: JavaCPP takes its own OpenBLAS when it finds no other. */
    static boolean isLoaded(String blas, Facts facts) {
        boolean fromJar = facts.blas().endsWith(".jar");
        boolean old = facts.blas().startsWith("openblas-0.3.19-1.5.7");
        return switch (blas) {
            case "mkl" -> facts.blas().startsWith("mkl-");
            case "system-blis" -> !fromJar && facts.blasVendor() != OPENBLAS;
            case "system-openblas" -> !fromJar && facts.blasVendor() == OPENBLAS;
            case "nd4j" -> old;
            default -> fromJar && !old;
        };
    }
}
