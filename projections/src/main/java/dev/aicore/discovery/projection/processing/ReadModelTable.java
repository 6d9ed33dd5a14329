package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.readmodel.ModelTable;
import java.util.Set;

/**
 * Table of a read model.
 *
 * @param key columns that order its rows
 * @param needed names of the indexes that the rebuilding fold needs to find rows
 * @param contentQuery query of its contents at a position
 */
public record ReadModelTable(ModelTable table, String key, Set<String> needed, ContentQuery contentQuery) {

    /** Query of the contents of a table as they were at a position, regardless of later facts. */
    @FunctionalInterface
    public interface ContentQuery {

        /**
         * Returns the SQL of the query, which yields the columns of the table.
         *
         * @param schema schema of the table
         */
        String at(String schema, long position);
    }

    public ReadModelTable {
        needed = Set.copyOf(needed);
    }

    /** Creates a table whose unique indexes suffice for a rebuild. */
    public ReadModelTable(ModelTable table, String key, ContentQuery contentQuery) {
        this(table, key, Set.of(), contentQuery);
    }

    /** Returns the table's name without a schema. */
    public String name() {
        return table.tableName();
    }

    /** Returns the query for a schema and a position. */
    public String query(String schema, long position) {
        return contentQuery.at(schema, position);
    }
}
