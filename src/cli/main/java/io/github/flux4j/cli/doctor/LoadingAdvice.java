package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Environment.CacheFolder;
import io.github.flux4j.backend.Environment.ClassPath;
import io.github.flux4j.backend.Environment.ClassPath.NativeBuild;
import io.github.flux4j.backend.Environment.Cpu;
import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import io.github.flux4j.internal.arrays.NativeCache;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what keeps ND4J from loading, or from loading what was meant. Each is null where no fact calls for it. */
final class LoadingAdvice {

    private static final long FULL = 1 << 20; // bytes; no disk is filled to the last

    private LoadingAdvice() {}

    static Advice missingJars(Facts facts) {
        if (facts.libraries() != null) {
            return null;
        }
        ClassPath classPath = facts.environment().classPath();
        String platform = facts.environment().platform();
        String missing = Stream.of("org.nd4j:nd4j-native", "org.bytedeco:openblas", "org.bytedeco:javacpp")
                .flatMap(library -> Missing.of(library, platform, classPath).stream())
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? null
                : new Advice(
                        "jars, or their parts for " + platform + ", are missing from the class path",
                        "add the dependencies " + missing,
                        "ND4J finds its backend and loads");
    }

    static Advice missingInstructions(Facts facts) {
        Cpu cpu = facts.environment().cpu();
        List<NativeBuild> builds = facts.environment().classPath().nativeBuilds();
        if (builds.isEmpty() || cpu.instructions() == null) {
            return null;
        }
        NativeBuild taken = builds.get(0);
        String lacking = taken.needs().stream()
                .filter(instruction -> !cpu.instructions().contains(instruction))
                .collect(Collectors.joining(" "));
        String platform = facts.environment().platform();
        return lacking.isEmpty()
                ? null
                : new Advice(
                        "nd4j-native " + taken.classifier() + " needs instructions that this processor lacks: "
                                + lacking,
                        "take nd4j-native with the classifier " + platform + " in place of " + taken.classifier(),
                        "ND4J starts; as it is, it ends the process");
    }

    static Advice noCacheFolder(Facts facts) {
        return facts.environment().cache().folder() != null
                ? null
                : new Advice(
                        "JavaCPP can't write to any folder it could unpack native libraries to: "
                                + String.join(", ", facts.environment().cache().refused()),
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one with 480 MiB of room",
                        "ND4J loads, after some seconds of unpacking once");
    }

    /** Files of other libraries or versions may lie there too, so that a full disk is one even if much has been unpacked. */
    static Advice fullCache(Facts facts) {
        CacheFolder cache = facts.environment().cache();
        return facts.libraries() != null
                        || cache.folder() == null
                        || Boolean.TRUE.equals(cache.noexec())
                        || cache.bytes() + cache.free() >= NativeCache.BYTES && cache.free() > FULL
                ? null
                : new Advice(
                        "the native libraries take 410 MiB, unpacked, but " + cache.folder() + " has "
                                + Binary.mib(cache.bytes()) + " and room for " + Binary.mib(cache.free()),
                        "delete the incomplete files there and make room, or -Dorg.bytedeco.javacpp.cachedir=FOLDER with 480 MiB of room",
                        "ND4J loads, after some seconds of unpacking once");
    }

    static Advice noexecCache(Facts facts) {
        return !Boolean.TRUE.equals(facts.environment().cache().noexec())
                ? null
                : new Advice(
                        facts.environment().cache().folder()
                                + " is on a file system mounted noexec, so libraries there can't be loaded",
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER on another file system, or mount this one with exec",
                        "ND4J loads");
    }

    static Advice refusedCache(Facts facts) {
        String folder = facts.environment().cache().folder();
        List<String> refused = facts.environment().cache().refused();
        return folder == null || refused.isEmpty()
                ? null
                : new Advice(
                        "JavaCPP can't write to " + String.join(", ", refused) + " and takes " + folder,
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one",
                        "the libraries, 410 MiB, are unpacked once, where you want them");
    }

    static Advice severalBuilds(Facts facts) {
        List<NativeBuild> builds = facts.environment().classPath().nativeBuilds();
        if (builds.size() < 2) {
            return null;
        }
        String all = builds.stream().map(NativeBuild::classifier).collect(Collectors.joining(", "));
        return new Advice(
                "there are several builds of nd4j-native, " + all + "; JavaCPP takes "
                        + builds.get(0).classifier(),
                "keep one of them on the class path",
                "no surprise about which is used, and 85 MiB less for each of the others");
    }

    static Advice mixedVersions(Facts facts) {
        List<String> mixed = facts.environment().classPath().mixed();
        return mixed.isEmpty()
                ? null
                : new Advice(
                        "versions don't belong together: " + String.join("; ", mixed),
                        "one version of each, as flux4j's pom has them (mvn dependency:tree shows who brings which)",
                        "no linkage errors, no crash, and log lines where they belong");
    }
}
