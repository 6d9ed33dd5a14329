package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Outcome;
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
 * What came of a write, as it is stored with the write's key: enough to answer the write again.
 *
 * @param at when it was decided
 * @param held the outcome, if it is this one; of these exactly one is there
 * @param deregistered the outcome, if it is this one
 * @param reset the outcome, if it is this one; not in what earlier versions stored
 * @param monitored likewise
 * @param circuit likewise
 * @param configured likewise
 * @param dropped likewise
 * @param restored likewise
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

    /** What is to be stored with the key of a write that came to this. */
    public static String write(Instant at, Outcome outcome) {
        return WireJson.mapper()
                .writeValueAsString(new TreeMap<>(Map.of("at", at, component(outcome), reportable(outcome))));
    }

    /** Its name among the components. */
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
                throw new IllegalArgumentException("No write that takes a key comes to " + outcome + ".");
        };
    }

    /** What callers are told; the rest was for those who follow the shard. */
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
     * The reply that says so again.
     *
     * @param position of the write's event
     * @throws RegistryException {@code newer_event} if another version of the registry has stored it in a form of its own
     */
    public static CommandReply read(String json, long position) {
        try {
            var stored = WireJson.mapper().readValue(json, ReplayableOutcome.class);
            var outcome = stored.outcome();
            if (outcome != null) {
                return new CommandReply(outcome, position, stored.at());
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
