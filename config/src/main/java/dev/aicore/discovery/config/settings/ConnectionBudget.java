package dev.aicore.discovery.config.settings;

import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;

/**
 * Divides the PostgreSQL connections of a process among its pools. The sum is
 * {@code database.postgres.max_connections}.
 *
 * @param writing 2 if the process can write, otherwise 0: one appends, one waits for announcements of other nodes
 * @param pool connections for folding and for reading events, at least 1
 * @param reads connections for queries of read models, at least 1
 */
public record ConnectionBudget(int writing, int pool, int reads) {

    /**
     * Returns the share for queries, in tenths of the connections that writing leaves: a high share for a process
     * that only reads, a low share where other processes read.
     */
    private static int tenthsForReads(ProcessTarget processTarget) {
        return switch (processTarget) {
            case ALL -> 3;
            case COMMAND, PROJECTIONS -> 1;
            case QUERY -> 8;
        };
    }

    /** Returns the budget of a process by its target. */
    public static ConnectionBudget of(PostgresSettings postgres, ProcessTarget processTarget) {
        int writing = processTarget.runs(ProcessTarget.COMMAND) ? 2 : 0;
        int rest = postgres.maxConnections() - writing;
        int reads = Math.max(1, rest * tenthsForReads(processTarget) / 10);
        return new ConnectionBudget(writing, rest - reads, reads);
    }

    static ConnectionBudget of(SettingsBinder settingsBinder) {
        return of(
                settingsBinder.get(PostgresSettings.class),
                settingsBinder.get(ProcessSettings.class).target());
    }
}
