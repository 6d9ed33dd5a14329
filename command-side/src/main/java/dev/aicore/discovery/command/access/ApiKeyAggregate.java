package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.access.ApiKeyCommand.ApiKeyOutcome;
import dev.aicore.discovery.api.access.ApiKeyCommand.EndSessions;
import dev.aicore.discovery.api.access.ApiKeyCommand.IssueKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RecordFirstUse;
import dev.aicore.discovery.api.access.ApiKeyCommand.RevokeKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RotateKey;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyFirstUsed;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyFact.SessionsEnded;
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
    private final Set<String> usedKeys = new HashSet<>();

    /** Creates an empty aggregate, to which Axon applies its events. */
    ApiKeyAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ApiKeyOutcome issue(IssueKey command) {
        if (countLive(command.issuedAt()) >= ApiKeyStream.MAX_KEYS) {
            return ApiKeyOutcome.TOO_MANY;
        }
        AggregateLifecycle.apply(new KeyIssued(
                command.keyId(),
                command.principal(),
                command.role(),
                command.description(),
                command.hash(),
                command.issuedAt(),
                command.expiresAt(),
                command.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @CommandHandler
    ApiKeyOutcome rotate(RotateKey command) {
        if (!isLive(command.keyId(), command.rotatedAt())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        AggregateLifecycle.apply(new KeyRotated(
                command.keyId(), command.hash(), command.previousUntil(), command.rotatedAt(), command.envelope()));
        return ApiKeyOutcome.DONE;
    }

    /** Revokes a key. An expired key may be revoked, too. */
    @CommandHandler
    ApiKeyOutcome revoke(RevokeKey command) {
        if (!keys.containsKey(command.keyId())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        AggregateLifecycle.apply(new KeyRevoked(command.keyId(), command.revokedAt(), command.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @CommandHandler
    ApiKeyOutcome endSessions(EndSessions command) {
        if (!isLive(command.keyId(), command.endedAt())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        AggregateLifecycle.apply(new SessionsEnded(command.keyId(), command.endedAt(), command.envelope()));
        return ApiKeyOutcome.DONE;
    }

    @CommandHandler
    ApiKeyOutcome recordFirstUse(RecordFirstUse command) {
        if (!keys.containsKey(command.keyId())) {
            return ApiKeyOutcome.UNKNOWN;
        }
        if (usedKeys.contains(command.keyId())) {
            return ApiKeyOutcome.ALREADY;
        }
        AggregateLifecycle.apply(new KeyFirstUsed(command.keyId(), command.usedAt(), command.envelope()));
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
            usedKeys.retainAll(keys.keySet());
        }
    }

    @EventSourcingHandler
    void on(KeyRevoked revoked) {
        keys.remove(revoked.keyId());
        usedKeys.remove(revoked.keyId());
    }

    @EventSourcingHandler
    void on(KeyFirstUsed first) {
        usedKeys.add(first.keyId());
    }

    private boolean isLive(String keyId, Instant now) {
        var end = keys.get(keyId);
        return end != null && end.isAfter(now);
    }

    private long countLive(Instant now) {
        return keys.size() < ApiKeyStream.MAX_KEYS
                ? keys.size()
                : keys.values().stream().filter(end -> end.isAfter(now)).count();
    }
}
