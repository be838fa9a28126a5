package io.github.flux4j.cli.train;

import io.github.flux4j.learn.Evaluation.Contender;
import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import io.github.flux4j.table.Texts;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final String VERSION = "3.0.4";
    private static final String JACKSON = "2.22.4";
    private static final String PACKAGE = "ml.dmlc.xgboost4j.java.";
    private static final int MOST_TREES = 600;
    private static final int STEP = 30;
    private static final int SHARE = 6;
    private static final Map<String, Object> SETTINGS = Map.of(
            "eta", 0.05, "max_depth", 6, "subsample", 0.8, "colsample_bytree", 0.8, "nthread", 1, "verbosity", 0);

    private final ClassLoader classes;

    private BoostedTrees(ClassLoader classes) {
        this.classes = classes;
    }

    /** With the jars that Maven finds or fetches. */
    static BoostedTrees fetched() throws IOException {
        Path folder = Files.createTempDirectory("flux4j-xgboost");
        Path pom = folder.resolve("pom.xml");
        Path found = folder.resolve("class-path");
        Files.writeString(
                pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>"
                        + "<dependencies><dependency><groupId>ml.dmlc</groupId><artifactId>xgboost4j_2.12</artifactId><version>"
                        + VERSION + "</version></dependency>" // which needs Jackson, and doesn't say so
                        + "<dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>"
                        + JACKSON + "</version></dependency></dependencies></project>");
        try {
            Process maven = new ProcessBuilder(
                            "mvn",
                            "-q",
                            "-B",
                            "-ntp",
                            "-f",
                            pom.toString(),
                            "dependency:build-classpath",
                            "-Dmdep.outputFile=" + found)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0 || !Files.exists(found)) {
                throw new IOException(
                        "Maven can't fetch ml.dmlc:xgboost4j_2.12:" + VERSION + "; leave --with out, or see why: "
                                + said.lines().findFirst().orElse("it said nothing"));
            }
            List<URL> jars = new ArrayList<>();
            for (String jar : Files.readString(found).split(File.pathSeparator)) {
                jars.add(Path.of(jar).toUri().toURL());
            }
            return new BoostedTrees(new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Maven fetched XGBoost", e);
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
        if (!labels.isEmpty()) {
            settings.put("num_class", labels.size());
        }
        Table judges = rows.rows(rows(rows, row -> row % SHARE == 0));
        Table others = rows.rows(rows(rows, row -> row % SHARE != 0));
        try {
            Trees many = new Trees(train(matrix(others, target, labels), settings, MOST_TREES), target, labels);
            int best = STEP;
            for (int trees = STEP; trees <= MOST_TREES; trees += STEP) {
                best = many.error(judges, trees) < many.error(judges, best) ? trees : best;
            }
            return new Trees(train(matrix(rows, target, labels), settings, best), target, labels);
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return new IllegalStateException("XGBoost failed: " + cause + "; leave --with xgboost out", cause);
    }

    private static int[] rows(Table table, IntPredicate wanted) {
        return IntStream.range(0, table.rows()).filter(wanted).toArray();
    }

    private Object train(Object rows, Map<String, Object> settings, int trees) throws ReflectiveOperationException {
        MethodType types = MethodType.methodType(
                type("Booster"),
                rows.getClass(),
                Map.class,
                int.class,
                Map.class,
                float[][].class,
                type("IObjective"),
                type("IEvaluation"),
                int.class);
        MethodHandle train = MethodHandles.publicLookup() // Class.getMethod would load Hadoop for others
                .findStatic(type("XGBoost"), "train", types);
        try {
            return train.invokeWithArguments(Arrays.asList(rows, settings, trees, Map.of(), null, null, null, 0));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new InvocationTargetException(e);
        }
    }

    private Class<?> type(String name) throws ReflectiveOperationException {
        return Class.forName(PACKAGE + name, true, classes);
    }

    private Object matrix(Table rows, String target, List<String> labels) throws ReflectiveOperationException {
        List<float[]> columns = rows.columns().stream()
                .filter(column -> !column.name().equals(target))
                .flatMap(BoostedTrees::numbers)
                .toList();
        float[] all = new float[Math.multiplyExact(rows.rows(), columns.size())];
        for (int i = 0; i < all.length; i++) {
            all[i] = columns.get(i % columns.size())[i / columns.size()];
        }
        Object matrix = type("DMatrix")
                .getConstructor(float[].class, int.class, int.class, float.class)
                .newInstance(all, rows.rows(), columns.size(), Float.NaN);
        Column truth = rows.column(target);
        float[] known = new float[rows.rows()];
        for (int row = 0; row < known.length; row++) {
            known[row] = labels.isEmpty() ? (float) ((Numbers) truth).value(row) : labels.indexOf(truth.text(row));
        }
        matrix.getClass().getMethod("setLabel", float[].class).invoke(matrix, (Object) known);
        return matrix;
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

    private final class Trees implements Model {

        private final Object booster;
        private final String target;
        private final List<String> labels;

        private Trees(Object booster, String target, List<String> labels) {
            this.booster = booster;
            this.target = target;
            this.labels = labels;
        }

        /** By so many of its trees: the mean square, or the log loss. */
        private double error(Table rows, int trees) {
            double[][] predicted = predict(rows, trees);
            Column truth = rows.column(target);
            return IntStream.range(0, predicted.length)
                    .mapToDouble(row -> labels.isEmpty()
                            ? Math.pow(predicted[row][0] - ((Numbers) truth).value(row), 2)
                            : -Math.log(predicted[row][labels.indexOf(truth.text(row))] + Double.MIN_NORMAL))
                    .average()
                    .orElse(0);
        }

        @Override
        public double[][] predict(Table rows) {
            return predict(rows, 0);
        }

        private double[][] predict(Table rows, int trees) {
            try {
                Object matrix = matrix(rows, target, labels);
                float[][] predicted = (float[][]) booster.getClass()
                        .getMethod("predict", matrix.getClass(), boolean.class, int.class)
                        .invoke(booster, matrix, false, trees);
                return Arrays.stream(predicted)
                        .map(row -> IntStream.range(0, row.length)
                                .mapToDouble(i -> row[i])
                                .toArray())
                        .toArray(double[][]::new);
            } catch (ReflectiveOperationException e) {
                throw failed(e);
            }
        }

        @Override
        public long bytes() {
            try {
                return ((byte[]) booster.getClass().getMethod("toByteArray").invoke(booster)).length;
            } catch (ReflectiveOperationException e) {
                throw failed(e);
            }
        }
    }
}
