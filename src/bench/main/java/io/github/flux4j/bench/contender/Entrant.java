package io.github.flux4j.bench.contender;

import static io.github.flux4j.bench.contender.Problem.Task;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a contender says of itself, in its own file: all that the harness, the reports and the listings ask.
 *
 * @param title in words
 * @param tasks at which it can be timed
 * @param addsEpsilonElsewhere whether its Adam adds ε to √v before the bias correction, where Flux and the paper's algorithm add it after
 * @param environment of its process
 * @param jvmArguments beside those that every JVM with flux4j is given
 */
public record Entrant(
        String title,
        Kind kind,
        BiFunction<Problem, DataType, Contender> factory,
        Set<Task> tasks,
        boolean addsEpsilonElsewhere,
        Map<String, String> environment,
        List<String> jvmArguments) {

    /** What is in its process. */
    public enum Kind {
        FLUX4J,
        ND4J,
        PLAIN,
        /** A library that takes part only if asked for, by {@code --peers}. */
        PEER,
        /** The harness alone. */
        NOTHING,
        /** No longer timed; results of it are read. */
        RETIRED
    }

    /** At everything, for numbers of whatever type it takes. */
    static Entrant of(String title, Kind kind, BiFunction<Problem, DataType, Contender> factory) {
        return new Entrant(title, kind, factory, EnumSet.allOf(Task.class), false, Map.of(), List.of());
    }

    /** At everything, for Float32 alone. */
    static Entrant ofFloats(String title, Kind kind, Function<Problem, Contender> factory) {
        return of(title, kind, (problem, type) -> {
            if (type != DataType.FLOAT) {
                throw new UnsupportedOperationException("it is written for numbers of type float");
            }
            return factory.apply(problem);
        });
    }

    static Entrant retired(String title) {
        return ofFloats(title, Kind.RETIRED, problem -> {
            throw new UnsupportedOperationException("it is no longer timed; results of it are still read");
        });
    }

    Entrant onlyAt(Task first, Task... others) {
        return new Entrant(
                title, kind, factory, EnumSet.of(first, others), addsEpsilonElsewhere, environment, jvmArguments);
    }

    Entrant addingEpsilonElsewhere() {
        return new Entrant(title, kind, factory, tasks, true, environment, jvmArguments);
    }

    Entrant withEnvironment(Map<String, String> variables) {
        return new Entrant(title, kind, factory, tasks, addsEpsilonElsewhere, variables, jvmArguments);
    }

    Entrant withJvm(String... arguments) {
        return new Entrant(title, kind, factory, tasks, addsEpsilonElsewhere, environment, List.of(arguments));
    }

    /**
     * Gets ready for a problem.
     *
     * @throws UnsupportedOperationException if it can't do this problem here, or not with such numbers; the message says why
     */
    public Contender start(Problem problem, DataType type) {
        return factory.apply(problem, type);
    }

    public boolean isFlux4j() {
        return kind == Kind.FLUX4J;
    }

    /** Whether it is another's way of doing the work. */
    public boolean isRival() {
        return kind != Kind.FLUX4J && kind != Kind.NOTHING;
    }

    /** Whether its process has ND4J in it. */
    public boolean isOnNd4j() {
        return kind == Kind.FLUX4J || kind == Kind.ND4J;
    }
}
