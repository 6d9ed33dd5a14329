package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.LargeReads;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.database.ReadLimit;
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
record MarkedReader(Database database, InstanceColumns columns, LargeReads large) {

    MarkedReader(Database database, InstanceColumns columns) {
        this(database, columns, new LargeReads());
    }

    /**
     * Reads all rows, one at least.
     *
     * @return fails with {@code answer_too_large} if that is more than may be read at once; with {@code overloaded} if it is much, and
     *     so is what another caller reads
     */
    Mono<Marked<List<InstanceView>>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return Mono.using(
                this::limit,
                limit -> rows(sql, bind, limit, rows -> rows.doOnNext(_ -> limit.require()))
                        .map(Marked::together),
                ReadLimit::close);
    }

    /**
     * Reads one instance, whose first parked fact is in the column {@code waits_from}.
     *
     * @return fails with {@code not_yet_visible} if there is such a fact
     */
    Mono<Marked<Optional<InstanceView>>> one(String sql, String id, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var columns = Columns.of(row);
                    if (!columns.isMissing("waits_from")) {
                        throw ParkedFacts.refusal("instance '" + id + "'", columns.number("waits_from"));
                    }
                    return row(columns, limit());
                })
                .one());
    }

    /** Completes if the statement answers no {@code position} of a parked fact; fails with {@code not_yet_visible} otherwise. */
    Mono<Void> requireNone(String sql, String service, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> {
                    var columns = Columns.of(row);
                    if (!columns.isMissing("position")) {
                        throw ParkedFacts.refusal("service '" + service + "'", columns.number("position"));
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
    Mono<Marked<Paged<InstanceView>>> page(String sql, UnaryOperator<GenericExecuteSpec> bind, int limit) {
        return Mono.defer(() -> {
            var size = limit();
            return rows(sql, bind, size, rows -> rows.takeUntil(_ -> size.isLarge()))
                    .map(Marked::together)
                    .map(found -> found.map(rows ->
                            rows.size() <= limit && size.isLarge() ? new Paged<>(rows, true) : Paged.of(rows, limit)));
        });
    }

    private ReadLimit limit() {
        return columns.limit(large);
    }

    private Mono<List<Marked<Optional<InstanceView>>>> rows(
            String sql,
            UnaryOperator<GenericExecuteSpec> bind,
            ReadLimit limit,
            UnaryOperator<Flux<Marked<Optional<InstanceView>>>> until) {
        return database.run(client -> until.apply(bind.apply(client.sql(sql))
                        .map(row -> row(Columns.of(row), limit))
                        .all())
                .collectList());
    }

    private Marked<Optional<InstanceView>> row(Columns row, ReadLimit limit) {
        return new Marked<>(row.isMissing("id") ? Optional.empty() : Optional.of(view(row, limit)), row.number("mark"));
    }

    private InstanceView view(Columns row, ReadLimit limit) {
        var view = columns.read(row, row.number("position"), row.instantOrNull("observed_at"), limit);
        return row.bool("parked") ? view.asParked() : view;
    }
}
