package dev.aicore.discovery.projection.rebuild;

import java.util.Locale;

/** Purpose of shadow tables. */
public enum RebuildTask {
    /** The shadow tables replace the serving tables. */
    REBUILD,
    /** The shadow tables are compared with the serving tables and dropped. */
    VERIFY;

    /** Returns the name in JSON. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildTask of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
