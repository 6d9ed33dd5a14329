package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** What statements answer that have a position in the column {@code mark} of each row, and an instance in the others or nulls. */
record MarkedReader(Database database, InstanceColumns columns) {

    /** The statement answers one row at least. */
    Mono<Marked<List<InstanceView>>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(Marked::together));
    }

    /**
     * The same of one instance, whose first parked fact is in the column {@code waits_from}.
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
                    return row(columns);
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

    private Marked<Optional<InstanceView>> row(Columns row) {
        return new Marked<>(row.isMissing("id") ? Optional.empty() : Optional.of(view(row)), row.number("mark"));
    }

    private InstanceView view(Columns row) {
        var view = columns.read(row, row.number("position"), row.instantOrNull("observed_at"));
        return row.bool("parked") ? view.asParked() : view;
    }
}
