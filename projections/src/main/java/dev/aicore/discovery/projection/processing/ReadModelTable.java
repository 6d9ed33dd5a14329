package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.readmodel.ModelTable;
import java.util.Set;

/**
 * Table of a read model.
 *
 * @param key columns that order its rows
 * @param needed names of the indexes that the rebuilding fold needs to find rows
 * @param upTo query of its contents at the position {@code :p}, regardless of later facts; {@code :s} is the schema.
 *     The query returns the columns of the table
 */
public record ReadModelTable(ModelTable table, String key, Set<String> needed, String upTo) {

    public ReadModelTable {
        needed = Set.copyOf(needed);
    }

    /** Creates a table whose unique indexes suffice for a rebuild. */
    public ReadModelTable(ModelTable table, String key, String upTo) {
        this(table, key, Set.of(), upTo);
    }

    /** Returns the table's name without a schema. */
    public String name() {
        return table.tableName();
    }

    /** Returns the query for a schema and a position. */
    public String query(String schema, long position) {
        return upTo.replace(":s", schema).replace(":p", Long.toString(position));
    }
}
