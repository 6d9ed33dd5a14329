package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.LargeReadLimit;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.database.PrefixedColumns;
import dev.aicore.discovery.query.database.ReadMemoryLimit;
import dev.aicore.discovery.web.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What statements answer that have a position in the column {@code mark} of each row, and an instance in the others or nulls.
 *
 * @param large bounds those that bring much
 */
record PositionedRowReader(Database database, InstanceRowMapper columns, LargeReadLimit large) {

    PositionedRowReader(Database database, InstanceRowMapper columns) {
        this(database, columns, new LargeReadLimit());
    }

    /**
     * Reads all rows, one at least.
     *
     * @return fails with {@code answer_too_large} if that is more than may be read at once; with {@code overloaded} if it is much, and
     *     so is what another caller reads
     */
    Mono<PositionedResult<List<InstanceView>>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return Mono.using(
                this::limit,
                limit -> rows(sql, bind, limit, rows -> rows.doOnNext(_ -> limit.require()))
                        .map(PositionedResult::together),
                ReadMemoryLimit::close);
    }

    /**
     * Reads one instance, whose first parked fact is in the column {@code waits_from}.
     *
     * @return fails with {@code not_yet_visible} if there is such a fact
     */
    Mono<PositionedResult<Optional<InstanceView>>> one(String sql, String id, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var prefixedColumns = PrefixedColumns.of(row);
                    if (!prefixedColumns.isMissing("waits_from")) {
                        throw DeadLetterConditions.refusal(
                                "instance '" + id + "'", prefixedColumns.number("waits_from"));
                    }
                    return row(prefixedColumns, limit());
                })
                .one());
    }

    /** Completes if the statement answers no {@code position} of a parked fact; fails with {@code not_yet_visible} otherwise. */
    Mono<Void> requireNone(String sql, String service, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var prefixedColumns = PrefixedColumns.of(row);
                    if (!prefixedColumns.isMissing("position")) {
                        throw DeadLetterConditions.refusal(
                                "service '" + service + "'", prefixedColumns.number("position"));
                    }
                    return true;
                })
                .one()
                .then());
    }

    /**
     * Reads the first rows, one at least, and fewer than there are if they are large.
     *
     * @param limit most instances on the page; the statement answers one more if there are as many
     */
    Mono<PositionedResult<Page<InstanceView>>> page(String sql, UnaryOperator<GenericExecuteSpec> bind, int limit) {
        return Mono.defer(() -> {
            var size = limit();
            return rows(sql, bind, size, rows -> rows.takeUntil(_ -> size.isLarge()))
                    .map(PositionedResult::together)
                    .map(result -> result.map(rows ->
                            rows.size() <= limit && size.isLarge() ? new Page<>(rows, true) : Page.of(rows, limit)));
        });
    }

    private ReadMemoryLimit limit() {
        return columns.limit(large);
    }

    private Mono<List<PositionedResult<Optional<InstanceView>>>> rows(
            String sql,
            UnaryOperator<GenericExecuteSpec> bind,
            ReadMemoryLimit limit,
            UnaryOperator<Flux<PositionedResult<Optional<InstanceView>>>> until) {
        return database.run(client -> until.apply(bind.apply(client.sql(sql))
                        .map(row -> row(PrefixedColumns.of(row), limit))
                        .all())
                .collectList());
    }

    private PositionedResult<Optional<InstanceView>> row(PrefixedColumns row, ReadMemoryLimit limit) {
        return new PositionedResult<>(
                row.isMissing("id") ? Optional.empty() : Optional.of(view(row, limit)), row.number("mark"));
    }

    private InstanceView view(PrefixedColumns row, ReadMemoryLimit limit) {
        var view = columns.read(row, row.number("position"), row.instantOrNull("observed_at"), limit);
        return row.bool("parked") ? view.asParked() : view;
    }
}
