package dev.aicore.discovery.readmodel.discovery;

import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.discovery.PickBatch.Count;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Writes the counts of a node to the table {@code picks}. */
public final class PickRows implements PickStore {

    private static final String MARK = WatermarkSql.positionOf("audit");

    /**
     * Adds a batch; a batch that has been added already adds nothing. Locks the row of each service in the order of
     * their names, so that a reset is either seen or discards what is added here.
     */
    private static final String ADD =
            """
            WITH fresh AS (
                INSERT INTO %s AS known (node, number, flushed_at) VALUES (:node, :number, now())
                ON CONFLICT (node) DO UPDATE SET number = excluded.number, flushed_at = excluded.flushed_at
                WHERE known.number < excluded.number
                RETURNING node
            ), given AS (
                SELECT given.* FROM fresh, unnest(
                    CAST(:services AS text[]), CAST(:strategies AS text[]), CAST(:instances AS text[]),
                    CAST(:picks AS bigint[]), CAST(:begun AS bigint[]), CAST(:since AS bigint[])
                ) AS given (service, strategy, instance_id, picks, begun, since)
            ), locked AS (
                INSERT INTO %s AS known (service, since, reset_position)
                SELECT service, 'epoch'::timestamptz + min(begun) * interval '1 millisecond', 0
                FROM given GROUP BY service ORDER BY service COLLATE "C"
                ON CONFLICT (service) DO UPDATE SET since = known.since
                RETURNING service, reset_position
            ), added AS (
                INSERT INTO %s AS known (service, strategy, instance_id, picks, picked_at)
                SELECT given.service, given.strategy, given.instance_id, given.picks, now()
                FROM given JOIN locked ON locked.service = given.service
                WHERE given.since >= locked.reset_position
                ORDER BY given.service, given.strategy, given.instance_id
                ON CONFLICT (service, strategy, instance_id)
                DO UPDATE SET picks = known.picks + excluded.picks, picked_at = excluded.picked_at
            )
            %s
            """.formatted(ModelTable.PICK_FLUSHES, ModelTable.PICKED_SERVICES, ModelTable.PICKS, MARK);

    /**
     * Deletes stale rows. Locks in the same order as the other statements: services first, in the order of their names.
     */
    private static final String DELETE_STALE =
            """
            WITH gone AS (
                SELECT p.service, p.strategy, p.instance_id FROM %1$s p
                WHERE p.instance_id <> '' AND p.picked_at < now() - interval '1 day'
                AND NOT EXISTS (SELECT 1 FROM %2$s i WHERE i.id = p.instance_id)
                ORDER BY p.service LIMIT :most
            ), locked AS (
                SELECT service FROM %3$s
                WHERE service IN (SELECT service FROM gone) ORDER BY service COLLATE "C" FOR UPDATE
            ), taken AS (
                DELETE FROM %1$s p USING gone, locked
                WHERE locked.service = gone.service
                AND p.service = gone.service AND p.strategy = gone.strategy AND p.instance_id = gone.instance_id
                RETURNING p.service, p.strategy, p.picks
            ), old AS (
                DELETE FROM %4$s WHERE flushed_at < now() - interval '1 day'
            ), kept AS (
                INSERT INTO %1$s AS known (service, strategy, instance_id, picks, picked_at)
                SELECT service, strategy, '', sum(picks), now() FROM taken GROUP BY service, strategy ORDER BY service, strategy
                ON CONFLICT (service, strategy, instance_id) DO UPDATE SET picks = known.picks + excluded.picks
            )
            SELECT count(*) AS taken FROM taken
            """.formatted(ModelTable.PICKS, ModelTable.INSTANCES, ModelTable.PICKED_SERVICES, ModelTable.PICK_FLUSHES);

    private static final int DELETE_BATCH = 1_000;

    private final Database database;
    private final String node;

    /**
     * Creates a writer for one node.
     *
     * @param node id of this process, unique among all processes that ever ran
     */
    public PickRows(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Mono<Long> add(PickBatch batch) {
        if (batch.counts().isEmpty()) {
            return database.run(client -> client.sql(MARK)
                    .map(row -> PrefixedColumns.of(row).number("position"))
                    .one());
        }
        var counts = batch.counts();
        return database.run(client -> client.sql(ADD)
                .bind("node", node)
                .bind("number", batch.number())
                .bind("services", texts(counts, count -> count.key().service()))
                .bind("strategies", texts(counts, count -> count.key().strategy()))
                .bind("instances", texts(counts, count -> count.key().instance()))
                .bind("picks", numbers(counts, Count::picks))
                .bind("begun", numbers(counts, count -> count.begun().toEpochMilli()))
                .bind("since", numbers(counts, Count::since))
                .map(row -> PrefixedColumns.of(row).number("position"))
                .one());
    }

    @Override
    public Mono<Void> deleteStale() {
        return deleteStaleBatch()
                .expand(taken -> taken < DELETE_BATCH ? Mono.empty() : deleteStaleBatch())
                .then();
    }

    private Mono<Long> deleteStaleBatch() {
        return database.run(client -> client.sql(DELETE_STALE)
                .bind("most", DELETE_BATCH)
                .map(row -> PrefixedColumns.of(row).number("taken"))
                .one());
    }

    private static String[] texts(List<Count> counts, Function<Count, String> column) {
        return counts.stream().map(column).toArray(String[]::new);
    }

    private static Long[] numbers(List<Count> counts, Function<Count, Long> column) {
        return counts.stream().map(column).toArray(Long[]::new);
    }
}
