package dev.aicore.discovery.readmodel;

/** SQL for the watermarks of projections. */
public final class WatermarkSql {

    private WatermarkSql() {}

    /**
     * Returns a query for one row with the {@code position} that a projection has reached; 0 before its first fact.
     *
     * @param projection name of the projection, which becomes part of the query
     */
    public static String positionOf(String projection) {
        return "SELECT coalesce(max(position), 0) AS position FROM %s WHERE projection = '%s'"
                .formatted(ModelTable.WATERMARKS, projection);
    }
}
