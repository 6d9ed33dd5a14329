package dev.aicore.discovery.config.settings;

import java.util.Locale;

/** Which sides of the registry a process runs: all of them, or a single one beside other processes on the same database. */
public enum ProcessTarget {
    ALL,
    COMMAND,
    PROJECTIONS,
    QUERY;

    /** The name in settings and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a process of this target runs that side. */
    public boolean runs(ProcessTarget side) {
        return this == ALL || this == side;
    }
}
