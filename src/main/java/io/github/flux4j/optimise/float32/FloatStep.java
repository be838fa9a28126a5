package io.github.flux4j.optimise.float32;

/** A rule at work on one parameter array: turns gradients into steps, strip by strip, and keeps the state of each strip. */
interface FloatStep {

    /**
     * Replaces gradients by steps, {@code parameter ← parameter − step}.
     *
     * @param step on entry the gradients of a strip, on return the steps
     * @param parameters the strip's parameters, before the step
     * @param n how many elements the strip has
     * @param strip its number within the array
     */
    void apply(float[] step, float[] parameters, int n, int strip);
}
