package dev.aicore.discovery.readmodel.access;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.OldCountRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Writes and deletes rows of denials. */
public final class DenialRows implements DenialStore {

    /** Inserts a minute of a node once, even if it is sent repeatedly. */
    private static final String ADD = """
            INSERT INTO %s (minute, node, who, route, code, denied)
            SELECT :minute, :node, given.* FROM unnest(
                CAST(:who AS text[]), CAST(:routes AS text[]), CAST(:codes AS text[]), CAST(:denied AS bigint[])) given
            ON CONFLICT DO NOTHING
            """.formatted(ModelTable.DENIALS);

    private final Database database;
    private final String node;
    private final OldCountRows oldRows;

    /**
     * Creates a writer for one node.
     *
     * @param node id of this process, unique among all processes that ever ran
     */
    public DenialRows(Database database, String node) {
        this.database = database;
        this.node = node;
        this.oldRows = new OldCountRows(database, ModelTable.DENIALS);
    }

    @Override
    public Mono<Void> add(List<AccessDenial> counted) {
        return database.run(client -> client.sql(ADD)
                        .bind("minute", utc(counted.getFirst().minute()))
                        .bind("node", node)
                        .bind("who", texts(counted, AccessDenial::who))
                        .bind("routes", texts(counted, AccessDenial::route))
                        .bind("codes", texts(counted, AccessDenial::code))
                        .bind(
                                "denied",
                                counted.stream().map(AccessDenial::count).toArray(Long[]::new))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    @Override
    public Mono<Void> deleteOlder(Instant now, Duration retention) {
        return oldRows.deleteOlder(now, retention);
    }

    private static String[] texts(List<AccessDenial> counted, Function<AccessDenial, String> column) {
        return counted.stream().map(column).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
