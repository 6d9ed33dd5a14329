package dev.aicore.discovery.projection.axonserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.eventstore.PositionTokens;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** Encodes facts as events of Axon Server, whose aggregates are instances. */
final class FactEventEncoder {

    /** Type of the aggregates. */
    static final String AGGREGATE_TYPE = "ServiceInstance";

    /** Metadata of each event: its position in the registry's store. */
    static final String POSITION = "registry_position";

    /** Metadata of each event: the id of the registry's store. */
    static final String STORE = "registry_store";

    private final String store;
    private final WireSerializer serializer = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));

    /** @param store id of the registry's store */
    FactEventEncoder(UUID store) {
        this.store = store.toString();
    }

    /**
     * Returns the instance that an event is about; null if it is about none, and isn't exported.
     *
     * @throws FactExportException if the event is about an instance and can't be read
     */
    static @Nullable String instanceOf(TrackedEventMessage<?> event) throws FactExportException {
        return switch (event.getPayload()) {
            case Fact fact -> fact.id();
            case EventQuarantined quarantined -> quarantined.instance();
            case UnreadableEvent unreadable -> {
                if (unreadable.instanceId() == null) {
                    yield null;
                }
                throw new FactExportException(Reason.UNREADABLE_FACT, unreadable.reason());
            }
            default -> null;
        };
    }

    /** Encodes a fact. Equal facts of a store have equal encodings, whenever they are exported. */
    ExportedFact encode(TrackedEventMessage<?> fact, String instance, long sequence) {
        var payload = serializer.serialize(fact.getPayload(), byte[].class);
        long position = PositionTokens.of(fact.trackingToken());
        long at = fact.getTimestamp().toEpochMilli();
        return new ExportedFact(Event.newBuilder()
                .setMessageIdentifier(identifier(fact, position, at))
                .setAggregateType(AGGREGATE_TYPE)
                .setAggregateIdentifier(instance)
                .setAggregateSequenceNumber(sequence)
                .setTimestamp(at)
                .setPayload(SerializedObject.newBuilder()
                        .setType(payload.getType().getName())
                        .setRevision(String.valueOf(payload.getType().getRevision()))
                        .setData(ByteString.copyFrom(payload.getData())))
                .putMetaData(
                        POSITION,
                        MetaDataValue.newBuilder().setNumberValue(position).build())
                .putMetaData(
                        STORE, MetaDataValue.newBuilder().setTextValue(store).build())
                .build());
    }

    /**
     * Returns an identifier that no other fact has: a position that was used again after a restore has another time or
     * another place in its shard.
     */
    private String identifier(TrackedEventMessage<?> fact, long position, long at) {
        var place = fact instanceof DomainEventMessage<?> ofShard
                ? ofShard.getAggregateIdentifier() + '/' + ofShard.getSequenceNumber()
                : "";
        var name = store + '/' + position + '/' + place + '/' + at;
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }
}
