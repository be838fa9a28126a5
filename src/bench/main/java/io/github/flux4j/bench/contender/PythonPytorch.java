package io.github.flux4j.bench.contender;

/** PyTorch in Python, as its documentation trains. */
final class PythonPytorch {

    private static final PythonProcess.Library LIBRARY =
            new PythonProcess.Library("PyTorch", "torch", "pytorch.py", "python3-torch");

    private PythonPytorch() {}

    /**
     * A model in a process of its own.
     *
     * @param options which of PyTorch's own advice is followed: fused, compiled, one-thread
     */
    static Contender start(Problem problem, String options) {
        return new PythonProcess(problem, LIBRARY, options);
    }
}
