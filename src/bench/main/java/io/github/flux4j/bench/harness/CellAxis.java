package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.contender.Contenders;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be varied. A process has one value of each, since ND4J and the JVM choose most of them once, when they start. */
public enum CellAxis {
    CONTENDER("contender", "FLUX4J", contenders(), "who computes: flux4j, or another on the comparison's problems"),
    COMMIT("commit", "this", "this|\\S+", "the sources that flux4j is built from; this: what is checked out, as it is"),
    BINARY("binary", "plain", "plain|avx2|avx512|onednn|onednn-avx2|onednn-avx512|compat", "nd4j-native's build"),
    BLAS("blas", "bundled", "bundled|nd4j|mkl|system-openblas|system-blis", "the library that multiplies matrices"),
    CORE_TYPE("core", "auto", "auto|\\w+", "the processor OpenBLAS takes its kernels for, as OPENBLAS_CORETYPE"),
    OMP_THREADS("omp", "auto", "auto|[1-9]\\d*", "libnd4j's threads, as OMP_NUM_THREADS"),
    BLAS_THREADS("blas-threads", "auto", "auto|[1-9]\\d*", "BLAS's threads, whatever libnd4j's are"),
    TYPE("type", "float", "float|double|half", "the arrays' numbers"),
    ENGINE("engine", "auto", "auto|lean|dl4j", "what runs flux4j's models, as -Dflux4j.engine"),
    JVM("jvm", "this", "this|\\d+", "the Java version; this: the one that runs the experiment"),
    ARCHIVE("cds", "off", "off|on", "an archive of loaded classes, made beforehand"),
    CACHE("cache", "warm", "warm|cold", "JavaCPP's folder with unpacked native libraries; cold: empty"),
    AGAIN("again", "no", "no|yes", "nothing at all: the same timed twice, which shows what the machine's noise does");

    private final String key;
    private final String standard;
    private final Pattern values;
    private final String about;

    CellAxis(String key, String standard, String values, String about) {
        this.key = key;
        this.standard = standard;
        this.values = Pattern.compile(values);
        this.about = about;
    }

    private static String contenders() {
        return Arrays.stream(Contenders.values()).map(Enum::name).collect(Collectors.joining("|"));
    }

    /** Its name in plans and on the command line. */
    public String key() {
        return key;
    }

    /** The value it has unless a question varies it. */
    public String standard() {
        return standard;
    }

    /** A line for {@code --list}: key, values, meaning. */
    public List<String> description() {
        return List.of(
                "  " + key, values.pattern().replace("|", ", ").replaceAll("\\\\[wS]\\+|\\[.*|\\\\d\\+", "…"), about);
    }

    /** The value, if it may be one; whether this machine has it shows later. */
    public String checked(String value) {
        if (!values.matcher(value).matches()) {
            throw new IllegalArgumentException("\"" + value + "\" is no value of " + key + "; expected "
                    + description().get(1));
        }
        return value;
    }

    public static CellAxis named(String key) {
        return Arrays.stream(values())
                .filter(axis -> axis.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no axis \"" + key + "\"; there are "
                        + Arrays.stream(values()).map(CellAxis::key).collect(Collectors.joining(", "))));
    }
}
