package io.github.flux4j.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of a table in its canonical form, which {@link Table#sha256} defines. */
final class TableHash {

    private static final String FORM = "flux4j table 1";
    private static final int BYTES = 1 << 13;
    private static final int GAP = -1;

    private final MessageDigest digest = digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);

    private TableHash() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(Table table) {
        TableHash hash = new TableHash();
        hash.add(bytes(FORM));
        hash.add(table.columns().size());
        hash.add(table.rows());
        table.columns().forEach(hash::add);
        hash.flush();
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void add(Column column) {
        add(bytes(column.name()));
        if (column instanceof Numbers numbers) {
            add(bytes(numbers.type()));
            for (int row = 0; row < numbers.size(); row++) {
                room(Double.BYTES).putLong(Double.doubleToLongBits(numbers.value(row)));
            }
        } else {
            add(bytes("text"));
            add((Texts) column);
        }
    }

    private void add(Texts texts) {
        List<byte[]> levels = texts.levels().stream().map(TableHash::bytes).toList();
        for (int row = 0; row < texts.size(); row++) {
            if (texts.isMissing(row)) {
                add(GAP);
            } else {
                add(levels.get(texts.code(row)));
            }
        }
    }

    private void add(int number) {
        room(Integer.BYTES).putInt(number);
    }

    private void add(byte... text) {
        add(text.length);
        flush();
        digest.update(text);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
