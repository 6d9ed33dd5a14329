package dev.aicore.discovery.projection.axonserver;

import io.axoniq.axonserver.grpc.event.Event;

/**
 * Fact in the form that Axon Server stores.
 *
 * @param event event whose aggregate is the instance, and whose message identifier is that of the fact
 */
record ExportedFact(Event event) {

    /** Returns the id of the instance. */
    String instance() {
        return event.getAggregateIdentifier();
    }

    /** Returns the number of earlier facts of the instance. */
    long sequence() {
        return event.getAggregateSequenceNumber();
    }

    /** Returns the identifier of the fact, which is the same whenever the fact is exported. */
    String identifier() {
        return event.getMessageIdentifier();
    }

    /** Returns the position of the fact in the store. */
    long position() {
        return event.getMetaDataOrThrow(FactEventEncoder.POSITION).getNumberValue();
    }
}
