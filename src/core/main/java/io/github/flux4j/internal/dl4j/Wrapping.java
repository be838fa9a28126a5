package io.github.flux4j.internal.dl4j;

/** Unwraps DL4J's exceptions around those of a user's loss or layer, which were thrown for a reason. */
final class Wrapping {

    private static final String DL4J = "org.deeplearning4j.";

    private Wrapping() {}

    /** Returns what was thrown before DL4J wrapped it, for the caller to throw. Throws errors, and checked exceptions that code has sneaked out, itself. */
    static RuntimeException removed(RuntimeException failure) {
        Throwable inner = failure;
        while (isWrapping(inner)) {
            inner = inner.getCause();
        }
        return Wrapping.<RuntimeException>unchecked(inner);
    }

    private static boolean isWrapping(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass() == RuntimeException.class
                && failure.getCause() != null
                && trace.length > 0
                && trace[0].getClassName().startsWith(DL4J);
    }

    @SuppressWarnings("unchecked") // nothing is cast, the compiler is told that it needs no declaration
    private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
