package dev.aicore.discovery.readmodel.discovery;

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

/** Writes and deletes rows of the table {@code discoveries}. */
public final class DiscoveryCountRows implements DiscoveryCountStore {

    /** Inserts a minute of a node once, even if it is sent repeatedly. */
    private static final String ADD = """
            INSERT INTO %s (minute, node, principal, service, answers, first_position, last_position)
            SELECT :minute, :node, given.* FROM unnest(
                CAST(:principals AS text[]), CAST(:services AS text[]), CAST(:answers AS bigint[]),
                CAST(:first AS bigint[]), CAST(:last AS bigint[])) given
            ON CONFLICT DO NOTHING
            """.formatted(ModelTable.DISCOVERIES);

    private final Database database;
    private final String node;
    private final OldCountRows oldRows;

    /**
     * Creates a writer for one node.
     *
     * @param node id of this process, unique among all processes that ever ran
     */
    public DiscoveryCountRows(Database database, String node) {
        this.database = database;
        this.node = node;
        this.oldRows = new OldCountRows(database, ModelTable.DISCOVERIES);
    }

    @Override
    public Mono<Void> add(List<DiscoveryCount> counted) {
        return database.run(client -> client.sql(ADD)
                        .bind("minute", utc(counted.getFirst().minute()))
                        .bind("node", node)
                        .bind("principals", texts(counted, DiscoveryCount::principal))
                        .bind("services", texts(counted, DiscoveryCount::service))
                        .bind("answers", numbers(counted, DiscoveryCount::answers))
                        .bind("first", numbers(counted, DiscoveryCount::firstPosition))
                        .bind("last", numbers(counted, DiscoveryCount::lastPosition))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    @Override
    public Mono<Void> deleteOlder(Instant now, Duration retention) {
        return oldRows.deleteOlder(now, retention);
    }

    private static String[] texts(List<DiscoveryCount> counted, Function<DiscoveryCount, String> column) {
        return counted.stream().map(column).toArray(String[]::new);
    }

    private static Long[] numbers(List<DiscoveryCount> counted, Function<DiscoveryCount, Long> column) {
        return counted.stream().map(column).toArray(Long[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
