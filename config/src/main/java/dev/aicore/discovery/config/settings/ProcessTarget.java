package dev.aicore.discovery.config.settings;

import java.util.Locale;

/** Sides of the registry that a process runs: all, or a single one beside other processes on the same database. */
public enum ProcessTarget {
    ALL,
    COMMAND,
    PROJECTIONS,
    QUERY;

    /** Returns the name in settings and answers. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns true if a process of this target runs the side. */
    public boolean runs(ProcessTarget side) {
        return this == ALL || this == side;
    }
}
