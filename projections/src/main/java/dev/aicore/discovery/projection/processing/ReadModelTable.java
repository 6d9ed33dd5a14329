package dev.aicore.discovery.projection.processing;

import java.util.Set;

/**
 * A table of a read model.
 *
 * @param key the columns that order its rows
 * @param needed names of indexes by which the fold that builds it finds rows
 * @param upTo a query of what it held up to the position {@code :p}, whatever came later; {@code :s} is the schema. Its columns are those
 *     of the table
 */
public record ReadModelTable(String name, String key, Set<String> needed, String upTo) {

    public ReadModelTable {
        needed = Set.copyOf(needed);
    }

    /** One of which unique indexes are enough to build it. */
    public ReadModelTable(String name, String key, String upTo) {
        this(name, key, Set.of(), upTo);
    }

    /** The query for a schema and a position. */
    public String query(String schema, long position) {
        return upTo.replace(":s", schema).replace(":p", Long.toString(position));
    }
}
