package io.github.flux4j.cli.doctor;

import java.util.Locale;

/** Amounts of memory in powers of two, as operating systems and Java's flags count them. */
final class Binary {

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private Binary() {}

    static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / MIB);
    }
}
