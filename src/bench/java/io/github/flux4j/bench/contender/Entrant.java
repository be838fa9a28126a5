package io.github.flux4j.bench.contender;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** ND4J's operations, called by hand. */
    RAW_ND4J(RawNd4j::new, Settings.NO_SIZE_QUESTION),

    /** DL4J with the settings that make it fastest: no question for the process's size at each allocation, one thread. */
    RAW_DL4J_TUNED(RawDl4j::new, Settings.NO_SIZE_QUESTION.with("OMP_NUM_THREADS", "1")),

    /** flux4j, which chooses the engine. */
    FLUX4J(Flux4jModel::new, Settings.LAUNCHER),

    /** flux4j on the DL4J engine. */
    FLUX4J_DL4J(Flux4jModel::new, Settings.LAUNCHER.and("-Dflux4j.engine=dl4j")),

    /** flux4j on the lean engine. */
    FLUX4J_LEAN(Flux4jModel::new, Settings.LAUNCHER.and("-Dflux4j.engine=lean")),

    /** DJL on PyTorch. */
    DJL_PYTORCH(
            problem -> peer("io.github.flux4j.bench.peers.DjlPytorch", problem),
            Settings.NONE.and("-Dai.djl.offline=true")),

    /** TensorFlow Java, a graph run by a session. */
    TENSORFLOW(problem -> peer("io.github.flux4j.bench.peers.TensorFlowGraph", problem)),

    /** PyTorch in Python, where it is installed. */
    PYTORCH(PythonPytorch::new);

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

    /** A contender that is compiled only with the Maven profile {@code peers}. */
    private static Contender peer(String className, Problem problem) {
        try {
            return (Contender)
                    Class.forName(className).getConstructor(Problem.class).newInstance(problem);
        } catch (ClassNotFoundException absent) {
            throw new UnsupportedOperationException("not on the class path; compare with --peers", absent);
        } catch (InvocationTargetException failure) {
            throw new UnsupportedOperationException(failure.getCause().toString(), failure);
        } catch (ReflectiveOperationException broken) {
            throw new LinkageError(className, broken);
        }
    }

    public boolean isFlux4j() {
        return name().startsWith("FLUX4J");
    }

    /** Whether it takes part only if asked for, by {@code --peers}. */
    public boolean isPeer() {
        return this == DJL_PYTORCH || this == TENSORFLOW || this == PYTORCH;
    }

    /** Whether its Adam adds ε to √v before the bias correction, where Flux and the paper's algorithm add it after. */
    public boolean addsEpsilonElsewhere() {
        return this == RAW_DL4J || this == RAW_DL4J_TUNED || this == DJL_PYTORCH || this == TENSORFLOW;
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

        /** JavaCPP asks the operating system for the process's size at each allocation unless told that there is no limit. */
        static final Settings NO_SIZE_QUESTION = NONE.and("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

        /** As {@code scripts/flux4j} and the README start a JVM. */
        static final Settings LAUNCHER = NO_SIZE_QUESTION;

        Settings with(String variable, String value) {
            return new Settings(jvmArguments, Map.of(variable, value));
        }

        Settings and(String jvmArgument) {
            return new Settings(
                    Stream.concat(jvmArguments.stream(), Stream.of(jvmArgument)).toList(), environment);
        }
    }
}
