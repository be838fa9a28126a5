package io.github.flux4j.bench.workload;

import com.sun.management.ThreadMXBean;
import io.github.flux4j.bench.contender.Contender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Whether many steps leave time and memory as they were: ten parts of equal length, ten million steps or as many as fit
 * into twenty seconds. The first part is the warm-up.
 */
public final class Endurance {

    /** JVM arguments that give the heap all its memory at the start, so that growth is native. */
    public static final List<String> FIXED_HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    private static final int PARTS = 10;
    private static final int STEPS_OF_A_PART = 1_000_000;
    private static final long NANOS_OF_A_PART = 2_000_000_000L;

    private Endurance() {}

    static Measured of(Contender contender) throws IOException {
        int steps = warmUp(contender);
        double[] nanos = new double[PARTS - 1];
        long resident = Resident.now();
        long heap = allocated();
        for (int part = 0; part < nanos.length; part++) {
            long start = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                contender.step();
            }
            nanos[part] = (double) (System.nanoTime() - start) / steps;
        }
        double all = (double) steps * nanos.length;
        double drift = nanos[nanos.length - 1] / nanos[0];
        double bytes = (allocated() - heap) / all;
        Arrays.sort(nanos);
        return new Measured(nanos[nanos.length / 2], null, bytes, (Resident.now() - resident) / all, drift, (double)
                Resident.most());
    }

    /** How many steps it did. */
    private static int warmUp(Contender contender) {
        long end = System.nanoTime() + NANOS_OF_A_PART;
        int steps = 0;
        while (steps < STEPS_OF_A_PART && System.nanoTime() < end) {
            contender.step();
            steps++;
        }
        return steps;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
