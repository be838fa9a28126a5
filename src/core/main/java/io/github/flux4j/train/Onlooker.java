package io.github.flux4j.train;

/** Who is told of a pass while it goes on. */
interface Onlooker {

    /** Nobody. */
    Onlooker NONE = new Onlooker() {
        @Override
        public void after(int batch, double loss) {}

        @Override
        public DivergedException told(DivergedException diverged) {
            return diverged;
        }

        @Override
        public void ended(int batches, boolean stopped) {}
    };

    /** Called after each batch, with NaN for one that was skipped; may stop the pass. */
    void after(int batch, double loss);

    /** The same with what the onlooker knows of the run. */
    DivergedException told(DivergedException diverged);

    /** Called at the end: how many batches were begun, and whether {@code stop()} ended them. */
    void ended(int batches, boolean stopped);
}
