package io.github.flux4j.serve;

import io.github.flux4j.format.Feature;
import io.github.flux4j.format.Features.Flag;
import io.github.flux4j.format.TextFeature;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a server did, in the text format that Prometheus reads (version 0.0.4). For any thread. */
final class Metrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };
    private static final double NANOS = 1e-9;
    private static final int MOST_OF_ZEROS = 1000; // columns whose counts are told before there are any
    private static final int FIRST_ERROR = 400;

    private final Map<String, Map<Integer, LongAdder>> requests = new ConcurrentHashMap<>();
    private final Map<String, Histogram> seconds = new ConcurrentHashMap<>();
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
                String bound = i < SECONDS.length ? plain(SECONDS[i]) : "+Inf";
                line(out, "flux4j_request_seconds_bucket", labels + ",le=\"" + bound + '"', sum);
            }
            line(out, "flux4j_request_seconds_sum", labels, nanos.sum() * NANOS);
            line(out, "flux4j_request_seconds_count", labels, sum);
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
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
        requests.computeIfAbsent(labels, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, any -> new LongAdder())
                .increment();
        seconds.computeIfAbsent(labels, any -> new Histogram()).add(nanos);
    }

    /** All, with what these models count. */
    String text(List<Hosted> models) {
        StringBuilder out = new StringBuilder();
        head(out, "flux4j_requests_total", "counter", "Requests, by what was asked for and the status of the answer.");
        statuses(out, "flux4j_requests_total", 0);
        head(out, "flux4j_refusals_total", "counter", "Requests without what they asked for: status 400 and above.");
        statuses(out, "flux4j_refusals_total", FIRST_ERROR);
        head(out, "flux4j_request_seconds", "histogram", "From the header to the end of the answer.");
        new TreeMap<>(seconds).forEach((labels, histogram) -> histogram.write(labels, out));
        head(out, "flux4j_requests_in_flight", "gauge", "Requests whose answer hasn't ended.");
        out.append("flux4j_requests_in_flight ").append(inFlight.sum()).append('\n');
        head(out, "flux4j_rows_total", "counter", "Rows that a model predicted for.");
        models.forEach(model -> line(
                out,
                "flux4j_rows_total",
                label("model", model.name()),
                model.counts().rows()));
        head(out, "flux4j_unlike_training_total", "counter", "Values that training did not have, by column.");
        models.forEach(model -> unlike(model, out));
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help);
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, Number value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private void statuses(StringBuilder out, String name, int least) {
        new TreeMap<>(requests)
                .forEach((labels, byStatus) -> new TreeMap<>(byStatus)
                        .tailMap(least)
                        .forEach((status, count) ->
                                line(out, name, labels + ',' + label("code", String.valueOf(status)), count.sum())));
    }

    private static void unlike(Hosted model, StringBuilder out) {
        List<Feature> columns = model.model().inputs().features();
        for (Feature column : columns) {
            Flag other = column instanceof TextFeature ? Flag.UNKNOWN : Flag.OUTSIDE;
            for (Flag flag : List.of(Flag.MISSING, other)) {
                long count = model.counts().of(column.name(), flag);
                if (count > 0 || columns.size() <= MOST_OF_ZEROS) {
                    String labels = label("model", model.name()) + ',' + label("column", column.name());
                    line(out, "flux4j_unlike_training_total", labels + ',' + label("kind", kind(flag)), count);
                }
            }
        }
    }

    private static String kind(Flag flag) {
        return switch (flag) {
            case MISSING -> "missing";
            case UNKNOWN -> "unknown";
            case OUTSIDE -> "outside";
        };
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
