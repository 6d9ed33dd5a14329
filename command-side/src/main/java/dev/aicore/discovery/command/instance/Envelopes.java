package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Reason;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who asks, as facts remember it. */
public final class Envelopes {

    private Envelopes() {}

    static Envelope of(Caller caller) {
        return of(caller, null);
    }

    /** The same, for a write that is to be done once under a key. */
    public static Envelope of(Caller caller, @Nullable IdempotencyKey key) {
        return new Envelope(
                Envelope.DEFAULT_NAMESPACE,
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
    public static Mono<Caller> because(Caller caller, Body body) {
        return body.optional().map(fields -> {
            var reason = reasonIn(fields);
            fields.rejectUnknown();
            fields.orThrow();
            return caller.because(reason);
        });
    }

    /** For a write that may say why in its body, and nothing else there. */
    public static Mono<Envelope> saying(Caller caller, Body body) {
        return because(caller, body).map(by -> of(by, body.idempotencyKey()));
    }

    /** What a body gives as the reason; null if nothing. */
    public static @Nullable String reasonIn(Fields fields) {
        return fields.textOrNull("reason", Reason.RULE);
    }
}
