package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.shard.ObservationPacker.ObservationVisitor;
import java.util.Arrays;
import org.axonframework.serialization.Revision;

/**
 * Event: the observations of one batch, packed by {@link ObservationPacker}. By far the most frequent event.
 *
 * @param bytes packed observations; see {@link ObservationPacker} for the layout
 */
@Revision("1")
@SuppressWarnings("ArrayRecordComponent") // the stored form itself: never copied, never changed
public record ObservationsRecorded(byte[] bytes) implements BinaryEvent {

    /**
     * Unpacks the observations in the order of their decision.
     *
     * @throws IllegalArgumentException if the bytes don't have this layout
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
