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
 * A new file with the permissions that any new file gets, locked as long as it is written, so that others see that its writer lives.
 * Written by a plain stream, since a channel would be closed by an interrupt of the thread, which may well be told to stop while it saves.
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

    /** One of a name that no other has. */
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

    /**
     * Whether this process writes it. To be asked before a second stream on a file is opened: on Unix, closing that would end the lock of
     * the first.
     */
    static boolean isOpenHere(Path path) {
        return OPEN.contains(name(path));
    }

    /** Whether nobody else had it locked; it is locked now, until the stream is closed. Not where the file system has no locks. */
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

    /** Forces what was written to the disk and puts it in the place of another file. */
    void moveTo(Path target) throws IOException {
        stream.getFD().sync();
        stream.close(); // Windows moves no open file
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes it, unless it was moved. */
    @Override
    public void close() throws IOException {
        try (stream) {
            Files.deleteIfExists(path);
        } finally {
            OPEN.remove(name(path));
        }
    }
}
