package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestReason;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Creates the event metadata of requests. */
public final class EventMetadataFactory {

    private EventMetadataFactory() {}

    static EventMetadata of(Caller caller) {
        return of(caller, null);
    }

    /** Creates the event metadata of a request with an idempotency key; null if it has none. */
    public static EventMetadata of(Caller caller, @Nullable IdempotencyKeyHeader key) {
        return new EventMetadata(
                EventMetadata.DEFAULT_NAMESPACE,
                caller.principal(),
                caller.role(),
                caller.sourceAddress(),
                caller.protocol(),
                caller.requestId(),
                caller.reason(),
                key == null ? null : key.value(),
                caller.traceParent(),
                caller.reach());
    }

    /** Returns the caller with the reason from a body that has no other field, if there is a body with a reason. */
    public static Mono<Caller> withReasonOf(Caller caller, JsonBody jsonBody) {
        return jsonBody.optional().map(jsonFields -> {
            var reason = reasonIn(jsonFields);
            jsonFields.rejectUnknown();
            jsonFields.validate();
            return caller.withReason(reason);
        });
    }

    /** Creates the event metadata of a write whose body may contain a reason and nothing else. */
    public static Mono<EventMetadata> withReason(Caller caller, JsonBody jsonBody) {
        return withReasonOf(caller, jsonBody).map(by -> of(by, jsonBody.idempotencyKey()));
    }

    /** Returns the reason in a body; null if there is none. */
    public static @Nullable String reasonIn(JsonFields jsonFields) {
        return jsonFields.textOrNull("reason", RequestReason.CONSTRAINT);
    }
}
