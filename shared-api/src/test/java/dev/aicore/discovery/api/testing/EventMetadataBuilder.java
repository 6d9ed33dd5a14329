package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.EventMetadata;
import org.jspecify.annotations.Nullable;

/** Builds the metadata of events that a caller of the API causes. */
public final class EventMetadataBuilder {

    private final String actor;
    private String role = "service";
    private @Nullable String sourceAddress;
    private @Nullable String requestId;
    private @Nullable String reason;
    private @Nullable String idempotencyKey;
    private @Nullable String traceParent;

    private EventMetadataBuilder(String actor) {
        this.actor = actor;
    }

    /** Returns a builder of a request over REST in the role {@code service}, without optional parts. */
    public static EventMetadataBuilder by(String actor) {
        return new EventMetadataBuilder(actor);
    }

    public EventMetadataBuilder role(String value) {
        role = value;
        return this;
    }

    public EventMetadataBuilder sourceAddress(String value) {
        sourceAddress = value;
        return this;
    }

    public EventMetadataBuilder requestId(String value) {
        requestId = value;
        return this;
    }

    public EventMetadataBuilder reason(String value) {
        reason = value;
        return this;
    }

    public EventMetadataBuilder idempotencyKey(String value) {
        idempotencyKey = value;
        return this;
    }

    public EventMetadataBuilder traceParent(String value) {
        traceParent = value;
        return this;
    }

    public EventMetadata build() {
        return new EventMetadata(
                EventMetadata.DEFAULT_NAMESPACE,
                actor,
                role,
                sourceAddress,
                "rest",
                requestId,
                reason,
                idempotencyKey,
                traceParent);
    }
}
