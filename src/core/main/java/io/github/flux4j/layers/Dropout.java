package io.github.flux4j.layers;

/**
 * Sets each element to 0 with probability p in training and multiplies the others by 1/(1 − p); does nothing in testing (Srivastava and others 2014).
 *
 * <p>p is the probability of dropping, as in Flux, not of keeping, as in DL4J. For threads see {@link Layer}.
 */
public final class Dropout extends MaskedLayer {

    private final Settings settings;

    /**
     * Drops with probability p; p = 1 gives zeros.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public Dropout(double p) {
        this(new Settings(p, RandomMask.ALL));
    }

    private Dropout(Settings settings) {
        super(new RandomMask(settings.dims, settings.p, 1 / (1 - settings.p), 0, 0));
        this.settings = settings;
    }

    /**
     * The layer's settings.
     *
     * @param dims 0 to drop whole rows, 1 whole columns, −1 single elements
     */
    public record Settings(double p, int dims) implements SameWidth {

        public Settings {
            RandomMask.probability("Dropout", p);
            if (dims != RandomMask.ALL && dims != 0 && dims != 1) {
                throw unknown(dims);
            }
        }

        private static IllegalArgumentException unknown(int dims) {
            return new IllegalArgumentException(
                    "Dropout's dims must be 0 (whole rows) or 1 (whole columns), but was " + dims);
        }

        @Override
        public Dropout build() {
            return new Dropout(this);
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    /**
     * Returns this layer with another unit of dropping: 0 drops whole rows (examples), 1 whole columns (features). In Flux, where examples are columns, these
     * are {@code dims = 2} and {@code dims = 1}.
     *
     * @throws IllegalArgumentException if the dimension is neither
     */
    public Dropout withDims(int dims) {
        if (dims == RandomMask.ALL) {
            throw Settings.unknown(dims);
        }
        return new Dropout(new Settings(settings.p, dims));
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    public String inOneLine() {
        return "Dropout(" + settings.p + (settings.dims == RandomMask.ALL ? "" : ", dims=" + settings.dims)
                + mode().describe() + ")";
    }
}
