package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.query.database.PrefixedColumns;
import org.jspecify.annotations.Nullable;

/** Makes what happened last of the audit's columns. */
public final class LastEntryMapper {

    private LastEntryMapper() {}

    /** Its columns, each under its name behind the alias. */
    public static String columns(String alias) {
        return """
                %1$s.position AS %1$s_position, %1$s.at AS %1$s_at, %1$s.actor AS %1$s_actor,
                %1$s.summary AS %1$s_summary, %1$s.reason AS %1$s_reason
                """.formatted(alias);
    }

    /** Reads it; the row must have one. */
    public static LastChange read(PrefixedColumns row) {
        return new LastChange(
                row.number("position"),
                row.instant("at"),
                row.text("actor"),
                row.text("summary"),
                row.textOrNull("reason"));
    }

    /** The same; null where an outer join found nothing. */
    public static @Nullable LastChange readOrNull(PrefixedColumns row) {
        return row.isMissing("position") ? null : read(row);
    }
}
