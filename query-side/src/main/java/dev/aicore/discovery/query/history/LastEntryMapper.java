package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import org.jspecify.annotations.Nullable;

/** Maps columns of the audit to the last change. */
public final class LastEntryMapper {

    private LastEntryMapper() {}

    /** Returns the columns, each named by the alias and its own name. */
    public static String columns(String alias) {
        return """
                %1$s.position AS %1$s_position, %1$s.at AS %1$s_at, %1$s.actor AS %1$s_actor,
                %1$s.summary AS %1$s_summary, %1$s.reason AS %1$s_reason
                """.formatted(alias);
    }

    /** Maps a row, which must contain an entry. */
    public static LastChange read(PrefixedColumns row) {
        return new LastChange(
                row.number("position"),
                row.instant("at"),
                row.text("actor"),
                row.text("summary"),
                row.textOrNull("reason"));
    }

    /** Maps a row; null if an outer join found no entry. */
    public static @Nullable LastChange readOrNull(PrefixedColumns row) {
        return row.isMissing("position") ? null : read(row);
    }
}
