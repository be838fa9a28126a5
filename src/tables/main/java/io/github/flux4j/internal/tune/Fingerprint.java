package io.github.flux4j.internal.tune;

import io.github.flux4j.table.Column;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of what a tuning depends on, in hexadecimal. */
public final class Fingerprint {

    private Fingerprint() {}

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static String of(Content content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream counted = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(counted))) {
                content.write(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of nothing
        }
    }

    /** Of names, kinds and values of all columns. */
    public static String of(Table table) {
        return of(out -> {
            for (Column column : table.columns()) {
                write(column.name(), out);
                write(column.type(), out);
                write(column, out);
            }
        });
    }

    private static void write(Column column, DataOutputStream out) throws IOException {
        out.writeInt(column.size());
        for (int row = 0; row < column.size(); row++) {
            if (column instanceof Numbers numbers) {
                out.writeDouble(numbers.value(row));
            } else {
                write(String.valueOf(column.text(row)), out);
            }
        }
    }

    /** Of texts, one after another. */
    public static String of(List<String> texts) {
        return of(out -> {
            for (String text : texts) {
                write(text, out);
            }
        });
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
