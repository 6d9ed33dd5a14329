package dev.aicore.discovery.command.monitor;

import java.util.Locale;

/** Reason for which the result of a check was not recorded. */
enum DiscardReason {
    /** The check was changed or stopped in the meantime. */
    OUTDATED,
    /** The event store can't be written, or is overloaded. */
    STORE,
    /** The registry itself could not make the check, so the result says nothing about the instance. */
    OURS;

    String tagValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
