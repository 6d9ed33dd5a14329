package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Polls a table of versions that a projection writes; each row has a service and the position from which it holds. */
public final class ChangePollReader implements ChangePoller {

    /**
     * Maximum number of positions per poll, so that no poll takes too long; after a long absence several polls catch
     * up.
     */
    public static final long MAX_STRIDE = 100_000;

    private final Database database;
    private final String mark;
    private final String changed;
    private final String lastPosition;

    /** Creates a poller; both names become part of SQL statements. */
    public ChangePollReader(Database database, String projection, String table) {
        this.database = database;
        this.mark = WatermarkSql.positionOf(projection);
        this.changed = """
                SELECT mark.position AS mark, changed.service, changed.last
                FROM (SELECT least(position, CAST(:most AS bigint)) AS position FROM (%s) published) mark
                LEFT JOIN LATERAL (
                    SELECT service, max(from_position) AS last FROM %s
                    WHERE from_position > :after AND from_position <= mark.position
                    GROUP BY service
                ) changed ON true
                """.formatted(mark, table);
        this.lastPosition =
                "SELECT greatest(mark.position, (SELECT position FROM store.head)) AS position FROM (%s) mark"
                        .formatted(mark);
    }

    private record Change(String service, long last) {}

    @Override
    public Mono<ChangePollResult> mark() {
        return readPosition(mark).map(position -> new ChangePollResult(position, Map.of()));
    }

    @Override
    public Mono<ChangePollResult> changed(long after) {
        return database.run(client -> client.sql(changed)
                .bind("after", after)
                .bind("most", after + MAX_STRIDE)
                .map(row -> change(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(PositionedResult::combine)
                .map(ChangePollReader::poll));
    }

    /** Returns the store's last position. */
    public Mono<Long> lastPosition() {
        return readPosition(lastPosition);
    }

    private Mono<Long> readPosition(String sql) {
        return database.run(client -> client.sql(sql)
                .map(row -> PrefixedColumns.of(row).number("position"))
                .one());
    }

    private static PositionedResult<Optional<Change>> change(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("service")
                        ? Optional.empty()
                        : Optional.of(new Change(row.text("service"), row.number("last"))),
                row.number("mark"));
    }

    private static ChangePollResult poll(PositionedResult<List<Change>> result) {
        return new ChangePollResult(
                result.position(), result.rows().stream().collect(Collectors.toMap(Change::service, Change::last)));
    }
}
