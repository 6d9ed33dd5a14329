package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Event: takes the position of an event that can't be read. The original row is in the table {@code store.quarantine}.
 * The content of the original event is unknown, so this event has no effect on read models. A shard ends the instance
 * if {@code type} is that of a deregistration or a removal.
 *
 * @param type wire name in the original row; empty if the row had none
 * @param instance id of the instance in the original row; null if the event was about a shard
 * @param stream name of the shard, or of the stream of keys or configurations
 * @param reason why the event can't be read
 */
@Revision("1")
public record EventQuarantined(
        String type,
        @Nullable String instance,
        String stream,
        String reason,
        Instant quarantinedAt,
        EventMetadata envelope)
        implements RegistryEvent {}
