package io.github.flux4j.cli.doctor;

import com.google.gson.Gson;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.backend.Environment.EngineChoice;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Loads the native libraries, tries and times them, in a process of its own, since they may end it. Prints a line for each part. */
final class Checkup {

    /** Begins the lines that are for the doctor; native code may print others. */
    static final String MARK = "flux4j-doctor ";

    static final String QUICK = "quick";
    static final String LOADING = "native libraries load";

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** One thing found; the others are null. */
    record Part(NativeLibraries libraries, Check check, Speed speed) {}

    private Checkup() {}

    /** Runs the checkup; without measurements if asked for {@code quick}. */
    public static void main(String[] args) {
        Backend.Report report = load();
        if (report != null) {
            examine(report, !Arrays.asList(args).contains(QUICK));
        }
        System.exit(0);
    }

    private static Backend.Report load() {
        try {
            Backend.Report report = Backend.report();
            tell(new Part(report.libraries(), null, null));
            tell(Check.held(LOADING));
            return report;
        } catch (RuntimeException | LinkageError e) {
            tell(Check.failed(LOADING, root(e).toString()));
            return null;
        }
    }

    private static void examine(Backend.Report report, boolean measure) {
        tell(HandWorked.product());
        tell(HandWorked.largeProduct());
        EngineChoice engines = report.environment().engines();
        tell(HandWorked.engine(engines.chosen()));
        engines.names().forEach(engine -> tell(HandWorked.step(engine)));
        if (measure) {
            tell(new Part(null, null, new SpeedMeasurement().measure()));
        }
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static void tell(Check check) {
        tell(new Part(null, check, null));
    }

    private static void tell(Part part) {
        OUT.println("\n" + MARK + new Gson().toJson(part));
    }
}
