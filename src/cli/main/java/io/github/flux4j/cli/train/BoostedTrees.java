package io.github.flux4j.cli.train;

import static java.lang.invoke.MethodType.methodType;

import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * XGBoost by reflection, in classes of its own that Maven fetches: trees of depth 6 with η = 0.05, on 0.8 of rows and columns each; so many, up to 600, as are best for
 * a sixth of the rows, and then as many of all rows. Texts are ones and zeros, gaps stay gaps.
 */
final class BoostedTrees implements Contender {

    private static final String LIBRARY = "ml.dmlc:xgboost4j_2.12:3.0.4";

    /** XGBoost needs Jackson, and doesn't say so. */
    private static final String POM = """
            <project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>
            <dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>
            <dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>2.22.4</version></dependency>
            </dependencies></project>
            """.formatted((Object[]) LIBRARY.split(":"));

    private static final int MOST_TREES = 600;
    private static final int STEP = 30;
    private static final int SHARE = 6;
    private static final Map<String, Object> SETTINGS = Map.of(
            "eta", 0.05, "max_depth", 6, "subsample", 0.8, "colsample_bytree", 0.8, "nthread", 1, "verbosity", 0);

    private final MethodHandle matrix;
    private final MethodHandle label;
    private final MethodHandle train;
    private final MethodHandle predict;
    private final MethodHandle bytes;

    /** Each method by its exact types: to list those of {@code XGBoost} would load Hadoop. */
    private BoostedTrees(ClassLoader classes) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> rows = type("DMatrix", classes);
        Class<?> trees = type("Booster", classes);
        Class<?> loss = type("IObjective", classes);
        Class<?> metric = type("IEvaluation", classes);
        matrix = lookup.findConstructor(rows, methodType(void.class, float[].class, int.class, int.class, float.class));
        label = lookup.findVirtual(rows, "setLabel", methodType(void.class, float[].class));
        train = lookup.findStatic(
                type("XGBoost", classes),
                "train",
                methodType(trees, rows, Map.class, int.class, Map.class, float[][].class, loss, metric, int.class));
        predict = lookup.findVirtual(trees, "predict", methodType(float[][].class, rows, boolean.class, int.class));
        bytes = lookup.findVirtual(trees, "toByteArray", methodType(byte[].class));
    }

    private static Class<?> type(String name, ClassLoader classes) throws ClassNotFoundException {
        return Class.forName("ml.dmlc.xgboost4j.java." + name, true, classes);
    }

    /** With the jars that Maven finds or fetches. */
    static BoostedTrees fetched() throws IOException {
        Path folder = Files.createTempDirectory("flux4j-xgboost");
        Path pom = Files.writeString(folder.resolve("pom.xml"), POM);
        Path found = folder.resolve("class-path");
        try {
            String command = "mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile=class-path";
            Process maven = new ProcessBuilder(command.split(" "))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0 || !Files.exists(found)) {
                throw new IOException(said.lines().findFirst().orElse("it said nothing"));
            }
            List<URL> jars = new ArrayList<>();
            for (String jar : Files.readString(found).split(File.pathSeparator)) {
                jars.add(Path.of(jar).toUri().toURL());
            }
            return new BoostedTrees(new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Maven fetched XGBoost", e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IOException("Maven can't fetch " + LIBRARY + "; omit --with, or see why: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(pom);
            Files.deleteIfExists(found);
            Files.deleteIfExists(folder);
        }
    }

    @Override
    public Model fit(Table rows, String target, List<String> labels, long seed) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("seed", (int) (seed & Integer.MAX_VALUE));
        settings.put("objective", labels.isEmpty() ? "reg:squarederror" : "multi:softprob");
        settings.put("verbose_eval", "false");
        if (!labels.isEmpty()) {
            settings.put("num_class", labels.size());
        }
        Map<String, Object> judges = Map.of("judges", matrix(part(rows, row -> row % SHARE == 0), target, labels));
        Object others = matrix(part(rows, row -> row % SHARE != 0), target, labels);
        float[][] errors = new float[1][MOST_TREES];
        call(train, others, settings, MOST_TREES, judges, errors, null, null, 0);
        int best = IntStream.rangeClosed(1, MOST_TREES / STEP)
                .mapToObj(i -> i * STEP)
                .min(Comparator.comparingDouble(trees -> errors[0][trees - 1]))
                .orElseThrow();
        Object trees = call(train, matrix(rows, target, labels), settings, best, Map.of(), null, null, null, 0);
        return new Model() {
            @Override
            public double[][] predict(Table table) {
                float[][] predicted = (float[][]) call(predict, trees, matrix(table, target, labels), false, 0);
                return Arrays.stream(predicted)
                        .map(row -> IntStream.range(0, row.length)
                                .mapToDouble(i -> row[i])
                                .toArray())
                        .toArray(double[][]::new);
            }

            @Override
            public long bytes() {
                return ((byte[]) call(bytes, trees)).length;
            }
        };
    }

    private static Object call(MethodHandle method, Object... given) {
        try {
            return method.invokeWithArguments(given);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("XGBoost failed: " + e + "; omit --with xgboost", e);
        }
    }

    private static Table part(Table rows, IntPredicate wanted) {
        return rows.rows(IntStream.range(0, rows.rows()).filter(wanted).toArray());
    }

    private Object matrix(Table rows, String target, List<String> labels) {
        List<float[]> columns = rows.drop(target).columns().stream()
                .flatMap(BoostedTrees::numbers)
                .toList();
        float[] all = new float[Math.multiplyExact(rows.rows(), columns.size())];
        for (int i = 0; i < all.length; i++) {
            all[i] = columns.get(i % columns.size())[i / columns.size()];
        }
        Column truth = rows.column(target);
        float[] known =
                floats(truth, row -> labels.isEmpty() ? ((Numbers) truth).value(row) : labels.indexOf(truth.text(row)));
        Object made = call(matrix, all, rows.rows(), columns.size(), Float.NaN);
        call(label, made, known);
        return made;
    }

    private static Stream<float[]> numbers(Column column) {
        if (column instanceof Numbers numbers) {
            return Stream.of(floats(column, numbers::value));
        }
        Texts texts = (Texts) column;
        return IntStream.range(0, texts.levels().size())
                .mapToObj(level -> floats(column, row -> texts.code(row) == level ? 1 : 0));
    }

    private static float[] floats(Column column, IntToDoubleFunction value) {
        float[] floats = new float[column.size()];
        for (int row = 0; row < floats.length; row++) {
            floats[row] = (float) value.applyAsDouble(row);
        }
        return floats;
    }
}
