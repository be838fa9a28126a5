package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.backend.Environment;
import io.github.flux4j.backend.Environment.CacheFolder;
import io.github.flux4j.backend.Environment.ClassPath;
import io.github.flux4j.backend.Environment.ClassPath.Jar;
import io.github.flux4j.backend.Environment.ClassPath.NativeBuild;
import io.github.flux4j.backend.Environment.Cpu;
import io.github.flux4j.backend.Environment.EngineChoice;
import io.github.flux4j.backend.Environment.JavaRuntime;
import io.github.flux4j.backend.Environment.Memory;
import io.github.flux4j.backend.Environment.Setting;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.internal.threads.Load;
import java.util.ArrayList;
import java.util.List;

/** Facts of a healthy machine with 8 cores, to be changed by tests. */
final class SampleFacts {

    private static final long GIGABYTE = 1L << 30;

    List<String> instructions = List.of("avx2", "fma");
    Double quota;
    Memory memory = new Memory(4 * GIGABYTE, null, 16 * GIGABYTE);
    List<String> jars = List.of("nd4j-native", "openblas", "javacpp");
    List<NativeBuild> builds = List.of(new NativeBuild("linux-x86_64", List.of()));
    List<String> mixed = List.of();
    CacheFolder cache = new CacheFolder("/home/cache", 430_000_000, 1_000_000_000, false, List.of());
    final List<Setting> settings = new ArrayList<>();
    boolean loaded = true;
    int blasThreads = 8;
    long maxPhysicalBytes;
    Load load = new Load(0.3, 0.4, 0.0);
    String kernel = "Haswell";
    Speed speed = speed(5, new Speed.Alternative("OMP_NUM_THREADS=1", 6, ratio(1.2)));

    static Speed speed(double stepMillis, Speed.Alternative... alternatives) {
        return new Speed(8, 400, 80.0, stepMillis, ratio(1), List.of(alternatives));
    }

    /** With an interval of a tenth around it, from twelve rounds. */
    static PairedRatio ratio(double value) {
        return new PairedRatio(value, 0.95 * value, 1.05 * value, 12);
    }

    SampleFacts set(String name, String value) {
        settings.add(new Setting(name, value, Setting.Source.SYSTEM_PROPERTY));
        return this;
    }

    Diagnosis.Facts facts() {
        return new Diagnosis.Facts(
                new Environment(
                        "linux-x86_64",
                        new Cpu("Sample", "amd64", instructions, 8, 8, quota),
                        memory,
                        new JavaRuntime("17", "Sample", "Sample VM", "Linux", List.of()),
                        new ClassPath(6, 100, List.of(), libraryJars(), mixed, builds),
                        cache,
                        settings,
                        new EngineChoice(List.of("lean", "dl4j"), "lean", "the first that can run the model")),
                load,
                loaded ? libraries() : null,
                loaded ? speed : null);
    }

    private List<Jar> libraryJars() {
        List<Jar> all = new ArrayList<>();
        for (String artifact : jars) {
            all.add(new Jar(artifact + "-1.jar", 1, artifact, "1", null));
            all.add(new Jar(artifact + "-1-linux-x86_64.jar", 1, artifact, "1", "linux-x86_64"));
        }
        return all;
    }

    private NativeLibraries libraries() {
        return new NativeLibraries(
                new NativeLibraries.Nd4j(
                        "CpuBackend", "/lib.so", null, "linux-x86_64", "generic x86", "AVX2", false, List.of(), 8),
                new NativeLibraries.Blas("OPENBLAS", "/blas.so", "0.3.31", "", kernel, blasThreads),
                new NativeLibraries.JavaCpp("1", "/home/cache", 0, maxPhysicalBytes),
                "not used",
                "FLOAT");
    }
}
