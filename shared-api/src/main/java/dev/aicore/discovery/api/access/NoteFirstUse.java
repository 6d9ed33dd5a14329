package dev.aicore.discovery.api.access;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Notes that a key was used, if that is the first time. The answer is a {@link KeyOutcome}.
 *
 * @param book {@link AccessBook#NAME}
 */
public record NoteFirstUse(
        @TargetAggregateIdentifier @RoutingKey String book, String keyId, Instant usedAt, Envelope envelope) {}
