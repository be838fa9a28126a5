package io.github.flux4j.internal.threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How busy the machine is. What the operating system doesn't tell is null.
 *
 * @param average processes that ran or waited for a core, over the minute before
 * @param busy the share of all cores' time that was worked in, over a while
 * @param stolen the share of all cores' time that this machine, a virtual one, wanted and didn't get, over a while
 */
public record Load(Double average, Double busy, Double stolen) {

    private static final Path AVERAGE = Path.of("/proc/loadavg");
    private static final Path TIMES = Path.of("/proc/stat");

    /** Places in Linux's line of times. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int STEAL = 7;

    /** A while that begins now. */
    public static Watch watch() {
        return new Watch(readAverage(), times());
    }

    /** A while. */
    public static final class Watch {

        private final Double average;
        private final long[] before;

        private Watch(Double average, long[] before) {
            this.average = average;
            this.before = before;
        }

        /** The load since its beginning. */
        public Load untilNow() {
            long[] now = times();
            if (before.length <= STEAL || now.length != before.length) {
                return new Load(average, null, null);
            }
            double all = 0;
            for (int i = 0; i <= STEAL; i++) { // what follows, guests, is counted before already
                all += now[i] - before[i];
            }
            double idle = now[IDLE] - before[IDLE] + now[WAITING] - before[WAITING];
            double stolen = now[STEAL] - before[STEAL];
            return all > 0
                    ? new Load(average, (all - idle - stolen) / all, stolen / all)
                    : new Load(average, null, null);
        }
    }

    private static Double readAverage() {
        String[] words = firstLine(AVERAGE);
        return words.length == 0 ? null : (Double) Double.parseDouble(words[0]);
    }

    /** Of all cores: user, nice, system, idle, waiting for disks, interrupts, soft interrupts, steal, guests. */
    private static long[] times() {
        return Arrays.stream(firstLine(TIMES))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static String[] firstLine(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file).get(0).split(" +") : new String[0];
        } catch (IOException e) {
            return new String[0]; // then these facts are absent
        }
    }
}
