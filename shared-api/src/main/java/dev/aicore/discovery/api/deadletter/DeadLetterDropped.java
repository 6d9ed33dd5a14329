package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Fact: a caller dropped a dead letter, so that read models go on without the fact. The fact itself stays in the store,
 * and a rebuild tries it again.
 *
 * @param dropped position of the dropped fact
 * @param type wire name of the dropped fact
 * @param sequence sequence that the fact was ordered in: an instance's id, a configuration, or a shard
 * @param models names of the read models that go on without the fact
 * @param error the error of the first of these read models
 */
@Revision("1")
public record DeadLetterDropped(
        long dropped,
        String type,
        String sequence,
        List<String> models,
        String error,
        Instant droppedAt,
        EventMetadata envelope)
        implements RegistryEvent {

    public DeadLetterDropped {
        models = List.copyOf(models);
    }
}
