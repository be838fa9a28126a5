package io.github.flux4j.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether a model's next step can only be that of its last gradient, whose batch the running statistics wait to follow. It can if one gradient was
 * computed since the last step, or several into the one array that the step is given, each over the one before. A step by the mean of several
 * batches' gradients is that of none of them.
 */
final class LastGradient {

    private INDArray only;
    private int count;
    private boolean forStep;

    /** A gradient was computed into this array. */
    synchronized void computed(INDArray into) {
        if (forStep) {
            forget(); // that step was not made
        }
        only = count == 0 || only == into ? into : null;
        count++;
    }

    /** A gradient was computed into this array, and the next step is by that one, whatever others were asked for before. */
    synchronized void computedForStep(INDArray into) {
        only = into;
        count = 1;
        forStep = true;
    }

    /** Whether a step by this gradient is that of the last batch. */
    synchronized boolean isMeantBy(INDArray gradient) {
        return count == 1 || count > 1 && only == gradient;
    }

    /** After a step. */
    synchronized void forget() {
        only = null;
        count = 0;
        forStep = false;
    }
}
