package io.github.flux4j.cli.article;

import io.github.flux4j.internal.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        if (!isDevice() && !Files.isWritable(file.getParent())) {
            throw failed("its folder is not writable", null);
        }
    }

    /** Whether a pipe or a device is there. */
    private boolean isDevice() {
        return Files.exists(file) && !Files.isRegularFile(file);
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
            if (isDevice()) {
                Files.write(file, picture);
            } else {
                AtomicFile.write(file, out -> out.write(picture));
            }
        } catch (IOException e) {
            throw failed(reason(e), e);
        }
    }

    private IOException failed(String reason, IOException cause) {
        return new IOException("can't write the picture to " + file + " (" + reason + ")", cause);
    }

    /** Of the failure itself, without the sentence around it and the name of the file beside it. */
    private static String reason(IOException e) {
        Throwable failure = e.getCause() == null ? e : e.getCause();
        return failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : failure.getMessage();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
