package io.github.flux4j.bench.harness;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** The class path of a cell: this process's, with the cell's native libraries in place of the usual ones. Maven fetches what is missing. */
public final class Libraries {

    static final String PLATFORM = platform();

    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";
    private static final String ND4J = "org.nd4j:nd4j-native:1.0.0-M2.1:jar:" + PLATFORM;
    private static final String MKL = "org.bytedeco:mkl:2025.3-1.5.13:jar";

    /** What ND4J itself asks for. */
    private static final List<String> OF_ND4J = List.of(
            "org.bytedeco:javacpp:1.5.7:jar",
            "org.bytedeco:javacpp:1.5.7:jar:" + PLATFORM,
            "org.bytedeco:openblas:0.3.19-1.5.7:jar",
            "org.bytedeco:openblas:0.3.19-1.5.7:jar:" + PLATFORM);

    private static final int MOST_SECONDS = 1800; // for some hundred megabytes

    private final Path folder;
    private final boolean offline;
    private final PrintStream progress;
    private final List<String> usual;
    private final Builds builds;
    private final Map<String, List<String>> commits = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();

    /**
     * Libraries kept in a folder.
     *
     * @param offline whether only what is on this machine is used
     */
    public Libraries(Path folder, boolean offline, PrintStream progress) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.offline = offline;
        this.builds = new Builds(folder.resolve("commits"), progress);
        this.progress = progress;
        this.usual = packed(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String platform() {
        String os = System.getProperty("os.name").startsWith("Mac")
                ? "macosx"
                : System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        return os + (System.getProperty("os.arch").matches("aarch64|arm64") ? "-arm64" : "-x86_64");
    }

    /** Folders become jars, since an archive of classes may hold none from a folder. */
    private List<String> packed(String[] entries) {
        List<String> jars = new ArrayList<>();
        for (String entry : entries) {
            if (!Files.isDirectory(Path.of(entry))) {
                jars.add(entry);
                continue;
            }
            Path classes = Path.of(entry);
            String jar = folder.resolve(classes.getParent().getFileName() + "-" + classes.getFileName() + ".jar")
                    .toString();
            int code = ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.err, System.err, "--create", "--file", jar, "-C", entry, ".");
            if (code != 0) {
                throw new IllegalStateException("the folder " + entry + " could not be packed into " + jar);
            }
            jars.add(jar);
        }
        return jars;
    }

    /** The class path, after Maven has fetched what it needs. */
    String classPath(Cell cell) throws IOException, InterruptedException, Unavailable {
        List<String> jars = new ArrayList<>(cell.has(Axis.COMMIT, "this") ? usual : ofCommit(cell.get(Axis.COMMIT)));
        if (!cell.has(Axis.BINARY, "plain")) {
            jars.removeIf(jar -> name(jar).matches("nd4j-native-\\d.*-" + PLATFORM + ".*\\.jar"));
            jars.add(fetched(ND4J + "-" + cell.get(Axis.BINARY)));
        }
        if (cell.has(Axis.BLAS, "nd4j")) {
            jars.removeIf(jar -> name(jar).matches("(javacpp|openblas)-\\d.*\\.jar"));
            for (String artifact : OF_ND4J) {
                jars.add(fetched(artifact));
            }
        }
        if (cell.has(Axis.BLAS, "mkl")) {
            jars.add(fetched(MKL));
            jars.add(fetched(MKL + ":" + PLATFORM));
            jars.add(fetched(MKL + ":" + PLATFORM + "-redist"));
        }
        return String.join(File.pathSeparator, jars);
    }

    private List<String> ofCommit(String name) throws IOException, InterruptedException {
        List<String> known = commits.get(name);
        if (known == null) {
            known = builds.of(Commit.named(name), usual);
            commits.put(name, known);
        }
        return known;
    }

    /** MKL needs Intel's OpenMP, and doesn't find it by itself once ND4J has loaded GNU's; unpacked from MKL's jar, which is there already. */
    Path openMpOfMkl() throws IOException {
        Path library = folder.resolve("libiomp5.so").toAbsolutePath();
        if (!Files.exists(library)) {
            String[] parts = MKL.split(":");
            Path jar = folder.resolve(parts[1] + "-" + parts[2] + "-" + PLATFORM + "-redist.jar");
            try (FileSystem files = FileSystems.newFileSystem(jar)) {
                Files.copy(files.getPath("org/bytedeco/mkl/" + PLATFORM + "/libiomp5.so"), library);
            }
        }
        return library;
    }

    private static String name(String jar) {
        return Path.of(jar).getFileName().toString();
    }

    private String fetched(String artifact) throws IOException, InterruptedException, Unavailable {
        String[] parts = artifact.split(":");
        String name = parts[1] + "-" + parts[2] + (parts.length > 4 ? "-" + parts[4] : "") + ".jar";
        Path jar = folder.resolve(name);
        if (!Files.exists(jar)) {
            fetch(artifact, name);
        }
        if (!Files.exists(jar)) {
            throw new Unavailable(failures.get(artifact));
        }
        return jar.toString();
    }

    private void fetch(String artifact, String name) throws IOException, InterruptedException {
        if (failures.containsKey(artifact)) {
            return;
        }
        progress.println("Maven looks for " + name + (offline ? " on this machine" : " and fetches it if need be"));
        List<String> command = new ArrayList<>(
                List.of("mvn", "-B", COPY, "-Dartifact=" + artifact, "-DoutputDirectory=" + folder.toAbsolutePath()));
        if (offline) {
            command.add("-o");
        }
        int code = Child.listen(new ProcessBuilder(command), MOST_SECONDS, this::tell);
        failures.put(
                artifact,
                name
                        + (offline && code != 0
                                ? " is not on this machine, and --offline forbids to fetch it"
                                : " could not be fetched by Maven (code " + code + ")"));
    }

    /** Maven's words on what it fetched and how large that was, without from where. */
    private void tell(String line) {
        if (line.contains("Downloaded from")) {
            String[] words = line.split("/");
            progress.println("  "
                    + Arrays.stream(words)
                            .skip(words.length - (line.endsWith("/s)") ? 2 : 1))
                            .reduce((first, second) -> first + "/" + second)
                            .orElse(line));
        } else if (line.contains("Downloading from") && line.endsWith(".jar")) {
            progress.println("  fetching " + line.substring(line.lastIndexOf('/') + 1) + " …");
        }
    }
}
