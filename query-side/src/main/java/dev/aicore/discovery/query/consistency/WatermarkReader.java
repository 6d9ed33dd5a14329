package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Reads the positions up to which the read models are complete. */
public final class WatermarkReader {

    private static final String TABLE = ModelTable.WATERMARKS.toString();

    private final Database database;

    public WatermarkReader(Database database) {
        this.database = database;
        database.register(StoredWatermark.class);
    }

    /** Returns the position by projection name; a projection that has folded nothing yet is absent. */
    public Mono<Map<String, Long>> all() {
        return database.select(template -> template.select(StoredWatermark.class)
                .from(TABLE)
                .all()
                .collectMap(StoredWatermark::projection, StoredWatermark::position));
    }

    /** Row of the table of watermarks. */
    record StoredWatermark(String projection, long position) {}
}
