package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.FactIntake;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code configurations}, {@code configuration_versions} and {@code configuration_schemas}. */
@ProcessingGroup(ConfigurationProjection.NAME)
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

    @EventHandler
    void on(ConfigurationFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String book) {
        intake.take(fact, token, at, book);
    }
}
