package io.github.flux4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.backend.Environment.ClassPath.Jar;
import io.github.flux4j.backend.Environment.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

class ReportTest {

    private static final Backend.Report REPORT = Backend.report();
    private static final Environment ENVIRONMENT = REPORT.environment();
    private static final NativeLibraries LIBRARIES = REPORT.libraries();

    @Test
    void gsonWritesAndReadsIt() {
        Gson gson = new Gson();
        assertThat(gson.fromJson(gson.toJson(REPORT), Backend.Report.class)).isEqualTo(REPORT);
    }

    @Test
    void librariesAreTheLoadedOnes() {
        assertThat(LIBRARIES.nd4j().backend())
                .isEqualTo(Nd4j.getBackend().getClass().getSimpleName());
        assertThat(LIBRARIES.nd4j().jar())
                .isIn(ENVIRONMENT.classPath().libraries().stream()
                        .map(Jar::file)
                        .toList());
        assertThat(LIBRARIES.nd4j().classifier())
                .isEqualTo(ENVIRONMENT.classPath().nativeBuilds().get(0).classifier());
        assertThat(LIBRARIES.nd4j().threads()).isEqualTo(Nd4j.getEnvironment().maxMasterThreads());
        assertThat(LIBRARIES.nd4j().build()).contains("HAVE_OPENBLAS");
        assertThat(LIBRARIES.blas().config()).contains(LIBRARIES.blas().version());
        assertThat(LIBRARIES.blas().threads()).isEqualTo(Nd4j.factory().blas().getMaxThreads());
        assertThat(LIBRARIES.dataType()).isEqualTo(Nd4j.dataType().name());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void filesAreThoseMappedIntoTheProcess() throws IOException {
        String maps = Files.readString(Path.of("/proc/self/maps"));
        assertThat(maps)
                .contains(
                        Path.of(LIBRARIES.nd4j().file()).toRealPath().toString(),
                        Path.of(LIBRARIES.blas().file()).toRealPath().toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void machineIsTheKernels() throws IOException {
        String info = Files.readString(Path.of("/proc/cpuinfo"));
        assertThat(ENVIRONMENT.cpu().hostCores()).isEqualTo((int)
                info.lines().filter(line -> line.startsWith("processor")).count());
        assertThat(info).contains(ENVIRONMENT.cpu().instructions());
        assertThat(ENVIRONMENT.cpu().javaCores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(Files.readString(Path.of("/proc/meminfo")))
                .contains(ENVIRONMENT.memory().physical() / 1024 + " kB");
    }

    @Test
    void cacheFolderIsWhereTheLibrariesLie() {
        assertThat(LIBRARIES.nd4j().file()).startsWith(LIBRARIES.javacpp().cacheFolder());
        assertThat(ENVIRONMENT.cache().folder()).isEqualTo(LIBRARIES.javacpp().cacheFolder());
        assertThat(ENVIRONMENT.cache().bytes()).isPositive();
    }

    @Test
    void classPathIsThisProcesss() {
        long jars = System.getProperty("java.class.path")
                .lines()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(entry -> entry.endsWith(".jar"))
                .count();
        assertThat(ENVIRONMENT.classPath().jars()).isEqualTo((int) jars);
        assertThat(ENVIRONMENT.classPath().largest().get(0).artifact()).isEqualTo("nd4j-native");
        assertThat(ENVIRONMENT.classPath().mixed()).isEmpty();
    }

    @Test
    void settingsSayWhoSetThem() {
        String name = "org.bytedeco.javacpp.pathsFirst";
        assertThat(Backend.environment().settings()).contains(new Setting(name, null, Setting.Source.DEFAULT));
        System.setProperty(name, "false");
        try {
            assertThat(Backend.environment().settings())
                    .contains(new Setting(name, "false", Setting.Source.SYSTEM_PROPERTY));
        } finally {
            System.clearProperty(name);
        }
    }

    @Test
    void enginesAreInOrderOfPreference() {
        assertThat(ENVIRONMENT.engines())
                .isEqualTo(new Environment.EngineChoice(
                        List.of("lean", "dl4j"), "lean", "the first that can run the model"));
    }
}
