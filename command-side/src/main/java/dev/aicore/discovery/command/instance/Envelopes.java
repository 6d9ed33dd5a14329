package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Reason;
import dev.aicore.discovery.config.web.Fields;
import org.jspecify.annotations.Nullable;

/** Who asks, as facts remember it. */
final class Envelopes {

    private Envelopes() {}

    static Envelope of(Caller caller) {
        return new Envelope(
                Envelope.DEFAULT_NAMESPACE,
                caller.principal(),
                caller.role(),
                caller.sourceAddress(),
                caller.protocol(),
                caller.requestId(),
                caller.reason(),
                null,
                null);
    }

    static @Nullable String reasonIn(Fields fields) {
        return fields.textOrNull("reason", Reason.RULE);
    }
}
