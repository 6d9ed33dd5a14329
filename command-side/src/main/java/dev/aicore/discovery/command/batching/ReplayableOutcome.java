package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.wire.WireJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Outcome of a write as it is stored with the write's idempotency key. It suffices to answer a repetition of the write.
 * Exactly one of the outcome components is present, the others are null.
 *
 * @param at time of the decision
 * @param held the outcome of a registration or an update
 * @param deregistered the outcome of a deregistration
 * @param reset the outcome of a reset of pick counters; absent in what earlier versions stored
 * @param monitored the outcome of starting or stopping checks; absent in what earlier versions stored
 * @param circuit the outcome of a call report; absent in what earlier versions stored
 * @param configured the outcome of a write of a configuration; absent in what earlier versions stored
 * @param dropped the outcome of dropping a dead letter; absent in what earlier versions stored
 * @param restored the outcome of a restore; absent in what earlier versions stored
 */
public record ReplayableOutcome(
        Instant at,
        Outcome.@Nullable Stored held,
        Outcome.@Nullable Deregistered deregistered,
        Outcome.@Nullable Reset reset,
        Outcome.@Nullable Monitored monitored,
        Outcome.@Nullable Circuit circuit,
        Outcome.@Nullable Configured configured,
        Outcome.@Nullable Dropped dropped,
        Outcome.@Nullable Restored restored) {

    /** Returns the JSON that is stored with the key of a write with this outcome. */
    public static String write(Instant at, Outcome outcome) {
        return WireJson.mapper()
                .writeValueAsString(new TreeMap<>(Map.of("at", at, component(outcome), reportable(outcome))));
    }

    /** Returns the name of the record component that holds an outcome. */
    private static String component(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _ -> "held";
            case Outcome.Deregistered _ -> "deregistered";
            case Outcome.Reset _ -> "reset";
            case Outcome.Monitored _ -> "monitored";
            case Outcome.Circuit _ -> "circuit";
            case Outcome.Configured _ -> "configured";
            case Outcome.Dropped _ -> "dropped";
            case Outcome.Restored _ -> "restored";
            case Outcome.Renewed _,
                    Outcome.Batch _,
                    Outcome.Leases _,
                    Outcome.MonitoredInstances _,
                    Outcome.Checkpointed _,
                    Outcome.Refused _ ->
                throw new IllegalArgumentException("No write with an idempotency key has the outcome " + outcome + ".");
        };
    }

    /** Returns the part of an outcome that callers receive; the rest is for the listeners of the shard. */
    private static Outcome reportable(Outcome outcome) {
        return outcome instanceof Outcome.Restored restored
                ? new Outcome.Restored(restored.point(), restored.instances(), List.of())
                : outcome;
    }

    private @Nullable Outcome outcome() {
        return Stream.of(held, deregistered, reset, monitored, circuit, configured, dropped, restored)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns the reply that was stored.
     *
     * @param position position of the write's event
     * @throws RegistryException {@code newer_event} if another version of the registry stored the outcome in a form
     *     that this version can't read
     */
    public static CommandReply read(String json, long position) {
        try {
            var stored = WireJson.mapper().readValue(json, ReplayableOutcome.class);
            var outcome = stored.outcome();
            if (outcome != null) {
                return new CommandReply(outcome, position, stored.at());
            }
        } catch (JacksonException e) {
            // Reported below: the message of the exception names classes.
        }
        throw new RegistryException(
                ErrorCode.NEWER_EVENT,
                "The request was executed before, at position " + position
                        + "; another version of the registry has stored its reply.");
    }
}
