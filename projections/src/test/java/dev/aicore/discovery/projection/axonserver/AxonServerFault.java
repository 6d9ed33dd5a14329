package dev.aicore.discovery.projection.axonserver;

/** Fault of a double of Axon Server. */
enum AxonServerFault {
    /** Each call fails at once. */
    UNAVAILABLE,
    /** The event store doesn't answer. */
    SLOW,
    /** An append is committed, and its answer lost with the connection. */
    ACKNOWLEDGEMENT_LOST,
    /** An append that fits is refused because of its sequence numbers. */
    SEQUENCE_REFUSED,
    /** The access token is refused. */
    UNAUTHENTICATED,
    /** The context doesn't exist. */
    CONTEXT_MISSING,
    /** The stream of an append is closed without an answer, and nothing is committed. */
    STREAM_CLOSED,
    /** An append is answered by a negative confirmation, and nothing is committed. */
    NOT_CONFIRMED
}
