package io.github.flux4j.serve;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.TextFeature;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a server did, in the text format that Prometheus reads (version 0.0.4). For any thread. */
final class PrometheusMetrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };
    private static final double NANOS = 1e-9;
    private static final int MOST_OF_ZEROS = 1000; // columns whose counts are told before there are any
    private static final int FIRST_ERROR = 400;
    private static final String REQUESTS = "flux4j_requests_total";
    private static final String REFUSALS = "flux4j_refusals_total";
    private static final String TIMES = "flux4j_request_seconds";
    private static final String IN_FLIGHT = "flux4j_requests_in_flight";
    private static final String ROWS = "flux4j_rows_total";
    private static final String UNLIKE = "flux4j_unlike_training_total";

    /** By names with their labels, as the text has them. */
    private final ConcurrentNavigableMap<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    private final Map<String, Histogram> seconds = new ConcurrentSkipListMap<>();
    private final LongAdder inFlight = new LongAdder();

    /** Counts by the first bound that isn't exceeded, the last being without. */
    private static final class Histogram {

        private final LongAdder[] counts = new LongAdder[SECONDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Histogram() {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        void add(long took) {
            int i = 0;
            while (i < SECONDS.length && took * NANOS > SECONDS[i]) {
                i++;
            }
            counts[i].increment();
            nanos.add(took);
        }

        void write(String labels, StringBuilder out) {
            long sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += counts[i].sum();
                String bound = i < SECONDS.length
                        ? BigDecimal.valueOf(SECONDS[i]).stripTrailingZeros().toPlainString()
                        : "+Inf";
                line(TIMES + "_bucket{" + labels + ',' + label("le", bound) + '}', sum, out);
            }
            line(TIMES + "_sum{" + labels + '}', nanos.sum() * NANOS, out);
            line(TIMES + "_count{" + labels + '}', sum, out);
        }
    }

    void begin() {
        inFlight.increment();
    }

    /**
     * A request is over.
     *
     * @param endpoint what was asked for
     * @param model its name; empty if none's
     * @param status HTTP's; 0 if there was no answer
     */
    void end(String endpoint, String model, int status, long nanos) {
        inFlight.decrement();
        String labels = label("endpoint", endpoint) + ',' + label("model", model);
        seconds.computeIfAbsent(labels, any -> new Histogram()).add(nanos);
        String answered = '{' + labels + ',' + label("code", String.valueOf(status)) + '}';
        add(REQUESTS + answered, 1);
        if (status >= FIRST_ERROR) {
            add(REFUSALS + answered, 1);
        }
    }

    /** Rows that a model predicted for, by their flags. */
    void rows(String model, List<Map<String, Flag>> flags) {
        add(rows(model), flags.size());
        flags.forEach(row -> row.forEach((column, flag) -> add(unlike(model, column, flag), 1)));
    }

    private void add(String series, long count) {
        counts.computeIfAbsent(series, any -> new LongAdder()).add(count);
    }

    private static String rows(String model) {
        return ROWS + '{' + label("model", model) + '}';
    }

    private static String unlike(String model, String column, Flag flag) {
        return UNLIKE
                + '{'
                + label("model", model)
                + ','
                + label("column", column)
                + ','
                + label("kind", flag.name().toLowerCase(Locale.ROOT))
                + '}';
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** All, with zeros for what these models didn't count yet. */
    String text(List<ModelRegistry.Hosted> models) {
        models.forEach(model -> addZeros(model.name(), model.model().inputs().features()));
        StringBuilder out = new StringBuilder();
        family(REQUESTS, "counter", "Requests, by route and status.", out);
        family(REFUSALS, "counter", "Refused or failed requests: status 400 and above.", out);
        family(TIMES, "histogram", "Seconds from the request's header to the end of the answer.", out);
        seconds.forEach((labels, histogram) -> histogram.write(labels, out));
        family(IN_FLIGHT, "gauge", "Requests in progress.", out);
        line(IN_FLIGHT, inFlight.sum(), out);
        family(ROWS, "counter", "Rows predicted.", out);
        family(UNLIKE, "counter", "Missing, unknown or out-of-range values, by column.", out);
        return out.toString();
    }

    private void addZeros(String model, List<Feature> columns) {
        add(rows(model), 0);
        for (Feature column : columns.size() <= MOST_OF_ZEROS ? columns : List.<Feature>of()) {
            add(unlike(model, column.name(), Flag.MISSING), 0);
            add(unlike(model, column.name(), column instanceof TextFeature ? Flag.UNKNOWN : Flag.OUTSIDE), 0);
        }
    }

    private void family(String name, String type, String help, StringBuilder out) {
        out.append("# HELP ").append(name).append(' ').append(help);
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
        counts.subMap(name + '{', name + '}').forEach((series, count) -> line(series, count.sum(), out));
    }

    private static void line(String series, Number value, StringBuilder out) {
        out.append(series).append(' ').append(value).append('\n');
    }
}
