package dev.aicore.discovery.command.monitor;

import java.util.Locale;

/** Why the result of a check was not recorded. */
enum DiscardReason {
    /** What was checked has changed meanwhile, or isn't to be checked any more. */
    OUTDATED,
    /** The event store can't be written, or has too much to do. */
    STORE,
    /** It tells nothing of the instance: the registry itself couldn't check. */
    OURS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
