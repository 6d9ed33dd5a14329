package dev.aicore.discovery.command.readmodel;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads which facts read models couldn't fold. Blocks. */
final class ParkedReader {

    private static final String AT = """
            SELECT p.projection, p.instance_id, p.error, f.type
            FROM models.parked_facts p JOIN store.facts f USING (position) WHERE p.position = ? ORDER BY p.projection""";

    private final DataSource database;

    ParkedReader(DataSource database) {
        this.database = database;
    }

    /** The fact at a position; empty if every read model has it. */
    Optional<Parked> at(long position) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(AT)) {
            select.setLong(1, position);
            var models = new ArrayList<String>();
            @Nullable Parked first = null;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    models.add(rows.getString("projection"));
                    if (first == null) {
                        first = new Parked(
                                rows.getString("type"), rows.getString("instance_id"), models, rows.getString("error"));
                    }
                }
            }
            return first == null
                    ? Optional.empty()
                    : Optional.of(new Parked(first.type(), first.sequence(), models, first.error()));
        }
    }
}
