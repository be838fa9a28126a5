package io.github.flux4j.internal.arrays;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Explains why ND4J doesn't start. */
final class StartFailure {

    private static final String NO_BACKEND = """
            no ND4J backend on the class path, so there is nothing to compute with. Add org.nd4j:nd4j-native-platform:1.0.0-M2.1 \
            (or org.nd4j:nd4j-native:1.0.0-M2.1 with the classifier of your platform, such as linux-x86_64), and its \
            org.bytedeco:javacpp and org.bytedeco:openblas""";

    private static final String DOCTOR = "flux4j's command doctor finds the cause";

    private static final String REMEDY = "-D" + NativeCache.PROPERTY + "=FOLDER sets another folder; it needs "
            + megabytes(NativeCache.BYTES) + " of space. " + DOCTOR;

    /** How Linux, macOS and Windows report that a library isn't where the one that needs it looks for it. */
    private static final Pattern LIBRARY_MISSING =
            Pattern.compile("cannot open shared object file|Library not loaded|dependent libraries");

    /** What musl's loader says of a library that was linked with glibc. */
    private static final Pattern MUSL = Pattern.compile("Error (loading shared library|relocating)");

    /** The library that the system's reason starts with, sometimes twice. */
    private static final Pattern FILES = Pattern.compile("^(\\S*[/\\\\]\\S*: )+");

    private StartFailure() {}

    static String words(Throwable failure) {
        List<Throwable> chain =
                Stream.iterate(failure, e -> e != null, Throwable::getCause).toList();
        Throwable root = chain.get(chain.size() - 1);
        if (chain.stream().anyMatch(StartFailure::isRepeated)) {
            return "ND4J failed to start earlier, before flux4j used it; Java reported the reason only then. " + DOCTOR;
        }
        if (isJarMissing(root)) {
            return isWindowsOnArm()
                    ? noLibraryFor("Windows on ARM")
                    : damagedJar().orElse(NO_BACKEND);
        }
        if (root instanceof NumberFormatException) {
            return text(root);
        }
        if (root instanceof IOException) {
            return cannotUnpack(text(root));
        }
        if (root instanceof UnsatisfiedLinkError && MUSL.matcher(text(root)).find()) {
            return noLibraryFor("musl, the C library of Alpine Linux");
        }
        return root instanceof UnsatisfiedLinkError
                ? cannotLoad(FILES.matcher(text(root)).replaceFirst(""))
                : "ND4J can't start: " + root + ". " + DOCTOR;
    }

    /** Java's message for a class whose initialisation has failed before. */
    private static boolean isRepeated(Throwable e) {
        return e instanceof NoClassDefFoundError && text(e).startsWith("Could not initialize class");
    }

    /** Checks names, since the class of ND4J's exception may be missing, too. */
    private static boolean isJarMissing(Throwable e) {
        return e instanceof ClassNotFoundException
                || e instanceof NoClassDefFoundError
                || e.getClass().getName().endsWith("NoAvailableBackendException")
                || e instanceof UnsatisfiedLinkError && text(e).startsWith("Could not find "); // JavaCPP's words
    }

    /** Java passes over a jar that it can't open, such as one whose download was cut off. */
    private static Optional<String> damagedJar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(entry -> entry.isFile() && isDamaged(entry))
                .findFirst()
                .map(jar -> "ND4J can't start, since Java can't open " + jar
                        + "; delete that file and let your build download it again");
    }

    private static boolean isDamaged(File jar) {
        try (ZipFile opened = new ZipFile(jar)) {
            return opened.size() == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isWindowsOnArm() {
        return System.getProperty("os.name").startsWith("Windows")
                && System.getProperty("os.arch").equals("aarch64");
    }

    private static String noLibraryFor(String platform) {
        return "ND4J has no native library for " + platform
                + ". Train on Linux with glibc, on macOS, or on Windows with an x86-64 JDK. "
                + "Here io.github.flux4j:flux4j-predict, which is plain Java, predicts with the saved model";
    }

    private static String text(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    private static String cannotUnpack(String reason) {
        Optional<File> folder = NativeCache.folder();
        String where = folder.isPresent()
                ? " to " + folder.get() + " (" + reason + ")" + room(folder.get())
                : ", since none of these folders is writable: "
                        + NativeCache.candidates().stream().map(File::toString).collect(Collectors.joining(", "));
        return "ND4J's native libraries can't be unpacked" + where + ". " + REMEDY;
    }

    /** JavaCPP is silent about a library that it can't unpack; then the library that needs it can't be loaded. */
    private static String cannotLoad(String reason) {
        File folder = NativeCache.folder().orElse(null);
        if (folder == null) {
            return cannotUnpack(reason);
        }
        boolean missing = LIBRARY_MISSING.matcher(reason).find();
        if (missing && !room(folder).isEmpty()) {
            return cannotUnpack(reason);
        }
        return "ND4J's native libraries are unpacked to " + folder + ", but can't be loaded from there (" + reason
                + "). " + (missing ? "" : "A file system mounted noexec loads no library. ") + REMEDY;
    }

    /** Empty if there is enough space. */
    private static String room(File folder) {
        long free = NativeCache.free(folder);
        return free >= NativeCache.BYTES ? "" : "; only " + megabytes(free) + " are free there";
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
