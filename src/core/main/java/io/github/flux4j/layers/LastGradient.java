package io.github.flux4j.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Knows whether a model's next step must use its last gradient, so that running statistics may follow that gradient's batch. It must if one gradient was
 * computed since the last step, or several into the array that the step receives, each over the one before. A step by an average of batches uses none of their
 * gradients.
 */
final class LastGradient {

    private INDArray only;
    private int count;
    private boolean forStep;

    /** Records a gradient in this array. */
    synchronized void computed(INDArray into) {
        if (forStep) {
            forget(); // that step was not made
        }
        only = count == 0 || only == into ? into : null;
        count++;
    }

    /** Records a gradient in this array that the next step uses, whatever others were computed before. */
    synchronized void computedForStep(INDArray into) {
        only = into;
        count = 1;
        forStep = true;
    }

    /** Whether a step by this gradient uses the last batch's. */
    synchronized boolean isMeantBy(INDArray gradient) {
        return count == 1 || count > 1 && only == gradient;
    }

    /** Forgets the gradients after a step. */
    synchronized void forget() {
        only = null;
        count = 0;
        forStep = false;
    }
}
