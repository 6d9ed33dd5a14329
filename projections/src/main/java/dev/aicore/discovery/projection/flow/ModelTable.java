package dev.aicore.discovery.projection.flow;

/**
 * A table of a read model.
 *
 * @param key the columns that order its rows
 * @param upTo a query of what it held up to the position {@code :p}, whatever came later; {@code :s} is the schema. Its columns are those
 *     of the table
 */
public record ModelTable(String name, String key, String upTo) {

    /** The query for a schema and a position. */
    public String query(String schema, long position) {
        return upTo.replace(":s", schema).replace(":p", Long.toString(position));
    }
}
