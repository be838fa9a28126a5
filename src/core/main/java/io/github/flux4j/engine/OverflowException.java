package io.github.flux4j.engine;

/** Thrown when a gradient, a step or a statistic is or would be NaN or infinite. Nothing was changed. */
public final class OverflowException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    /** What to do about numbers that outgrow a type. */
    public static final String REMEDY = "Try a smaller learning rate or scale features and targets";

    private final String what;

    /**
     * Makes the exception for this reason.
     *
     * @param what a sentence without its full stop: {@code the gradient of weight is Infinity}
     */
    public OverflowException(String what) {
        super(what + "; nothing was changed. " + REMEDY);
        this.what = what;
    }

    /** Returns what overflowed, without what to do about it. */
    public String what() {
        return what;
    }
}
