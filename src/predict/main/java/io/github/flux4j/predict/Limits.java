package io.github.flux4j.predict;

/** What a file may ask for; all of it is checked before room is made for it. */
public final class Limits {

    /** Bytes of a file. */
    public static final long FILE = 1L << 31;

    /** Bytes of the header. */
    public static final int HEADER = 16 << 20;

    /** Tensors of a file. */
    public static final int TENSORS = 4096;

    /** Dimensions of a tensor. */
    public static final int RANK = 8;

    /** Entries of {@code __metadata__}. */
    public static final int METADATA = 1024;

    /** Objects and lists within each other. */
    public static final int NESTING = 16;

    /** Values of a JSON text: each may cost a hundred bytes of heap. */
    public static final int VALUES = 500_000;

    /** Networks of a model. */
    public static final int NETWORKS = 256;

    /** Layers of a network. */
    public static final int LAYERS = 256;

    /** Letters of a layer's name. */
    public static final int NAME = 256;

    /** Different texts of a column. */
    public static final int LEVELS = 100_000;

    private Limits() {}
}
