package io.github.flux4j.bench.contender;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Libraries that Maven fetches only with its profile {@code peers}, by which alone their classes in {@code src/bench/peers} are compiled. */
final class Peers {

    static final Entrant DJL_PYTORCH =
            peer("DJL on PyTorch as it comes", "DjlPytorch").withJvm("-Dai.djl.offline=true");

    /** One thread is what its documentation advises for small models. */
    static final Entrant DJL_PYTORCH_ONE_THREAD = peer("DJL on PyTorch, one thread", "DjlPytorch")
            .withJvm(
                    "-Dai.djl.offline=true",
                    "-Dai.djl.pytorch.num_threads=1",
                    "-Dai.djl.pytorch.num_interop_threads=1");

    /** A graph run by a session. */
    static final Entrant TENSORFLOW = peer("TensorFlow Java as it comes", "TensorFlowGraph");

    static final Entrant TENSORFLOW_ONE_THREAD = peer("TensorFlow Java, one thread", "TensorFlowGraph")
            .withEnvironment(Map.of("TF_NUM_INTRAOP_THREADS", "1", "TF_NUM_INTEROP_THREADS", "1"));

    static final Entrant TENSORFLOW_XLA = peer("TensorFlow Java, compiled by XLA", "TensorFlowGraph")
            .withEnvironment(Map.of("TF_XLA_FLAGS", "--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit"));

    private Peers() {}

    private static Entrant peer(String title, String className) {
        return Entrant.ofFloats(title, Entrant.Kind.PEER, problem -> start(className, problem))
                .addingEpsilonElsewhere();
    }

    private static Contender start(String className, Problem problem) {
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
    }
}
