package io.github.flux4j.io.onnx;

/** What a file may ask for; checked before room is made for it. */
final class Limits {

    /** Bytes of a file, which protobuf can't exceed either. */
    static final long FILE = Integer.MAX_VALUE - 64;

    /** Messages in each other. */
    static final int NESTING = 16;

    /** Fields of all messages, each of which may cost a hundred bytes of heap; numbers and text within a field don't count. */
    static final int FIELDS = 200_000;

    /** Operators of a graph, and tensors. */
    static final int NODES = 4096;

    /** Dimensions of a tensor. */
    static final int RANK = 8;

    /** Columns of the input. */
    static final long COLUMNS = 1 << 20;

    /** Columns of all layers together: a single number in a file can stand for as many. */
    static final long WIDTHS = 1 << 21;

    private Limits() {}
}
