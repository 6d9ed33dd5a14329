package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Somebody gave up a fact that read models couldn't fold: they go on without it. The fact itself stays in the store, and a rebuild tries it
 * again.
 *
 * @param dropped its position
 * @param type its name
 * @param sequence what it was ordered with: an instance's id, a configuration, or a shard
 * @param models the read models that go on without it
 * @param error why the first of them couldn't fold it
 */
@Revision("1")
public record DeadLetterDropped(
        long dropped,
        String type,
        String sequence,
        List<String> models,
        String error,
        Instant droppedAt,
        EventMetadata envelope) {

    public DeadLetterDropped {
        models = List.copyOf(models);
    }
}
