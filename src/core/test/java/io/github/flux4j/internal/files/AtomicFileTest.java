package io.github.flux4j.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving: the old file or the new one, and nothing else. */
class AtomicFileTest {

    @TempDir
    private Path folder;

    private static AtomicFile.Content text(String text) {
        return out -> out.write(text.getBytes());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("model");
        AtomicFile.write(file, text("old"));
        AtomicFile.write(file, text("new"));

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("model");
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("model");
        AtomicFile.write(file, text("old"));

        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(file, AtomicFileTest::failing))
                .withMessageContainingAll(file.toString(), "out of ink", "an existing file is unchanged");
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> AtomicFile.write(file, out -> {
                    throw new StackOverflowError();
                }));
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("model");
    }

    private static void failing(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        throw new IOException("out of ink");
    }

    @Test
    void aNewFileHasThePermissionsOfAnyAndAnOldOneKeepsItsOwn() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path any = Files.createFile(folder.resolve("any"));
        Path file = folder.resolve("model");
        AtomicFile.write(file, text("1"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(any));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        AtomicFile.write(file, text("2"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("inner", "second"));
        Files.createSymbolicLink(inner.resolve("second"), Path.of("model"));
        AtomicFile.write(link, text("first"));
        AtomicFile.write(link, text("again"));

        assertThat(link).isSymbolicLink();
        assertThat(inner.resolve("second")).isSymbolicLink();
        assertThat(inner.resolve("model")).hasContent("again").isRegularFile();
    }

    @Test
    void whatCantBeReplacedIsRefusedWithTheReason() throws IOException {
        assertRefused(folder, "it is a folder; name a file in it");
        assertRefused(Path.of("/"), "it is a folder; name a file in it");
        assertRefused(
                folder.resolve("absent/model"), "there is no folder " + folder.resolve("absent") + "; create it first");
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(file.resolve("model"), "there is no folder");
        assertRefused(Path.of("/dev/null"), "it isn't a regular file");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertRefused(loop, "it isn't a regular file");
        assertThat(names()).containsExactly("file", "loop");
        assertThatNullPointerException()
                .isThrownBy(() -> AtomicFile.write(null, text("")))
                .withMessageContaining("file");
        assertThatNullPointerException()
                .isThrownBy(() -> AtomicFile.write(file, null))
                .withMessageContaining("content");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(file, text("")))
                .withMessageContainingAll("can't save to " + file, reason);
    }

    @Test
    void aPathWithoutParentIsInTheWorkingFolder() throws IOException {
        Path file = Path.of("flux4j-atomic-file-test");
        try {
            AtomicFile.write(file, text("here"));
            assertThat(file).hasContent("here");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void savesInAThreadThatWasInterruptedAndLeavesItSo() throws IOException {
        Path file = folder.resolve("model");
        Thread.currentThread().interrupt();
        AtomicFile.write(file, text("saved"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("saved");
    }

    @Test
    void whatAKilledProcessLeftIsRemovedLater() throws IOException {
        Path leftover = Files.createFile(folder.resolve(".flux4j-1-1.saving"));
        Path young = Files.createFile(folder.resolve(".flux4j-1-2.saving"));
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minusSeconds(60)));
        AtomicFile.write(folder.resolve("model"), text(""));

        assertThat(leftover).doesNotExist();
        assertThat(young).as("its writer may just have opened it").exists();
    }

    @Test
    void aSlowWritersFileIsNoLeftover() throws IOException {
        Path file = folder.resolve("slow");
        AtomicFile.write(file, out -> {
            for (String name : names()) {
                Files.setLastModifiedTime(
                        folder.resolve(name), FileTime.from(Instant.now().minusSeconds(60)));
            }
            AtomicFile.write(folder.resolve("quick"), text("quick"));
            out.write('s');
        });

        assertThat(file).hasContent("s");
    }

    @Test
    void manyThreadsSaveOneFile() throws Exception {
        Path file = folder.resolve("model");
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String text = String.valueOf(i).repeat(100_000);
            threads.add(new Thread(() -> save(file, text, failures)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(Files.readString(file)).matches("0{100000}|1{100000}|2{100000}|3{100000}");
        assertThat(names()).containsExactly("model");
    }

    private static void save(Path file, String text, List<Throwable> failures) {
        try {
            for (int i = 0; i < 10; i++) {
                AtomicFile.write(file, text(text));
            }
        } catch (IOException e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        onSmallFileSystem("size=256k", () -> {
            Path file = folder.resolve("model");
            AtomicFile.write(file, text("old"));
            assertThatIOException()
                    .isThrownBy(() -> AtomicFile.write(file, out -> out.write(new byte[1 << 20])))
                    .withMessageContainingAll(file.toString(), "No space left", "unchanged", "Free some space");
            assertThat(file).hasContent("old");
            assertThat(names()).containsExactly("model");
            AtomicFile.write(file, text("smaller"));
            assertThat(file).hasContent("smaller");
        });
    }

    @Test
    void aFolderThatMayNotBeWrittenIsRefused() throws Exception {
        onSmallFileSystem("ro", () -> assertRefused(folder.resolve("model"), "this user may not write there"));
        assertThat(names()).isEmpty();
    }

    /** Where this user may mount one over the folder. */
    private void onSmallFileSystem(String options, Callable check) throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()), "may mount");
        try {
            check.call();
        } finally {
            run("umount", folder.toString());
        }
    }

    private interface Callable {
        void call() throws IOException;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }
}
