package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * What is asked, and how long is measured.
 *
 * @param name also of its files
 * @param rounds processes for each cell
 * @param warmupMillis for each workload in a process, before it is timed
 * @param measureMillis for each workload in a process
 */
public record ExperimentPlan(
        String name, String title, int rounds, int warmupMillis, int measureMillis, List<Question> questions) {

    private static final double SHORT = 1000; // milliseconds of warm-up, below which a first impression is wanted

    /** Those that come along, as resources. */
    public static final List<String> READY = List.of("quick", "full", "threads", "startup");

    private static final Set<String> GENERAL = Set.of("title", "rounds", "warmup", "measure", "questions");
    private static final Set<String> OF_A_QUESTION = Set.of("asks", "vary", "with", "workloads");

    private static final int MOST = 1_000_000; // rounds or milliseconds
    private static final int LONGEST = 100_000; // bytes of a file

    public ExperimentPlan {
        requireWithinRange(name, "rounds", rounds, rounds);
        requireWithinRange(name, "warmup", warmupMillis, warmupMillis);
        requireWithinRange(name, "measure", measureMillis, measureMillis);
        List<String> names = questions.stream().map(Question::name).toList();
        if (names.isEmpty() || names.size() > Set.copyOf(names).size()) {
            throw new IllegalArgumentException(
                    "plan " + name + ": expected one question or more, each once, but got " + names);
        }
    }

    private static void requireWithinRange(String plan, String key, int number, Object given) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "plan " + plan + ": " + key + " must be a whole number from 1 to " + MOST + ", but is " + given);
        }
    }

    /**
     * Reads a plan.
     *
     * @param name one of {@link #READY}, or a file
     */
    public static ExperimentPlan load(String name) throws IOException {
        if (READY.contains(name)) {
            try (InputStream plan = ExperimentPlan.class.getResourceAsStream(name + ".properties")) {
                return parse(name, new InputStreamReader(plan, StandardCharsets.UTF_8));
            }
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("there is no plan \"" + name + "\": neither a file nor one of " + READY);
        }
        return parse(file.getFileName().toString().replaceAll("\\.properties$", ""), new StringReader(text(file)));
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IllegalArgumentException(file + " is no plan: it has more than " + LONGEST + " bytes");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no plan: it isn't text in UTF-8", e);
        }
    }

    public static ExperimentPlan parse(String name, Reader text) throws IOException {
        Properties properties = properties(name, text);
        List<String> questions = list(required(name, properties, "questions"));
        requireKnownKeys(name, properties, questions);
        return new ExperimentPlan(
                name,
                properties.getProperty("title", name),
                number(name, properties, "rounds", 3),
                number(name, properties, "warmup", 300),
                number(name, properties, "measure", 500),
                questions.stream()
                        .map(question -> question(name, properties, question))
                        .toList());
    }

    private static Properties properties(String name, Reader text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(text);
        } catch (IllegalArgumentException e) { // of \\u without digits
            throw new IllegalArgumentException("plan " + name + ": " + e.getMessage(), e);
        }
        return properties;
    }

    private static Question question(String plan, Properties properties, String name) {
        List<Question.Variation> vary = new ArrayList<>();
        for (String variation : required(plan, properties, name + ".vary").split(";")) {
            vary.add(Question.Variation.parse(variation));
        }
        List<String> workloads = list(required(plan, properties, name + ".workloads"));
        workloads.forEach(Workloads::named);
        return new Question(
                name,
                properties.getProperty(name + ".asks", name),
                Cell.STANDARD.with(settings(properties.getProperty(name + ".with", ""))),
                vary,
                workloads);
    }

    /** From {@code axis: value; axis: value}. */
    public static Map<CellAxis, String> settings(String text) {
        Map<CellAxis, String> settings = new LinkedHashMap<>();
        for (String setting : text.isBlank() ? new String[0] : text.split(";")) {
            Question.Variation one = Question.Variation.parse(setting);
            if (one.values().size() != 1) {
                throw new IllegalArgumentException(
                        "\"" + setting.strip() + "\" gives " + one.values().size() + " values; a setting has one");
            }
            settings.put(one.axis(), one.values().get(0));
        }
        return settings;
    }

    private static void requireKnownKeys(String plan, Properties properties, List<String> questions) {
        Set<String> known = new LinkedHashSet<>(GENERAL);
        questions.forEach(question -> OF_A_QUESTION.forEach(key -> known.add(question + "." + key)));
        for (String key : properties.stringPropertyNames()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("plan " + plan + ": unknown key \"" + key + "\"; there are "
                        + GENERAL + ", and for each name in questions NAME." + String.join(", NAME.", OF_A_QUESTION));
            }
        }
    }

    private static String required(String plan, Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("plan " + plan + ": " + key + " is missing");
        }
        return value;
    }

    private static int number(String plan, Properties properties, String key, int otherwise) {
        String value = properties.getProperty(key, String.valueOf(otherwise)).strip();
        requireWithinRange(plan, key, value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0, value);
        return Integer.parseInt(value);
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    public ExperimentPlan withRounds(int other) {
        return new ExperimentPlan(name, title, other, warmupMillis, measureMillis, questions);
    }

    public ExperimentPlan withQuestions(List<Question> others) {
        return new ExperimentPlan(name, title, rounds, warmupMillis, measureMillis, others);
    }

    /** Without what is no longer timed. */
    ExperimentPlan known() {
        return withQuestions(questions.stream()
                .map(question -> question.timing(
                        question.workloads().stream().filter(Workloads::isKnown).toList()))
                .toList());
    }

    /** Only these questions. */
    public ExperimentPlan only(List<String> names) {
        List<String> all = questions.stream().map(Question::name).toList();
        for (String wanted : names) {
            if (!all.contains(wanted)) {
                throw new IllegalArgumentException(
                        "plan " + name + " has no question \"" + wanted + "\"; it has " + String.join(", ", all));
            }
        }
        return withQuestions(
                questions.stream().filter(q -> names.contains(q.name())).toList());
    }

    /** Of the runs over which agreement is proved, for one cell and workload: the reference does some 5e9 a second. */
    double mostFlop() {
        return warmupMillis < SHORT ? 1e10 : 6e10;
    }

    /** Every cell once, with all that is timed in it, in the order of the questions. */
    public Map<Cell, Set<String>> work() {
        Map<Cell, Set<String>> work = new LinkedHashMap<>();
        for (Question question : questions) {
            for (String workload : question.workloads()) {
                question.timed(workload).stream()
                        .filter(cell -> cell.has(CellAxis.AGAIN, "no"))
                        .forEach(cell -> work.computeIfAbsent(cell, key -> new LinkedHashSet<>())
                                .add(workload));
            }
        }
        return work;
    }
}
