package io.github.flux4j.internal.files;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A new file with a new file's usual permissions, locked during writing, so that others see that its writer lives. It uses a plain stream, since interrupting
 * the thread would close a channel, and that may well happen while it saves.
 */
final class TemporaryFile implements Closeable {

    static final String PREFIX = ".flux4j-";
    static final String SUFFIX = ".saving";

    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileOutputStream stream;

    private TemporaryFile(Path path) throws IOException {
        this.path = path;
        this.stream = new FileOutputStream(path.toFile());
    }

    /** Makes a file with a unique name. */
    static TemporaryFile in(Path folder) throws IOException {
        while (true) {
            Path path =
                    folder.resolve(PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + SUFFIX);
            try {
                return new TemporaryFile(Files.createFile(path)).locked();
            } catch (FileAlreadyExistsException e) {
                continue; // of a process of the same number, such as another container's
            }
        }
    }

    private TemporaryFile locked() {
        OPEN.add(name(path));
        isFree(stream);
        return this;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** Whether this process writes it. Ask before opening a second stream on a file: on Unix, closing that would release the lock of the first. */
    static boolean isOpenHere(Path path) {
        return OPEN.contains(name(path));
    }

    /** Whether nobody else had it locked. It is locked now, until the stream is closed, unless the file system has no locks. */
    static boolean isFree(FileOutputStream stream) {
        try {
            return stream.getChannel().tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    OutputStream stream() {
        return stream;
    }

    /** Forces the content to the disk and moves the file over another. */
    void moveTo(Path target) throws IOException {
        stream.getFD().sync();
        stream.close(); // Windows moves no open file
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file, unless it was moved. */
    @Override
    public void close() throws IOException {
        try (stream) {
            Files.deleteIfExists(path);
        } finally {
            OPEN.remove(name(path));
        }
    }
}
