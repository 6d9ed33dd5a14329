package dev.aicore.discovery.command.deadletter;

import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads dead letters from the database. Blocks. */
final class DeadLetterReader {

    private static final String AT = """
            SELECT p.projection, p.instance_id, p.error, f.type
            FROM %s p JOIN store.facts f USING (position) WHERE p.position = ? ORDER BY p.projection""".formatted(ModelTable.PARKED_FACTS);

    private final DataSource database;

    DeadLetterReader(DataSource database) {
        this.database = database;
    }

    /** Returns the dead letter at a position; empty if no read model has set that fact aside. */
    Optional<DeadLetterRecord> at(long position) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(AT)) {
            select.setLong(1, position);
            var models = new ArrayList<String>();
            @Nullable DeadLetterRecord first = null;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    models.add(rows.getString("projection"));
                    if (first == null) {
                        first = new DeadLetterRecord(
                                rows.getString("type"), rows.getString("instance_id"), models, rows.getString("error"));
                    }
                }
            }
            return first == null
                    ? Optional.empty()
                    : Optional.of(new DeadLetterRecord(first.type(), first.sequence(), models, first.error()));
        }
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
