package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit.LargeReadLimit;
import dev.aicore.discovery.web.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs statements whose rows each have a position in the column {@code mark}, and an instance or nulls in the other
 * columns.
 *
 * @param large limits concurrent large reads
 */
record PositionedRowReader(Database database, InstanceRowMapper columns, LargeReadLimit large) {

    PositionedRowReader(Database database, InstanceRowMapper columns) {
        this(database, columns, new LargeReadLimit());
    }

    /**
     * Reads all rows; at least one.
     *
     * @return fails with {@code answer_too_large} if the rows exceed the limit of one read; with {@code overloaded} if
     * they are large and another large read is running
     */
    Mono<PositionedResult<List<InstanceView>>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return Mono.using(
                this::limit,
                limit -> rows(sql, bind, limit, rows -> rows.doOnNext(_ -> limit.require()))
                        .map(PositionedResult::combine),
                ReadMemoryLimit::close);
    }

    /**
     * Reads one instance; the column {@code waits_from} holds the position of its first dead letter.
     *
     * @return fails with {@code not_yet_visible} if there is a dead letter
     */
    Mono<PositionedResult<Optional<InstanceView>>> one(String sql, String id, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var prefixedColumns = PrefixedColumns.of(row);
                    if (!prefixedColumns.isMissing("waits_from")) {
                        throw DeadLetterSqlConditions.refusal(
                                "instance '" + id + "'", prefixedColumns.number("waits_from"));
                    }
                    return row(prefixedColumns, limit());
                })
                .one());
    }

    /**
     * Completes if the statement returns no {@code position} of a dead letter; fails with {@code not_yet_visible}
     * otherwise.
     */
    Mono<Void> requireNone(String sql, String service, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var prefixedColumns = PrefixedColumns.of(row);
                    if (!prefixedColumns.isMissing("position")) {
                        throw DeadLetterSqlConditions.refusal(
                                "service '" + service + "'", prefixedColumns.number("position"));
                    }
                    return true;
                })
                .one()
                .then());
    }

    /**
     * Reads a page of rows, at least one; stops early if the rows are large.
     *
     * @param limit maximum number of instances on the page; the statement returns one more if there is a next page
     */
    Mono<PositionedResult<Page<InstanceView>>> page(String sql, UnaryOperator<GenericExecuteSpec> bind, int limit) {
        return Mono.defer(() -> {
            var size = limit();
            return rows(sql, bind, size, rows -> rows.takeUntil(_ -> size.isLarge()))
                    .map(PositionedResult::combine)
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
