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

    private Marked<Optional<InstanceView>> row(Columns row) {
        return new Marked<>(
                row.isMissing("id")
                        ? Optional.empty()
                        : Optional.of(columns.read(row, row.number("position"), row.instantOrNull("observed_at"))),
                row.number("mark"));
    }
}
