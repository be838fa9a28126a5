package io.github.flux4j.internal.arrays;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspace.Type;
import org.nd4j.linalg.api.memory.abstracts.Nd4jWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether an array's native memory is still there: closing the array releases it, and so does closing its workspace. Reading it afterwards would read other
 * data, or crash.
 */
public final class Lifetime {

    private Lifetime() {}

    /** Whether the memory was released, so that nobody may read or write the array. */
    public static boolean isOver(INDArray array) {
        return array.wasClosed() || array.isAttached() && isLeft(array);
    }

    /** ND4J's own test, plus one for a workspace that is destroyed while open or, being circular, outlives its scope. */
    private static boolean isLeft(INDArray array) {
        MemoryWorkspace workspace = array.data().getParentWorkspace();
        boolean outlivesItsScope = workspace.getWorkspaceType() == Type.CIRCULAR;
        boolean isCurrent = workspace.isScopeActive()
                && workspace.getGenerationId() == array.data().getGenerationId();
        return !(outlivesItsScope || isCurrent) || workspace instanceof Nd4jWorkspace nd4j && isEmpty(nd4j);
    }

    private static boolean isEmpty(Nd4jWorkspace workspace) {
        return workspace.getCurrentSize() == 0
                && workspace.getNumberOfExternalAllocations() == 0
                && workspace.getNumberOfPinnedAllocations() == 0;
    }

    /**
     * Throws if the array's memory was released.
     *
     * @param what the name of the array in the message
     * @throws IllegalStateException with the reason and what to do
     */
    public static void require(INDArray array, String what) {
        if (isOver(array)) {
            throw new IllegalStateException(array.wasClosed() ? closed(array, what) : left(array, what));
        }
    }

    private static String closed(INDArray array, String what) {
        return what + " can't be used: the array (shape " + Tensors.shape(array)
                + ") was closed. Close an array only when nothing uses it any more, or pass a copy: array.dup()";
    }

    private static String left(INDArray array, String what) {
        return what + " can't be used: workspace "
                + array.data().getParentWorkspace().getId()
                + ", which holds the array (shape " + Tensors.shape(array)
                + "), was closed. Detach the array first: array.detach()";
    }
}
