package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyFirstUsed;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyFact.SessionsEnded;
import dev.aicore.discovery.api.access.ApiKeyView;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds all API keys in memory, so that no request waits for the store. Follows the events of the key stream. */
public final class ApiKeyRegistry {

    /**
     * Maximum number of revoked keys that are retained, and of expired ones, so that their status can still be queried.
     */
    private static final int MAX_ENDED_KEYS = 1_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyRegistry.class);

    private static final Set<String> NON_REVOKING_TYPES =
            Set.of(WireTypes.nameOf(KeyIssued.class), WireTypes.nameOf(KeyFirstUsed.class));

    private final Duration maxStaleness;
    private final TimeSource time;
    private final Map<String, ApiKeyEntry> keys = new ConcurrentHashMap<>();
    private final Deque<String> revoked = new ArrayDeque<>();
    private final KeyExpiryIndex keyExpiryIndex = new KeyExpiryIndex(MAX_ENDED_KEYS);

    private volatile Supplier<Duration> staleness = () -> Duration.ZERO;

    /**
     * Creates an empty registry.
     *
     * @param staleLimit time for which keys remain valid while the event store can't be read for revocations
     */
    ApiKeyRegistry(Duration staleLimit, TimeSource time) {
        this.maxStaleness = staleLimit;
        this.time = time;
    }

    /** Sets the source of the time for which the store hasn't been read. */
    void setStalenessSource(Supplier<Duration> source) {
        staleness = source;
    }

    /** Applies an event of a key. Called by one thread at a time. */
    public synchronized void apply(ApiKeyFact fact) {
        switch (fact) {
            case KeyIssued issued -> issue(ApiKeyEntry.of(issued));
            case KeyRotated rotated -> keys.computeIfPresent(rotated.keyId(), (_, entry) -> entry.rotated(rotated));
            case KeyRevoked keyRevoked -> revoke(keyRevoked);
            case SessionsEnded ended ->
                keys.computeIfPresent(ended.keyId(), (_, held) -> held.withSessionsEnded(ended.endedAt()));
            case KeyFirstUsed first -> keys.computeIfPresent(first.keyId(), (_, held) -> held.withUsed());
        }
    }

    /**
     * Handles an event of a key that can't be read, in the order of the stream. If the event may have revoked a key or
     * changed its secret, revokes every known key: no key remains valid that may have been revoked. Called by one
     * thread at a time.
     */
    public synchronized void applyUnreadable(String type) {
        boolean revokesNothing = NON_REVOKING_TYPES.contains(type);
        LOG.error(
                "A fact about an API key ({}) can't be read{}",
                type,
                revokesNothing ? "." : ", so all keys that were issued before it are revoked: issue new keys.");
        if (!revokesNothing) {
            keys.replaceAll((_, entry) -> entry.isRevoked() ? entry : entry.revoked(time.now()));
        }
    }

    private void issue(ApiKeyEntry entry) {
        keys.put(entry.issued().keyId(), entry);
        if (!entry.isBootstrapKey()) {
            keyExpiryIndex.add(entry.issued());
        }
        keyExpiryIndex.evictSurplus(entry.issued().issuedAt()).forEach(keys::remove);
    }

    private void revoke(KeyRevoked keyRevoked) {
        var revokedKey = keys.computeIfPresent(keyRevoked.keyId(), (_, entry) -> entry.revoked(keyRevoked.revokedAt()));
        if (revokedKey == null || revokedKey.isBootstrapKey()) {
            return;
        }
        keyExpiryIndex.remove(revokedKey.issued());
        revoked.addLast(keyRevoked.keyId());
        if (revoked.size() > MAX_ENDED_KEYS) {
            keys.remove(revoked.removeFirst());
        }
    }

    /**
     * Returns the identity of the key; null if the key is unknown, expired or revoked.
     *
     * @throws RegistryException {@code not_ready} if the store hasn't been read for longer than the stale limit
     */
    @Nullable
    Identity find(String text) {
        var key = ApiKey.parse(text);
        var entry = key == null ? null : keys.get(key.id());
        if (entry == null) {
            return null;
        }
        var secret = entry.secret(TokenCache.sha256(text), time.now());
        return secret == null || !isLive(entry) ? null : entry.identity(secret);
    }

    /**
     * Returns true if the key is live and the secret it had since then is still valid; a token of the key is valid only
     * then. Fails as {@link #find} does.
     *
     * @param since time at which the secret became the key's, in milliseconds since 1970
     */
    boolean isLive(String keyId, long since) {
        var entry = keys.get(keyId);
        return entry != null && isLive(entry) && entry.acceptsSecretSince(since, time.now());
    }

    /**
     * Returns true if a session of the key hasn't been ended.
     *
     * @param startedAt start of the session in milliseconds since 1970
     */
    boolean isSessionLive(String keyId, long startedAt) {
        var entry = keys.get(keyId);
        return entry != null && entry.acceptsSessionSince(startedAt);
    }

    /** Returns true if the key is known and has never been used, as far as this node knows. */
    boolean isUnused(String keyId) {
        var entry = keys.get(keyId);
        return entry != null && !entry.isUsed();
    }

    /** Returns true if a key of this id was issued; evicted keys are unknown. */
    public boolean isKnown(String keyId) {
        return keys.containsKey(keyId);
    }

    /** Returns all known keys, the oldest first. */
    public List<ApiKeyView> all() {
        return keys.values().stream()
                .map(ApiKeyEntry::view)
                .sorted(Comparator.comparing(ApiKeyView::issuedAt).thenComparing(ApiKeyView::keyId))
                .toList();
    }

    private boolean isLive(ApiKeyEntry entry) {
        if (staleness.get().compareTo(maxStaleness) > 0) {
            throw new RegistryException(
                    ErrorCode.NOT_READY,
                    "The event store has not been read for so long that revoked keys may be unknown.",
                    RETRY_AFTER);
        }
        return entry.isLive(time.now());
    }
}
