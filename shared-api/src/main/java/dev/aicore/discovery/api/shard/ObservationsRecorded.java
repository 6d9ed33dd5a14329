package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.BinaryEvent;
import java.util.Arrays;
import org.axonframework.serialization.Revision;

/**
 * What a shard heard in one batch, packed by {@link ObservationPacker}: by far the most frequent event.
 *
 * @param bytes see {@link ObservationPacker} for the layout
 */
@Revision("1")
@SuppressWarnings("ArrayRecordComponent") // the stored form itself: copied nowhere, changed by nobody
public record ObservationsRecorded(byte[] bytes) implements BinaryEvent {

    /**
     * Unpacks them in the order in which they were decided.
     *
     * @throws IllegalArgumentException if the bytes aren't of this layout
     */
    public void forEach(ObservationVisitor visitor) {
        ObservationPacker.unpack(bytes, visitor);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObservationsRecorded(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
