package io.github.flux4j.serve;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, as far as it may go. */
final class Body extends FilterInputStream {

    private final long most;
    private long left;

    Body(InputStream body, long most) {
        super(body);
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw tooLarge(most);
        }
        return count;
    }

    static Refusal tooLarge(long most) {
        return new Refusal(
                413,
                "expected a body of at most " + most + " bytes, but this one is larger; send fewer rows at a time");
    }

    /** Whoever refuses a body hears it out, within bounds, since else his answer might get lost with the connection. */
    static void drain(InputStream body, long most) {
        byte[] piece = new byte[1 << 13];
        long left = most;
        try {
            for (int count = 0; count >= 0 && left > 0; left -= count) {
                count = body.read(piece);
            }
        } catch (IOException e) {
            // the client has its answer, and went
        }
    }

    /** The exchange's to do. */
    @Override
    public void close() {}

    @Override
    public boolean markSupported() {
        return false;
    }
}
