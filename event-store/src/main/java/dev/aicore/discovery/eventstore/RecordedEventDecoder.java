package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.eventstore.wire.Upcasters;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes events that were copied from a store, such as those of a bundle. Older revisions are upcast. */
public final class RecordedEventDecoder {

    private final EventDecoder decoder =
            new EventDecoder(new WireSerializer(new WireTypeRegistry(WireTypes.ALL)), Upcasters.chain());

    /**
     * Columns of the store that contain an event.
     *
     * @param payload as it was stored
     */
    @SuppressWarnings("ArrayRecordComponent") // only passed on, and never changed
    public record RecordedColumns(
            long position,
            long seq,
            Instant recordedAt,
            int shard,
            int revision,
            String type,
            @Nullable String instanceId,
            byte[] payload) {}

    /**
     * Returns the event; null if it is not one that this version can decode.
     *
     * @throws RuntimeException if a newer version wrote it
     */
    public @Nullable RegistryEvent decode(RecordedColumns columns) {
        var stored = new StoredEvent(
                columns.position(),
                columns.seq(),
                columns.recordedAt(),
                columns.shard(),
                columns.revision(),
                columns.type(),
                columns.payload(),
                EventChecksum.of(
                        columns.shard(),
                        columns.seq(),
                        columns.revision(),
                        columns.type(),
                        columns.instanceId(),
                        columns.payload()),
                columns.instanceId());
        return decoder.page(List.of(stored)).getFirst().getPayload() instanceof RegistryEvent event ? event : null;
    }
}
