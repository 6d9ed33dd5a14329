package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestReason;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who asks, as facts remember it. */
public final class EventMetadataFactory {

    private EventMetadataFactory() {}

    static EventMetadata of(Caller caller) {
        return of(caller, null);
    }

    /** The same, for a write that is to be done once under a key. */
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
                null,
                caller.reach());
    }

    /** The same caller, with the reason of a body that has nothing else, if it has one. */
    public static Mono<Caller> withReasonOf(Caller caller, JsonBody jsonBody) {
        return jsonBody.optional().map(jsonFields -> {
            var reason = reasonIn(jsonFields);
            jsonFields.rejectUnknown();
            jsonFields.validate();
            return caller.withReason(reason);
        });
    }

    /** For a write that may say why in its body, and nothing else there. */
    public static Mono<EventMetadata> withReason(Caller caller, JsonBody jsonBody) {
        return withReasonOf(caller, jsonBody).map(by -> of(by, jsonBody.idempotencyKey()));
    }

    /** What a body gives as the reason; null if nothing. */
    public static @Nullable String reasonIn(JsonFields jsonFields) {
        return jsonFields.textOrNull("reason", RequestReason.RULE);
    }
}
