package io.github.flux4j.spark;

import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.table.Table;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's pom and its first program, as a user has them: resolved by Maven, compiled, and run in a process of its own. */
class GuideTest {

    private static final Path PAGE = Path.of("src/site/markdown/spark.md");

    private static final String VERSION = "0.1.0-SNAPSHOT";

    @TempDir
    private Path folder;

    private static String block(String language) throws IOException {
        String page = Files.readString(PAGE);
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void theGuidesPomAndProgramScoreADataFrame() throws Exception {
        Path maven = Path.of(System.getProperty("flux4j.maven.home", "none"), "bin", "mvn");
        assumeTrue(Files.isExecutable(maven), "started without Maven");
        FittedRegressor fitted = prepare();

        String classPath = resolved(maven);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                folder.resolve("Score.java").toString()))
                .isZero();
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dspark.master=local[1]",
                "-Dspark.ui.enabled=false",
                "-cp",
                folder + File.pathSeparator + classPath,
                "Score"));

        List<Row> scored = LocalSpark.session()
                .read()
                .parquet(folder.resolve("scored").toString())
                .collectAsList();
        assertThat(scored)
                .hasSize(40)
                .allSatisfy(row -> assertThat(row.<Double>getAs("prediction"))
                        .isCloseTo(
                                fitted.predict(Map.of("power", row.getAs("power"))), within(1e-4))); // Float32, of 30
    }

    /** Each line is left out once. */
    @Test
    void eachAddOpensIsNeededForWhatTheTableSays() throws Exception {
        Map<String, String> needed = addOpens();
        assertThat(needed).hasSize(4);
        for (Map.Entry<String, String> line : needed.entrySet()) {
            List<String> others = needed.keySet().stream()
                    .filter(other -> !other.equals(line.getKey()))
                    .toList();
            String missing = line.getKey().replaceAll(".*/(.*)=.*", "$1");
            assertThat(ChildJvm.run(Opens.class, others).out())
                    .startsWith((line.getValue().contains("Kryo") ? "Kryo: " : "dates: "))
                    .contains(missing)
                    .hasLineCount(1);
        }
        assertThat(ChildJvm.run(Opens.class, List.copyOf(needed.keySet())).out())
                .isEmpty();
        assertThat(JavaModuleOptions.defaultModuleOptions())
                .contains(needed.keySet()); // spark-submit's, and executors'
    }

    /** What each is needed for. */
    private static Map<String, String> addOpens() throws IOException {
        Map<String, String> needed = new LinkedHashMap<>();
        Pattern row = Pattern.compile("^\\| `(--add-opens=.*?)` \\| (.*) \\|$", Pattern.MULTILINE);
        Matcher rows = row.matcher(Files.readString(PAGE));
        while (rows.find()) {
            needed.put(rows.group(1), rows.group(2));
        }
        return needed;
    }

    @Test
    void theFiguresAreThoseOfTheResult() throws IOException {
        assertThat(Files.readString(PAGE)).contains(CostPage.section(CostPage.RESULT));
    }

    private FittedRegressor prepare() throws IOException {
        List<Row> cars = Stream.iterate(50.0, power -> power + 3)
                .limit(40)
                .map(power -> RowFactory.create(power, 50 - power / 5))
                .toList();
        FittedRegressor fitted = regressor()
                .epochs(2)
                .networks(2)
                .fit(
                        Table.ofMaps(cars.stream()
                                .map(row -> Map.of("power", row.get(0), "mpg", row.get(1)))
                                .toList()),
                        "mpg");
        fitted.save(folder.resolve("mpg.flux4j"));
        StructType schema = new StructType().add("power", DataTypes.DoubleType).add("mpg", DataTypes.DoubleType);
        LocalSpark.session()
                .createDataFrame(cars, schema)
                .write()
                .parquet(folder.resolve("cars").toString());
        Files.writeString(folder.resolve("pom.xml"), block("xml"));
        Files.writeString(folder.resolve("Score.java"), block("java"));
        return fitted;
    }

    /** The class path that Maven makes of the pom, with the classes of this build as flux4j's jars, before a repository that has all others. */
    private String resolved(Path maven) throws Exception {
        install("flux4j-parent", null);
        for (String module : List.of("predict", "csv", "core", "tables", "spark")) {
            String name = module.equals("core") ? "flux4j" : "flux4j-" + module;
            install(name, Path.of("target", name, "classes"));
        }
        run(List.of(
                maven.toString(),
                "-q",
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + folder.resolve("repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("flux4j.maven.repository"),
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                "-Dmdep.outputFile=classpath"));
        return Files.readString(folder.resolve("classpath"));
    }

    private void install(String name, Path classes) throws Exception {
        Path artifact = Files.createDirectories(folder.resolve("repository/io/github/flux4j/" + name + "/" + VERSION));
        Files.copy(Path.of("target", name, "flattened-pom.xml"), artifact.resolve(name + "-" + VERSION + ".pom"));
        if (classes != null) {
            jar(classes, artifact.resolve(name + "-" + VERSION + ".jar"));
        }
    }

    private void run(List<String> command) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).withFailMessage(() -> text(output)).isZero();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jar(Path classes, Path file) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(classes)) {
            found.filter(Files::isRegularFile).forEach(all::add);
        }
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Path each : all) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, jar);
            }
        }
    }
}
