package io.github.flux4j.layers;

/**
 * Dropout for {@code selu}: in training it drops elements and keeps mean and variance; in testing it does nothing (Klambauer and others 2017).
 *
 * <p>An element x becomes A·x + B with probability 1 − p, else A·α′ + B, where α′ = selu(−∞), A = 1/√((1 − p)(1 + p·α′²)), B = −A·α′·p. For threads see {@link
 * Layer}.
 */
public final class AlphaDropout extends MaskedLayer {

    /** selu(−∞) = −λ·α. */
    private static final double ALPHA = -1.7580993408473766;

    private final Settings settings;

    /**
     * Drops with probability p; p = 1 gives zeros.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public AlphaDropout(double p) {
        this(new Settings(p));
    }

    private AlphaDropout(Settings settings) {
        super(mask(settings.p));
        this.settings = settings;
    }

    private static RandomMask mask(double p) {
        double a = p == 1 ? 0 : 1 / Math.sqrt((1 - p) * (1 + p * ALPHA * ALPHA));
        double b = -a * ALPHA * p;
        return new RandomMask(RandomMask.ALL, p, a, b, a * ALPHA + b);
    }

    /** The layer's settings. */
    public record Settings(double p) implements SameWidth {

        public Settings {
            RandomMask.probability("AlphaDropout", p);
        }

        @Override
        public AlphaDropout build() {
            return new AlphaDropout(this);
        }

        @Override
        public String toString() {
            return call().toString();
        }
    }

    @Override
    public Settings structure() {
        return settings;
    }

    @Override
    public String inOneLine() {
        return "AlphaDropout(" + settings.p + ")";
    }
}
