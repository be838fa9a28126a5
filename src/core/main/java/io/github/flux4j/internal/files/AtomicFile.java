package io.github.flux4j.internal.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;

/**
 * Replaces a file at once: whoever reads it, and whoever finds it after a crash, has the old one or the new one, whole.
 *
 * <p>The new one is written beside it, forced to the disk, and moved; then the folder is forced. It has the permissions of the old one, or
 * those that any new file gets. On failure the old one stays and nothing is left over; what a killed process leaves is a file
 * {@code .flux4j-….saving}, which a later saving into that folder removes.
 *
 * <p>For any thread, and process: of several that write one file at a time, the last one's is there.
 */
public final class AtomicFile {

    /** As many links as Linux follows. */
    private static final int LINKS = 40;

    private AtomicFile() {}

    /** What is to be in the file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it; the stream is buffered and is closed by others. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes and replaces. A symbolic link stays, what it leads to is replaced.
     *
     * @throws IOException if there is no such folder, or it or the file may not be written, or the disk is full; with the path and a remedy
     */
    public static void write(Path file, Content content) throws IOException {
        Objects.requireNonNull(content, "content is null");
        Path target = target(Objects.requireNonNull(file, "file is null"));
        requirePossible(target);
        try {
            replace(target, content);
        } catch (IOException e) {
            throw new IOException(
                    "can't save to " + target + ": " + reason(e)
                            + "; what was there is unchanged. Make room or name another folder",
                    e);
        }
    }

    /**
     * Throws if {@link #write} couldn't begin, as far as can be told without writing.
     *
     * @throws IOException as {@link #write}
     */
    public static void requireWritable(Path file) throws IOException {
        requirePossible(target(Objects.requireNonNull(file, "file is null")));
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Where links lead, even if nothing is there. */
    private static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int i = 0; i < LINKS && Files.isSymbolicLink(target); i++) {
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void requirePossible(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw refused(target, "it is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw refused(target, "there is no folder " + folder + "; make it first");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(target, "what is there is no file that could be replaced; name another");
        }
        if (!Files.isWritable(folder) || Files.exists(target) && !Files.isWritable(target)) {
            throw refused(target, "this user may not write there; change its permissions or name another folder");
        }
    }

    private static IOException refused(Path target, String reason) {
        return new IOException("can't save to " + target + ": " + reason);
    }

    private static void replace(Path target, Content content) throws IOException {
        Leftovers.remove(target.getParent());
        try (TemporaryFile temporary = TemporaryFile.in(target.getParent())) {
            copyPermissions(target, temporary.path());
            OutputStream out = new BufferedOutputStream(temporary.stream(), 1 << 16);
            content.write(out);
            out.flush();
            temporary.moveTo(target);
        }
        force(target.getParent());
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    /** Without it the move may not survive a loss of power. Windows can't, and needn't. */
    private static void force(Path folder) {
        boolean interrupted = Thread.interrupted(); // else the channel would be closed before it forces
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return; // the file is in place; nobody could do more
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
