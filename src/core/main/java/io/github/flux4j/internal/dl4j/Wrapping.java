package io.github.flux4j.internal.dl4j;

/** DL4J's own exceptions around those of the code that it calls, which a user's loss or layer has thrown for a reason. */
final class Wrapping {

    private static final String DL4J = "org.deeplearning4j.";

    private Wrapping() {}

    /** What was thrown before DL4J wrapped it. To be thrown in its place; an error, or a checked exception that code has sneaked out, is thrown here. */
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
