package dev.aicore.discovery.command.deadletter;

import dev.aicore.discovery.readmodel.ModelTable;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads dead letters from the database. Blocks. */
final class DeadLetterReader {

    private static final String AT = """
            SELECT p.projection, p.instance_id, p.error, f.type
            FROM %s p JOIN store.facts f USING (position) WHERE p.position = ? ORDER BY p.projection""".formatted(ModelTable.PARKED_FACTS);

    private final JdbcClient client;

    DeadLetterReader(DataSource database) {
        this.client = JdbcClient.create(database);
    }

    /**
     * Returns the dead letter at a position; empty if no read model has set that fact aside.
     *
     * @throws org.springframework.dao.DataAccessException if the database fails
     */
    Optional<DeadLetterRecord> at(long position) {
        var perModel = client.sql(AT)
                .param(position)
                .query((row, _) -> new DeadLetterRecord(
                        row.getString("type"),
                        row.getString("instance_id"),
                        List.of(row.getString("projection")),
                        row.getString("error")))
                .list();
        var models =
                perModel.stream().flatMap(letter -> letter.models().stream()).toList();
        return perModel.stream()
                .findFirst()
                .map(first -> new DeadLetterRecord(first.type(), first.sequence(), models, first.error()));
    }

    /**
     * Fact that read models could not fold, or that waits behind an earlier fact of its sequence.
     *
     * @param type type of the event
     * @param sequence sequence whose facts are folded in order
     * @param models names of the read models that lack the fact, sorted; at least one
     * @param error error of the first of these read models
     */
    record DeadLetterRecord(String type, String sequence, List<String> models, String error) {

        DeadLetterRecord {
            models = List.copyOf(models);
        }
    }
}
