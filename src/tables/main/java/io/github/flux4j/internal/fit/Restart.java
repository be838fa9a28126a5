package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.prepare.EstimatorSetting;
import io.github.flux4j.internal.prepare.EstimatorSettings;
import io.github.flux4j.internal.prepare.Prepared;
import java.util.List;
import java.util.Set;

/** What has changed since an earlier fit, and whether that can be gone on with: MLJFlux's rules. */
final class Restart {

    /** Don't touch what the networks learn. */
    private static final Set<String> HARMLESS = Set.of("timeLimit", "epochs", "yardstick", "unknown");

    private static final Set<String> OF_THE_RULE = Set.of("rule", "schedule");

    private Restart() {}

    /** Null if the earlier fit can be gone on with. */
    static String thatRestart(Trained.Earlier earlier, EstimatorSettings settings, Prepared data) {
        if (earlier == null) {
            return "it was read from a file, and files don't keep the rule's state";
        }
        if (earlier.outcome().epochs().isEmpty()) {
            return "the earlier model is a line, which has no epochs";
        }
        if (earlier.outcome().standings().isEmpty()) {
            return "the earlier fit was interrupted within an epoch";
        }
        if (earlier.fingerprint() != data.fingerprint()) {
            return "rows or columns changed";
        }
        List<String> changed = settings.differences(earlier.settings()).stream()
                .filter(name -> !HARMLESS.contains(name))
                .filter(name -> settings.get(EstimatorSetting.RESTART_ON_RULE_CHANGE) || !OF_THE_RULE.contains(name))
                .toList();
        if (!changed.isEmpty()) {
            return String.join(" and ", changed) + " changed";
        }
        return settings.get(EstimatorSetting.EPOCHS)
                        < earlier.outcome().epochs().size()
                ? "there are fewer epochs than were already trained"
                : null;
    }
}
