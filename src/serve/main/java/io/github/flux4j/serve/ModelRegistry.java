package io.github.flux4j.serve;

import io.github.flux4j.format.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The models of a server by their names, which are those of their files. A file that is replaced is taken over; one that can't be read is refused, and the model
 * before goes on. For any thread.
 */
final class ModelRegistry {

    private static final String SUFFIX = ".flux4j";

    private final Map<String, Hosted> hosted = new LinkedHashMap<>();
    private final List<Watched> files = new ArrayList<>();

    private ModelRegistry() {}

    /** One that stays as it is. */
    static ModelRegistry of(Served model) {
        ModelRegistry models = new ModelRegistry();
        models.add(model.name(), true).current.set(model);
        return models;
    }

    /**
     * Those of files; one alone has its page at {@code /}.
     *
     * @throws ModelFileException if one is no model file
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    static ModelRegistry of(List<Path> files, ServerSettings settings, Consumer<String> log) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("expected a model file, but got none");
        }
        ModelRegistry models = new ModelRegistry();
        for (Path file : files) {
            Hosted one = models.add(String.valueOf(file.getFileName()), files.size() == 1);
            Loading loading = changed -> {
                Served model = Served.load(changed);
                one.current.set(settings.allowsMissingColumns() ? model.allowMissingColumns() : model);
            };
            models.files.add(new Watched(file, loading, log));
        }
        return models;
    }

    private Hosted add(String file, boolean isAlone) {
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        String path = isAlone ? "/" : "/models/" + Form.encoded(name) + "/";
        Hosted one = new Hosted(name, path, new AtomicReference<>());
        if (hosted.putIfAbsent(name, one) != null) {
            throw new IllegalArgumentException("models need different names, but two files are named "
                    + ModelFileException.shown(name) + "; rename one");
        }
        return one;
    }

    /** In the order in which they were named. */
    List<Hosted> all() {
        return List.copyOf(hosted.values());
    }

    /**
     * The one of a name.
     *
     * @throws Refusal with status 404 if there is none
     */
    Hosted named(String name) throws Refusal {
        Hosted one = hosted.get(name);
        if (one == null) {
            throw new Refusal(
                    404,
                    "there is no model " + ModelFileException.shown(name) + "; this server has "
                            + ModelFileException.shown(String.join(", ", hosted.keySet())));
        }
        return one;
    }

    /** The files that may be replaced. */
    List<Watched> files() {
        return files;
    }

    /**
     * A model under its name; another may take its place while it is served. A request keeps the one that it began with. For any thread.
     *
     * @param path of its page, with a slash at the end; that of its predictions is below
     */
    record Hosted(String name, String path, AtomicReference<Served> current) {

        Served model() {
            return current.get();
        }
    }

    /** What takes over a file. */
    interface Loading {
        void load(Path file) throws IOException;
    }

    /** A file that is loaded, and loaded again when it has become another. For one thread. */
    static final class Watched {

        private final Path file;
        private final Loading loading;
        private final Consumer<String> log;
        private List<Object> seen;

        Watched(Path file, Loading loading, Consumer<String> log) throws IOException {
            this.file = file;
            this.loading = loading;
            this.log = log;
            this.seen = state();
            loading.load(file);
        }

        /** What tells a file from the one before; empty if there is none now. */
        private List<Object> state() {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
            } catch (IOException e) {
                return List.of();
            }
        }

        /** Loads the file if it has become another since it was last looked at. */
        void look() {
            List<Object> now = state();
            if (now.equals(seen)) {
                return;
            }
            seen = now;
            try {
                loading.load(file);
                log.accept(file + " was replaced and loaded");
            } catch (IOException | RuntimeException | Error e) {
                log.accept(file + " was replaced, but can't be loaded, so the earlier one stays in use: "
                        + String.valueOf(e.getMessage()).replaceAll("\\R", " "));
            }
        }
    }
}
