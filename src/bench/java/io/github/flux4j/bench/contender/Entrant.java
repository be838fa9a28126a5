package io.github.flux4j.bench.contender;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who competes, and the settings of the JVM of its own that it gets. The names are those of the reports. */
public enum Entrant {
    /** The harness itself. */
    NULL(Nothing::new),

    /** Readable Java, the JDK alone. */
    HAND_ROLLED(problem -> HandRolledLine.fits(problem) ? new HandRolledLine(problem) : new HandRolled(problem)),

    /** The fastest plain Java, on one thread. */
    HAND_ROLLED_TUNED(
            problem -> HandRolledLine.fits(problem) ? new HandRolledLine(problem) : new HandRolledTuned(problem)),

    /** DL4J as its documentation shows it, with no setting changed. */
    RAW_DL4J(RawDl4j::new),

    /** flux4j, which chooses the engine. */
    FLUX4J(Flux4jModel::new, Settings.LAUNCHER),

    /** flux4j on the DL4J engine. */
    FLUX4J_DL4J(Flux4jModel::new, Settings.LAUNCHER.and("-Dflux4j.engine=dl4j")),

    /** flux4j on the lean engine. */
    FLUX4J_LEAN(Flux4jModel::new, Settings.LAUNCHER.and("-Dflux4j.engine=lean"));

    private final Function<Problem, Contender> factory;
    private final Settings settings;

    Entrant(Function<Problem, Contender> factory) {
        this(factory, Settings.NONE);
    }

    Entrant(Function<Problem, Contender> factory, Settings settings) {
        this.factory = factory;
        this.settings = settings;
    }

    /**
     * Gets ready for a problem.
     *
     * @throws UnsupportedOperationException if it can't do this problem here; the message says why
     */
    public Contender start(Problem problem) {
        return factory.apply(problem);
    }

    public List<String> jvmArguments() {
        return settings.jvmArguments();
    }

    public Map<String, String> environment() {
        return settings.environment();
    }

    /** Settings that hold for a whole process. */
    private record Settings(List<String> jvmArguments, Map<String, String> environment) {

        static final Settings NONE = new Settings(List.of(), Map.of());

        /** As {@code scripts/flux4j} and the README start a JVM. */
        static final Settings LAUNCHER = NONE.and("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

        Settings and(String jvmArgument) {
            return new Settings(
                    java.util.stream.Stream.concat(jvmArguments.stream(), java.util.stream.Stream.of(jvmArgument))
                            .toList(),
                    environment);
        }
    }
}
