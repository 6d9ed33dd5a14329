package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.access.ApiKeyOutcome;
import dev.aicore.discovery.api.access.ApiKeyStream;
import dev.aicore.discovery.api.access.IssueKey;
import dev.aicore.discovery.api.access.KeyFirstUsed;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRevoked;
import dev.aicore.discovery.api.access.KeyRotated;
import dev.aicore.discovery.api.access.RecordFirstUse;
import dev.aicore.discovery.api.access.RevokeKey;
import dev.aicore.discovery.api.access.RotateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Aggregate of all API keys, in one event stream, so that all decisions about keys have one order. Stores of each key
 * only when it ends and whether it was used.
 */
@AggregateRoot
public final class ApiKeyAggregate {

    /** Null until the first event. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String name;

    private final Map<String, Instant> keys = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /** Creates an empty aggregate, to which Axon applies its events. */
    ApiKeyAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ApiKeyOutcome issue(IssueKey asked) {
        if (living(asked.issuedAt()) >= ApiKeyStream.MAX_KEYS) {
            return ApiKeyOutcome.TOO_MANY;
        }
        AggregateLifecycle.apply(new KeyIssued(
                asked.keyId(),
                asked.principal(),
                asked.role(),
                asked.description(),
                asked.hash(),
                asked.issuedAt(),
                asked.expiresAt(),
                asked.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @CommandHandler
    ApiKeyOutcome rotate(RotateKey asked) {
        if (!isLiving(asked.keyId(), asked.rotatedAt())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        AggregateLifecycle.apply(new KeyRotated(
                asked.keyId(), asked.hash(), asked.previousUntil(), asked.rotatedAt(), asked.envelope()));
        return ApiKeyOutcome.DONE;
    }

    /** Revokes a key. An expired key may be revoked, too. */
    @CommandHandler
    ApiKeyOutcome revoke(RevokeKey asked) {
        if (!keys.containsKey(asked.keyId())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        AggregateLifecycle.apply(new KeyRevoked(asked.keyId(), asked.revokedAt(), asked.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @CommandHandler
    ApiKeyOutcome recordFirstUse(RecordFirstUse asked) {
        if (!keys.containsKey(asked.keyId())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        if (used.contains(asked.keyId())) {
            return ApiKeyOutcome.ALREADY;
        }
        AggregateLifecycle.apply(new KeyFirstUsed(asked.keyId(), asked.usedAt(), asked.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @EventSourcingHandler
    void on(KeyIssued issued) {
        name = ApiKeyStream.NAME;
        var end = issued.expiresAt();
        keys.put(issued.keyId(), end == null ? Instant.MAX : end);
        // Removes expired keys to make room for others.
        if (keys.size() > ApiKeyStream.MAX_KEYS) {
            keys.values().removeIf(over -> !over.isAfter(issued.issuedAt()));
            used.retainAll(keys.keySet());
        }
    }

    @EventSourcingHandler
    void on(KeyRevoked revoked) {
        keys.remove(revoked.keyId());
        used.remove(revoked.keyId());
    }

    @EventSourcingHandler
    void on(KeyFirstUsed first) {
        used.add(first.keyId());
    }

    private boolean isLiving(String keyId, Instant now) {
        var end = keys.get(keyId);
        return end != null && end.isAfter(now);
    }

    private long living(Instant now) {
        return keys.size() < ApiKeyStream.MAX_KEYS
                ? keys.size()
                : keys.values().stream().filter(end -> end.isAfter(now)).count();
    }
}
