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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.bytedeco.javacpp.Loader;

/** The class path of a cell: this process's, with the cell's native libraries in place of the usual ones. Maven fetches what is missing. */
public final class Libraries {

    static final String PLATFORM = Loader.getPlatform();

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
    private static final Pattern FETCHED = Pattern.compile(".*Download(?:ing|ed) from.*/([^/ ]+\\.jar.*)");

    private final Path folder;
    private final boolean offline;
    private final PrintStream progress;
    private final List<String> usual;
    private final Builds builds;
    private final Map<String, List<String>> commits = new HashMap<>();
    private final Set<String> lookedFor = new HashSet<>();

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

    /** Folders become jars, since an archive of classes may hold none from a folder. */
    private List<String> packed(String[] entries) {
        return Arrays.stream(entries)
                .map(entry -> Files.isDirectory(Path.of(entry)) ? packed(Path.of(entry)) : entry)
                .toList();
    }

    private String packed(Path classes) {
        String jar = folder.resolve(classes.getParent().getFileName() + "-" + classes.getFileName() + ".jar")
                .toString();
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        if (tool.run(System.err, System.err, "--create", "--file", jar, "-C", classes.toString(), ".") != 0) {
            throw new IllegalStateException("the folder " + classes + " could not be packed into " + jar);
        }
        return jar;
    }

    /** The class path, after Maven has fetched what it needs. */
    String classPath(Cell cell) throws IOException, InterruptedException, Unavailable {
        List<String> jars =
                new ArrayList<>(cell.has(CellAxis.COMMIT, "this") ? usual : ofCommit(cell.get(CellAxis.COMMIT)));
        if (!cell.has(CellAxis.BINARY, "plain")) {
            jars.removeIf(jar -> name(jar).matches("nd4j-native-\\d.*-" + PLATFORM + ".*\\.jar"));
            jars.add(fetched(ND4J + "-" + cell.get(CellAxis.BINARY)));
        }
        if (cell.has(CellAxis.BLAS, "nd4j")) {
            jars.removeIf(jar -> name(jar).matches("(javacpp|openblas)-\\d.*\\.jar"));
            for (String artifact : OF_ND4J) {
                jars.add(fetched(artifact));
            }
        }
        if (cell.has(CellAxis.BLAS, "mkl")) {
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
        if (!Files.exists(jar) && lookedFor.add(name)) {
            progress.println("Maven looks for " + name + (offline ? " on this machine" : " and fetches it if need be"));
            Child.listen(
                    new ProcessBuilder(
                            "mvn",
                            offline ? "-oB" : "-B",
                            COPY,
                            "-Dartifact=" + artifact,
                            "-DoutputDirectory=" + folder.toAbsolutePath()),
                    MOST_SECONDS,
                    this::tell);
        }
        if (!Files.exists(jar)) {
            throw new Unavailable(name
                    + (offline
                            ? " is not on this machine, and --offline forbids to fetch it"
                            : " could not be fetched by Maven"));
        }
        return jar.toString();
    }

    /** What Maven fetches, and how large that was, without from where. */
    private void tell(String line) {
        Matcher file = FETCHED.matcher(line);
        if (file.matches()) {
            progress.println("  " + (line.contains("Downloading") ? "fetching " : "") + file.group(1));
        }
    }
}
