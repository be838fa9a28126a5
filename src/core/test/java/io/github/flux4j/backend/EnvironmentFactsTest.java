package io.github.flux4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.backend.Environment.CacheFolder;
import io.github.flux4j.backend.Environment.ClassPath.Jar;
import io.github.flux4j.backend.Environment.ClassPath.NativeBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How facts are read from files and names, on those of other machines. */
class EnvironmentFactsTest {

    @TempDir
    private Path folder;

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content + "\n");
    }

    private Cgroup cgroup() {
        return new Cgroup(folder.resolve("self"), folder.resolve("fs"));
    }

    @Test
    void cgroup2GivesTheTightestLimitOfTheGroupsAround() throws IOException {
        write("self", "0::/pod/app");
        write("fs/pod/app/cpu.max", "max 100000");
        write("fs/pod/cpu.max", "150000 100000");
        write("fs/pod/app/memory.max", "1073741824");
        write("fs/pod/memory.max", "2147483648");
        assertThat(cgroup().cores()).isEqualTo(1.5);
        assertThat(cgroup().memory()).isEqualTo(1L << 30);
    }

    @Test
    void cgroup1GivesTheLimitsOfItsControllers() throws IOException {
        write("self", "5:cpu,cpuacct:/docker/on-the-host\n4:memory:/docker/on-the-host");
        write("fs/cpu/cpu.cfs_quota_us", "50000");
        write("fs/cpu/cpu.cfs_period_us", "100000");
        write("fs/memory/memory.limit_in_bytes", "536870912");
        assertThat(cgroup().cores()).isEqualTo(0.5);
        assertThat(cgroup().memory()).isEqualTo(1L << 29);
    }

    @Test
    void withoutLimitOrCgroupThereIsNone() throws IOException {
        assertThat(cgroup().cores()).isNull();
        write("self", "4:memory:/\n1:cpu:/\n0::/");
        write("fs/cpu/cpu.cfs_quota_us", "-1");
        write("fs/cpu/cpu.cfs_period_us", "100000");
        write("fs/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(cgroup().cores()).isNull();
        assertThat(cgroup().memory()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/mnt/cache/deep, true", "/mnt/cached, false", "/, false", "/a b/c, true"})
    void noexecIsThatOfTheInnermostMount(String path, boolean noexec) {
        List<String> mounts = List.of(
                "overlay / overlay rw 0 0",
                "tmpfs /mnt/cache tmpfs rw 0 0",
                "tmpfs /mnt/cache tmpfs rw,noexec 0 0",
                "tmpfs /a\\040b tmpfs noexec,rw 0 0");
        assertThat(CacheFolder.noexec(Path.of(path), mounts)).isEqualTo(noexec);
    }

    @ParameterizedTest
    @CsvSource({
        "nd4j-native-1.0.0-M2.1-linux-x86_64-avx2.jar, nd4j-native, 1.0.0-M2.1, linux-x86_64-avx2",
        "openblas-0.3.31-1.5.13-macosx-arm64.jar, openblas, 0.3.31-1.5.13, macosx-arm64",
        "deeplearning4j-nn-1.0.0-M2.1.jar, deeplearning4j-nn, 1.0.0-M2.1,",
        "everything.jar, everything.jar, ,"
    })
    void jarsAreNamedAsMavenNamesThem(String name, String artifact, String version, String classifier) {
        assertThat(Jar.named(name, 1)).isEqualTo(new Jar(name, 1, artifact, version, classifier));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nd4j-api-1.0.0-M2.jar nd4j-native-1.0.0-M2.1.jar|nd4j-api 1.0.0-M2, nd4j-native 1.0.0-M2.1",
                "javacpp-1.5.7.jar openblas-0.3.31-1.5.13.jar|openblas 0.3.31-1.5.13 was made with another javacpp than 1.5.7",
                "javacpp-1.5.7.jar javacpp-1.5.13-linux-x86_64.jar|javacpp 1.5.13, javacpp 1.5.7",
                "slf4j-api-1.7.36.jar slf4j-simple-2.0.20.jar|slf4j-api 1.7.36 doesn't find slf4j-simple 2.0.20",
                "slf4j-api-2.0.20.jar logback-classic-1.2.13.jar|slf4j-api 2.0.20 doesn't find logback-classic 1.2.13",
            })
    void mixedVersionsAreNamed(String jars, String sentence) {
        assertThat(mixed(jars)).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "javacpp-1.5.13.jar javacpp-1.5.13-linux-x86_64.jar openblas-0.3.31-1.5.13.jar",
        "slf4j-api-2.0.20.jar logback-classic-1.5.6.jar log4j-slf4j2-impl-2.24.1.jar",
        "slf4j-api-1.7.36.jar logback-classic-1.2.13.jar",
    })
    void versionsThatBelongTogetherAreNotMixed(String jars) {
        assertThat(mixed(jars)).isEmpty();
    }

    private static List<String> mixed(String jars) {
        return MixedVersions.in(
                Stream.of(jars.split(" ")).map(name -> Jar.named(name, 1)).toList());
    }

    @ParameterizedTest
    @CsvSource({"linux-x86_64, ''", "linux-x86_64-avx2, avx2 fma", "linux-x86_64-onednn-avx2, avx2 fma"})
    void aBuildNeedsWhatItsNameSays(String classifier, String needs) {
        assertThat(String.join(" ", NativeBuild.needs(classifier))).isEqualTo(needs);
    }
}
