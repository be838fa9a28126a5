package io.github.flux4j.cli.doctor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.internal.threads.Load;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what computes here, tries it, and says what to change. Loads no native library itself. */
@Command(
        name = "doctor",
        description = "Show what computes on this machine, check it, and advise on settings.",
        footer = "Exit code: 0 if every check is ok, else 1.",
        sortOptions = false)
public final class Doctor implements Callable<Integer> {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    @Option(names = "--json", description = "Print facts, checks and advice as one JSON object and nothing else.")
    private boolean json;

    @Option(names = "--quick", description = "Check without measuring.")
    private boolean quick;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load.Watch watch = Load.watch();
        Findings findings = Findings.ofCheckup(quick);
        Diagnosis diagnosis = Diagnosis.of(Backend.environment(), watch.untilNow(), findings);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(GSON.toJson(diagnosis));
        } else {
            new DoctorText(out).write(diagnosis);
        }
        return diagnosis.healthy() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
