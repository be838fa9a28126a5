package io.github.flux4j.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Problems that are timed together, as one question. */
public enum ProblemGroup {

    /** Small steps and predictions, on networks of different size; and whatever is in no other group. */
    STANDARD(
            "Who is fastest at a step, or a prediction?",
            "article",
            "mlp-8-64-64-1-adam",
            "mlp-4-32-16-4-tanh",
            "digits",
            "mlp-784-512-256-10-sgd",
            "mlp-784-512-256-10-adam",
            "predict-8-64-64-1",
            "predict-batch"),

    /** Measured once a process: not by JMH. */
    WHOLE_RUNS("Who is fastest over a whole run?", "cold-start", "time-to-loss-digits", "time-to-loss-auto-mpg"),

    /** Single calls, on a quiet machine and on a busy one. */
    LATENCY(
            "How long do single steps and predictions take?",
            "latency-predict-8-64-64-1",
            "latency-predict-8-64-64-1-busy",
            "latency-mlp-8-64-64-1-adam",
            "latency-mlp-8-64-64-1-adam-busy"),

    /** What is done while Java still compiles it. */
    FIRST_SECOND(
            "Who gets most done in the first second?",
            "first-second-article",
            "first-second-mlp-8-64-64-1-adam",
            "first-second-digits"),

    GRID("Who is fastest at which batch size and width?", Problems.grid().toArray(String[]::new));

    private final String asks;
    private final List<String> problems;

    ProblemGroup(String asks, String... problems) {
        this.asks = asks;
        this.problems = List.of(problems);
    }

    /** As users name it, and its question. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String asks() {
        return asks;
    }

    public List<String> problems() {
        return problems;
    }

    /** That a problem is of, in the list or not. */
    public static ProblemGroup of(String problem) {
        return Arrays.stream(values())
                .filter(group ->
                        group.problems.contains(problem) || group != STANDARD && problem.startsWith(group.key() + "-"))
                .findFirst()
                .orElse(STANDARD);
    }

    /** The problems that a name of the command line stands for: one, a group's, or all. */
    public static List<String> expand(String name) {
        List<String> found = Stream.of(values())
                .filter(group -> name.equals("all") || name.equals(group.key()))
                .flatMap(group -> group.problems.stream())
                .toList();
        return found.isEmpty() ? List.of(Workloads.named(name).name()) : found;
    }
}
