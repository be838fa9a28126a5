package io.github.flux4j.backend;

import java.util.List;
import java.util.stream.Stream;

/**
 * A setting that could change how ND4J runs.
 *
 * @param name of the environment variable or system property
 * @param value null if it isn't set
 * @param source what sets it
 */
public record Setting(String name, String value, Source source) {

    /** Where a setting's value comes from. */
    public enum Source {
        ENVIRONMENT_VARIABLE,
        SYSTEM_PROPERTY,
        /** Nobody set it. */
        DEFAULT
    }

    private static final List<String> VARIABLES = List.of(
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "SD_MAX_THREADS",
            "SD_MASTER_THREADS",
            "ND4J_SKIP_BLAS_THREADS",
            "OPENBLAS_CORETYPE",
            "SD_MAX_PRIMARY_BYTES");

    private static final List<String> PROPERTIES = List.of(
            "flux4j.engine",
            "org.bytedeco.openblas.load",
            "org.bytedeco.javacpp.platform.extension",
            "org.bytedeco.javacpp.maxPhysicalBytes",
            "org.bytedeco.javacpp.maxBytes",
            "org.bytedeco.javacpp.cachedir",
            "org.bytedeco.javacpp.pathsFirst",
            "org.bytedeco.javacpp.nopointergc",
            "org.nd4j.noarraygc");

    static List<Setting> all() {
        return Stream.concat(
                        VARIABLES.stream().map(name -> of(name, System.getenv(name), Source.ENVIRONMENT_VARIABLE)),
                        PROPERTIES.stream().map(name -> of(name, System.getProperty(name), Source.SYSTEM_PROPERTY)))
                .toList();
    }

    private static Setting of(String name, String value, Source source) {
        return new Setting(name, value, value == null ? Source.DEFAULT : source);
    }
}
