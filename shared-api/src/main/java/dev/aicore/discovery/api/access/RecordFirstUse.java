package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Notes that a key was used, if that is the first time. The answer is a {@link ApiKeyOutcome}.
 *
 * @param book {@link ApiKeyStream#NAME}
 */
public record RecordFirstUse(
        @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant usedAt, EventMetadata envelope) {}
