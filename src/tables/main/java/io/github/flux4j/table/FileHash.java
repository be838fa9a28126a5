package io.github.flux4j.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a file that was read, computed when somebody asks, if the file is still as it was. */
record FileHash(Path file, long size, FileTime changed) {

    static FileHash of(Path file) throws IOException {
        return new FileHash(file, Files.size(file), Files.getLastModifiedTime(file));
    }

    /** Null if the file is gone or has changed. */
    @Nullable
    String sha256() {
        try {
            return of(file).equals(this) ? computed() : null;
        } catch (IOException gone) {
            return null;
        }
    }

    private String computed() throws IOException {
        MessageDigest digest = TableHash.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
