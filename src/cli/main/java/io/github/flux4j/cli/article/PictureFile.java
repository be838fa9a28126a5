package io.github.flux4j.cli.article;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** A file that a picture goes to: whole or not at all, and only in place of another picture. */
final class PictureFile {

    /** How PNG, JPEG and GIF begin, read as ISO 8859-1. */
    private static final Pattern PICTURE =
            Pattern.compile("(\\x89PNG\\r\\n\\x1A\\n|\\xFF\\xD8\\xFF|GIF8[79]a).*", Pattern.DOTALL);

    private static final int LONGEST = 8;

    private final Path file;

    PictureFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /**
     * Whether it may be written, as far as one can tell before.
     *
     * @throws IllegalArgumentException if something else than a picture is there
     */
    void check() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("expected a file for the picture, but " + file + " is a folder");
        }
        if (!Files.isDirectory(file.getParent())) {
            throw failed("there is no folder " + file.getParent(), null);
        }
        if (Files.isRegularFile(file) && !isPictureOrEmpty()) {
            throw new IllegalArgumentException(
                    file
                            + " exists and isn't a picture, so it was not replaced. Name another file for --picture, or remove this one first");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw failed("it is not writable", null);
        }
    }

    private boolean isPictureOrEmpty() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(LONGEST);
            return start.length == 0
                    || PICTURE.matcher(new String(start, StandardCharsets.ISO_8859_1))
                            .matches();
        } catch (IOException e) {
            throw failed(reason(e), e);
        }
    }

    /** Writes the picture beside the file and moves it there, so that a full disk leaves an older one as it was. */
    void write(byte[] picture) throws IOException {
        check();
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, picture); // a pipe or a device
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file, picture);
            }
        } catch (IOException e) {
            throw failed(reason(e), e);
        }
    }

    private static void replace(Path target, byte[] picture) throws IOException {
        Path whole = target.resolveSibling(".flux4j-" + UUID.randomUUID() + ".png");
        whole.toFile().deleteOnExit(); // if a signal ends this process
        try {
            Files.write(whole, picture, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private IOException failed(String reason, IOException cause) {
        return new IOException("can't write the picture to " + file + " (" + reason + ")", cause);
    }

    /** Without the name of the file beside it. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "its folder is not writable";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getMessage();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
