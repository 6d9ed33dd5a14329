package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.config.eventstore.UnreadableEntry;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.BuildFold;
import dev.aicore.discovery.projection.flow.FactFlow;
import dev.aicore.discovery.projection.flow.FactIntake;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.ModelTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code configurations}, {@code configuration_versions} and {@code configuration_schemas}. */
@ProcessingGroup(FactFlow.PROCESSOR)
public final class ConfigurationProjection {

    public static final String NAME = "configurations";

    private final FactIntake intake;

    public ConfigurationProjection(FactIntake intake) {
        this.intake = intake;
    }

    /** What becomes of the facts that are taken in. */
    public static BatchFold fold() {
        return new ConfigurationFold().andThen(new SchemaFold());
    }

    /** What it makes, to be built anew. */
    public static Model model() {
        return new Model(
                NAME,
                List.of(
                        new ModelTable("configuration_versions", "service COLLATE \"C\", from_position", """
                                SELECT from_position, CASE WHEN to_position <= :p THEN to_position END AS to_position, from_at,
                                       CASE WHEN to_position <= :p THEN to_at END AS to_at, version, restored, service,
                                       namespace, actor, role, reason, content
                                FROM :s.configuration_versions WHERE from_position <= :p"""),
                        last("configurations"),
                        last("configuration_schemas")),
                fold(),
                () -> BuildFold.of(fold()),
                ConfigurationProjection::takes);
    }

    /** One row for each service, with the position of what last changed it. */
    private static ModelTable last(String table) {
        return new ModelTable(table, "service COLLATE \"C\"", """
                SELECT * FROM :s.%1$s t WHERE position <= :p AND NOT EXISTS (
                    SELECT 1 FROM models.%1$s later WHERE later.service = t.service AND later.position > :p)""".formatted(table));
    }

    private static boolean takes(Object fact) {
        return fact instanceof ConfigurationFact
                || (fact instanceof UnreadableEntry lost && lost.stream().equals(ConfigurationBook.NAME));
    }

    @EventHandler
    void on(UnreadableEntry lost, TrackingToken token, @Timestamp Instant at) {
        if (takes(lost)) {
            intake.take(lost, token, at);
        }
    }

    @EventHandler
    void on(ConfigurationFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String book) {
        intake.take(fact, token, at, book);
    }
}
