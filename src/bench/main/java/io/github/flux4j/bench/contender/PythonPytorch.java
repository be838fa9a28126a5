package io.github.flux4j.bench.contender;

/** PyTorch in Python, as its documentation trains; its options are that documentation's own advice. */
final class PythonPytorch {

    static final Entrant AS_IT_COMES = entrant("PyTorch in Python as it comes", "plain");
    static final Entrant FUSED = entrant("PyTorch in Python, fused", "fused");
    static final Entrant ONE_THREAD = entrant("PyTorch in Python, fused, one thread", "fused one-thread");
    static final Entrant COMPILED = entrant("PyTorch in Python, fused, compiled", "fused compiled");

    private static final PythonProcess.Library LIBRARY =
            new PythonProcess.Library("PyTorch", "torch", "pytorch", "python3-torch");

    private PythonPytorch() {}

    private static Entrant entrant(String title, String options) {
        return PythonProcess.entrant(title, problem -> new PythonProcess(problem, LIBRARY, options));
    }
}
