package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Reads the positions up to which the read models are complete. */
public final class WatermarkReader {

    private static final String ALL = "SELECT projection, position FROM " + ModelTable.WATERMARKS;

    private final Database database;

    public WatermarkReader(Database database) {
        this.database = database;
    }

    /** Returns the position by projection name; a projection that has folded nothing yet is absent. */
    public Mono<Map<String, Long>> all() {
        return database.run(client -> client.sql(ALL)
                .map(PrefixedColumns::of)
                .all()
                .collectMap(row -> row.text("projection"), row -> row.number("position")));
    }
}
