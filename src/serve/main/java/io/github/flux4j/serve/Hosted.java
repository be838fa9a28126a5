package io.github.flux4j.serve;

/** A model under its name; another may take its place while it is served. A request keeps the one that it began with. For any thread. */
final class Hosted {

    private final String name;
    private final String path;
    private final RowCounts counts = new RowCounts();
    private volatile Current current;

    /** A model and its page. */
    record Current(Served model, PredictionPage page) {}

    /**
     * Under a name.
     *
     * @param path of its page, with a slash at the end; that of its predictions is below
     */
    Hosted(String name, String path, Served model) {
        this.name = name;
        this.path = path;
        replace(model);
    }

    /** Has another model answer from now on. */
    void replace(Served model) {
        current = new Current(model, new PredictionPage(model, path));
    }

    Current current() {
        return current;
    }

    Served model() {
        return current.model;
    }

    String name() {
        return name;
    }

    String path() {
        return path;
    }

    RowCounts counts() {
        return counts;
    }
}
