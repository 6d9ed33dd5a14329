package dev.aicore.discovery.config.settings;

/**
 * How the connections to PostgreSQL of one process are shared out. Together they are {@code database.postgres.max_connections}.
 *
 * @param lane  1 if the process appends, 0 if it doesn't
 * @param pool  of what folds, and of what reads events: at least 1
 * @param reads of what answers from the tables: at least 1
 */
public record ConnectionBudget(int lane, int pool, int reads) {

    /** In tenths of what the lane leaves: much where reads are all that a process does, a little where others do the reading. */
    private static int tenthsForReads(ProcessTarget processTarget) {
        return switch (processTarget) {
            case ALL -> 3;
            case COMMAND, PROJECTIONS -> 1;
            case QUERY -> 8;
        };
    }

    /** By the process's target. */
    public static ConnectionBudget of(PostgresSettings postgres, ProcessTarget processTarget) {
        int lane = processTarget.runs(ProcessTarget.COMMAND) ? 1 : 0;
        int rest = postgres.maxConnections() - lane;
        int reads = Math.max(1, rest * tenthsForReads(processTarget) / 10);
        return new ConnectionBudget(lane, rest - reads, reads);
    }

    static ConnectionBudget of(SettingsBinder settingsBinder) {
        return of(
                settingsBinder.get(PostgresSettings.class),
                settingsBinder.get(ProcessSettings.class).target());
    }
}
