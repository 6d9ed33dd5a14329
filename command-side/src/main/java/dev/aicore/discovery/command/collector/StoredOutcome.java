package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.config.eventstore.wire.WireJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What came of a write, as it is stored with the write's key: enough to answer the write again.
 *
 * @param at when it was decided
 * @param held the outcome, if it is this one; of these exactly one is there
 * @param deregistered the outcome, if it is this one
 */
public record StoredOutcome(Instant at, Outcome.@Nullable Held held, Outcome.@Nullable Deregistered deregistered) {

    static String write(Instant at, Outcome outcome) {
        return WireJson.mapper()
                .writeValueAsString(
                        switch (outcome) {
                            case Outcome.Held held -> new StoredOutcome(at, held, null);
                            case Outcome.Deregistered deregistered -> new StoredOutcome(at, null, deregistered);
                            case Outcome.Renewed _, Outcome.Each _, Outcome.Leases _, Outcome.Refused _ ->
                                throw new IllegalArgumentException(
                                        "No write that takes a key comes to " + outcome + ".");
                        });
    }

    /**
     * The reply that says so again.
     *
     * @param position of the write's event
     * @throws RegistryException {@code newer_event} if another version of the registry has stored it in a form of its own
     */
    public static Reply read(String json, long position) {
        try {
            var stored = WireJson.mapper().readValue(json, StoredOutcome.class);
            var outcome = stored.held() != null ? stored.held() : stored.deregistered();
            if (outcome != null) {
                return new Reply(outcome, position, stored.at());
            }
        } catch (JacksonException e) {
            // told below: what it says names classes
        }
        throw new RegistryException(
                ErrorCode.NEWER_EVENT,
                "The request was done before, at position " + position + "; another version of the registry has stored"
                        + " what was answered.");
    }
}
