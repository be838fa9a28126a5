package io.github.flux4j.bench.contender;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** Who competes, and the settings of the process of its own that it gets. The one list of them: a further one is a class and a line here. */
public enum Contenders {

    /** flux4j, which chooses the engine. */
    FLUX4J("flux4j", Kind.FLUX4J, Flux4jModel::new),
    /** flux4j on the DL4J engine. */
    FLUX4J_DL4J("flux4j on its DL4J engine", Kind.FLUX4J, Flux4jModel::new, "-Dflux4j.engine=dl4j"),
    /** flux4j on the lean engine. */
    FLUX4J_LEAN("flux4j on its lean engine", Kind.FLUX4J, Flux4jModel::new, "-Dflux4j.engine=lean"),
    /** The harness itself. */
    NULL("nothing", Kind.PLAIN, floats(Nothing::new)),
    /** Readable Java, the JDK alone. */
    HAND_ROLLED("readable loops, one thread", Kind.PLAIN, floats(HandRolled::start)),
    /** The fastest plain Java, on one thread. */
    HAND_ROLLED_TUNED("tuned loops, one thread", Kind.PLAIN, floats(HandRolledTuned::onOneThread)),
    /** The same loops, on a thread a core. */
    HAND_ROLLED_THREADED("tuned loops, a thread a core", Kind.PLAIN, floats(HandRolledTuned::onAThreadACore)),
    /** The same again, with products by the Vector API of a later Java. */
    HAND_ROLLED_VECTOR(
            "loops with the Vector API, a thread a core",
            Kind.PLAIN,
            floats(HandRolledTuned::withVectors),
            "--add-modules=jdk.incubator.vector"),
    /** DL4J as its documentation shows it, with no setting changed. */
    RAW_DL4J("DL4J as it comes", Kind.ND4J, floats(RawDl4j::new)),
    /** DL4J with the settings that make it fastest: no question for the process's size at each allocation, no check of workspaces, one thread. */
    RAW_DL4J_TUNED(
            "DL4J tuned, one thread",
            Kind.ND4J,
            floats(RawDl4j::tuned),
            Map.of("OMP_NUM_THREADS", "1"),
            Settings.NO_SIZE_QUESTION),
    /** ND4J's operations, called by hand. */
    RAW_ND4J("ND4J by hand", Kind.ND4J, floats(RawNd4j::new), Settings.NO_SIZE_QUESTION),
    /** ONNX Runtime on flux4j's export; it only predicts. */
    ONNX_RUNTIME("ONNX Runtime as it comes", Kind.ND4J, floats(OnnxSession::asItComes)),
    /** ONNX Runtime with one thread, and with inputs and outputs that stay in place. */
    ONNX_RUNTIME_TUNED("ONNX Runtime tuned, one thread", Kind.ND4J, floats(OnnxSession::tuned)),
    /** DJL on PyTorch. */
    DJL_PYTORCH("DJL on PyTorch as it comes", Kind.PEER, peer("DjlPytorch"), "-Dai.djl.offline=true"),
    /** DJL on PyTorch with one thread, which its documentation advises for small models. */
    DJL_PYTORCH_ONE_THREAD(
            "DJL on PyTorch, one thread",
            Kind.PEER,
            peer("DjlPytorch"),
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1"),
    /** TensorFlow Java, a graph run by a session. */
    TENSORFLOW("TensorFlow Java as it comes", Kind.PEER, peer("TensorFlowGraph")),
    /** TensorFlow Java with one thread. */
    TENSORFLOW_ONE_THREAD(
            "TensorFlow Java, one thread",
            Kind.PEER,
            peer("TensorFlowGraph"),
            Map.of("TF_NUM_INTRAOP_THREADS", "1", "TF_NUM_INTEROP_THREADS", "1")),
    /** TensorFlow Java with its graphs compiled by XLA. */
    TENSORFLOW_XLA(
            "TensorFlow Java, compiled by XLA",
            Kind.PEER,
            peer("TensorFlowGraph"),
            Map.of("TF_XLA_FLAGS", "--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit")),
    /** PyTorch in Python, where it is installed. */
    PYTORCH("PyTorch in Python as it comes", Kind.PEER, floats(problem -> PythonPytorch.start(problem, "plain"))),
    /** PyTorch with its fused optimisers. */
    PYTORCH_FUSED("PyTorch in Python, fused", Kind.PEER, floats(problem -> PythonPytorch.start(problem, "fused"))),
    /** PyTorch with its fused optimisers, on one thread. */
    PYTORCH_ONE_THREAD(
            "PyTorch in Python, fused, one thread",
            Kind.PEER,
            floats(problem -> PythonPytorch.start(problem, "fused one-thread"))),
    /** PyTorch with its fused optimisers, and model and loss compiled. */
    PYTORCH_COMPILED(
            "PyTorch in Python, fused, compiled",
            Kind.PEER,
            floats(problem -> PythonPytorch.start(problem, "fused compiled"))),
    /** scikit-learn in Python, where it is installed. */
    SCIKIT_LEARN("scikit-learn in Python", Kind.PEER, floats(PythonScikitLearn::start));

    private enum Kind {
        FLUX4J,
        ND4J,
        PLAIN,
        PEER
    }

    /** Gets ready for a problem. */
    private interface Factory {
        Contender start(Problem problem, DataType type);
    }

    private static final class Settings {

        /** JavaCPP asks the operating system for the process's size at each allocation unless told that there is no limit. */
        static final String NO_SIZE_QUESTION = "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0";
    }

    private final String title;
    private final Kind kind;
    private final Factory factory;
    private final Map<String, String> environment;
    private final List<String> jvmArguments;

    Contenders(String title, Kind kind, Factory factory, String... jvmArguments) {
        this(title, kind, factory, Map.of(), jvmArguments);
    }

    Contenders(String title, Kind kind, Factory factory, Map<String, String> environment, String... jvmArguments) {
        this.title = title;
        this.kind = kind;
        this.factory = factory;
        this.environment = environment;
        this.jvmArguments = List.of(jvmArguments);
    }

    private static Factory floats(Function<Problem, Contender> factory) {
        return (problem, type) -> {
            if (type != DataType.FLOAT) {
                throw new UnsupportedOperationException("it is written for numbers of type float");
            }
            return factory.apply(problem);
        };
    }

    /** A contender that is compiled only with the Maven profile {@code peers}. */
    private static Factory peer(String className) {
        return floats(problem -> {
            try {
                return (Contender) Class.forName("io.github.flux4j.bench.peers." + className)
                        .getConstructor(Problem.class)
                        .newInstance(problem);
            } catch (ClassNotFoundException absent) {
                throw new UnsupportedOperationException("not on the class path; compare with --peers", absent);
            } catch (InvocationTargetException failure) {
                throw new UnsupportedOperationException(failure.getCause().toString(), failure);
            } catch (ReflectiveOperationException broken) {
                throw new LinkageError(className, broken);
            }
        });
    }

    /**
     * Gets ready for a problem.
     *
     * @throws UnsupportedOperationException if it can't do this problem here, or not with such numbers; the message says why
     */
    public Contender start(Problem problem, DataType type) {
        return factory.start(problem, type);
    }

    /** In words. */
    public String title() {
        return title;
    }

    public boolean isFlux4j() {
        return kind == Kind.FLUX4J;
    }

    /** Whether it is another's way of doing the work. */
    public boolean isRival() {
        return !isFlux4j() && this != NULL;
    }

    /** Whether its process has ND4J in it. */
    public boolean isOnNd4j() {
        return kind == Kind.FLUX4J || kind == Kind.ND4J;
    }

    /** Whether it takes part only if asked for, by {@code --peers}. */
    public boolean isPeer() {
        return kind == Kind.PEER;
    }

    /** Whether it needs Java's Vector API, and so a later Java than this project's. */
    public boolean needsVectorApi() {
        return this == HAND_ROLLED_VECTOR;
    }

    /** Whether it can be timed at this at all: ONNX Runtime only predicts, and of a single call in Python the way there would be timed. */
    public boolean does(Problem.Task task) {
        return switch (this) {
            case ONNX_RUNTIME, ONNX_RUNTIME_TUNED ->
                task == Problem.Task.PREDICTION || task == Problem.Task.EACH_PREDICTION;
            case PYTORCH, PYTORCH_FUSED, PYTORCH_ONE_THREAD, PYTORCH_COMPILED, SCIKIT_LEARN ->
                switch (task) {
                    case TRAINING, TIME_TO_LOSS, FIRST_SECOND -> true;
                    default -> false;
                };
            default -> true;
        };
    }

    /** Whether its Adam adds ε to √v before the bias correction, where Flux and the paper's algorithm add it after. */
    public boolean addsEpsilonElsewhere() {
        return Stream.of("RAW_DL4J", "DJL", "TENSORFLOW", "SCIKIT_LEARN").anyMatch(name()::startsWith);
    }

    /** Beside those that every JVM with flux4j is given. */
    public List<String> jvmArguments() {
        return jvmArguments;
    }

    public Map<String, String> environment() {
        return environment;
    }
}
