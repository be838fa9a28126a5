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
 * Replaces a file atomically: whoever reads it, even after a crash, finds the old or the new one, complete.
 *
 * <p>It writes the new file beside the old one, forces it to the disk, moves it and forces the folder. The new file has the old one's permissions, or those of
 * any new file. A failure leaves the old file and nothing else. A killed process leaves a file {@code .flux4j-….saving}, which a later save into that folder
 * removes.
 *
 * <p>Safe for threads and processes: if several write one file at a time, the last one wins.
 */
public final class AtomicFile {

    /** As many links as Linux follows. */
    private static final int LINKS = 40;

    private AtomicFile() {}

    /** The content of the file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content to a buffered stream, which the caller closes. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes and replaces a file. A symbolic link stays, and its target is replaced.
     *
     * @throws IOException if there is no such folder, it or the file isn't writable, or the disk is full; with the path and a remedy
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
                            + "; an existing file is unchanged. Free some space or name another folder",
                    e);
        }
    }

    /**
     * Throws if {@link #write} can't begin, as far as that is known without writing.
     *
     * @throws IOException as {@link #write}
     */
    public static void requireWritable(Path file) throws IOException {
        requirePossible(target(Objects.requireNonNull(file, "file is null")));
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The target of links, even if nothing is there. */
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
            throw refused(target, "there is no folder " + folder + "; create it first");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(target, "it isn't a regular file; name another");
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

    /** Makes the move survive a loss of power. Windows can't, and needn't. */
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
