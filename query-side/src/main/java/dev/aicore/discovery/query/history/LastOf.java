package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.Last;
import dev.aicore.discovery.query.database.Columns;

/** Makes what happened last of the audit's columns. */
public final class LastOf {

    private LastOf() {}

    /** Reads it; the row must have one. */
    public static Last read(Columns row) {
        return new Last(
                row.number("position"),
                row.instant("at"),
                row.text("actor"),
                row.text("summary"),
                row.textOrNull("reason"));
    }
}
