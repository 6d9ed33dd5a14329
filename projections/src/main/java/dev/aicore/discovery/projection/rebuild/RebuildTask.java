package dev.aicore.discovery.projection.rebuild;

import java.util.Locale;

/** What is done with tables that were built. */
public enum RebuildTask {
    /** They take the place of those that serve. */
    REBUILD,
    /** They are compared with those that serve, and thrown away. */
    VERIFY;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildTask of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
