package io.github.flux4j.table;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a table in its canonical form, which {@link Table#sha256} defines, and of files. */
final class TableHash {

    private static final int GAP = -1;

    private TableHash() {}

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static String sha256(Content content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String of(Table table) {
        try {
            return sha256(digest -> {
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digest));
                write(table, out);
                out.flush();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a digest takes all that it is given", e);
        }
    }

    private static void write(Table table, DataOutputStream out) throws IOException {
        write(bytes("flux4j table 1"), out);
        out.writeInt(table.columns().size());
        out.writeInt(table.rows());
        for (Column column : table.columns()) {
            write(bytes(column.name()), out);
            write(bytes(column instanceof Numbers ? column.type() : "text"), out);
            if (column instanceof Numbers numbers) {
                for (double value : numbers.values()) {
                    out.writeDouble(value);
                }
            } else {
                write((Texts) column, out);
            }
        }
    }

    private static void write(Texts texts, DataOutputStream out) throws IOException {
        List<byte[]> levels = texts.levels().stream().map(TableHash::bytes).toList();
        for (int row = 0; row < texts.size(); row++) {
            if (texts.isMissing(row)) {
                out.writeInt(GAP);
            } else {
                write(levels.get(texts.code(row)), out);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(byte[] text, DataOutputStream out) throws IOException {
        out.writeInt(text.length);
        out.write(text);
    }

    /** A file that was read: its hash is computed when somebody asks, if it is still as it was. */
    record OfFile(Path file, long size, FileTime changed) {

        static OfFile of(Path file) throws IOException {
            return new OfFile(file, Files.size(file), Files.getLastModifiedTime(file));
        }

        /** Null if the file is gone or has changed. */
        @Nullable
        String sha256() {
            try {
                return of(file).equals(this) ? TableHash.sha256(out -> Files.copy(file, out)) : null;
            } catch (IOException gone) {
                return null;
            }
        }
    }
}
