package io.github.flux4j.bench.contender;

import java.util.function.Supplier;

/** Who competes, each in a process of its own: the one list of them. A further one is a class and a line here; the class says all else. */
public enum Contenders {
    FLUX4J(() -> Flux4jModel.OF_ITS_CHOICE),
    FLUX4J_ONEDNN(() -> Flux4jModel.WITH_ONEDNN),
    FLUX4J_DL4J(() -> Flux4jModel.ON_DL4J),
    FLUX4J_LEAN(() -> Flux4jModel.ON_LEAN),
    NULL(() -> Nothing.ITSELF),
    HAND_ROLLED(() -> HandRolled.ITSELF),
    HAND_ROLLED_TUNED(() -> HandRolledTuned.ITSELF),
    HAND_ROLLED_THREADED(() -> Entrant.retired("tuned loops, a thread a core")),
    HAND_ROLLED_VECTOR(() -> Entrant.retired("loops with the Vector API, a thread a core")),
    RAW_DL4J(() -> RawDl4j.AS_IT_COMES),
    RAW_DL4J_TUNED(() -> RawDl4j.TUNED),
    RAW_ND4J(() -> Entrant.retired("ND4J by hand")),
    ONNX_RUNTIME(() -> OnnxSession.AS_IT_COMES),
    ONNX_RUNTIME_TUNED(() -> OnnxSession.TUNED),
    DJL_PYTORCH(() -> Peers.DJL_PYTORCH),
    DJL_PYTORCH_ONE_THREAD(() -> Peers.DJL_PYTORCH_ONE_THREAD),
    TENSORFLOW(() -> Peers.TENSORFLOW),
    TENSORFLOW_ONE_THREAD(() -> Peers.TENSORFLOW_ONE_THREAD),
    TENSORFLOW_XLA(() -> Peers.TENSORFLOW_XLA),
    PYTORCH(() -> PythonPytorch.AS_IT_COMES),
    PYTORCH_FUSED(() -> PythonPytorch.FUSED),
    PYTORCH_ONE_THREAD(() -> PythonPytorch.ONE_THREAD),
    PYTORCH_COMPILED(() -> PythonPytorch.COMPILED),
    SCIKIT_LEARN(() -> PythonScikitLearn.ITSELF);

    /** Asked when needed, so that a contender's process loads no other's classes. */
    private final Supplier<Entrant> itself;

    Contenders(Supplier<Entrant> itself) {
        this.itself = itself;
    }

    /** What it says of itself. */
    public Entrant entrant() {
        return itself.get();
    }
}
