package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.access.ApiKeyView;
import dev.aicore.discovery.api.access.KeyFirstUsed;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRevoked;
import dev.aicore.discovery.api.access.KeyRotated;
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

/** Every key that there is, as this node has heard of it, in memory: no request waits for the store. */
public final class ApiKeyRegistry {

    /** So many of the revoked are remembered, and of those that ended by themselves, for those who ask what has become of a key. */
    private static final int MAX_ENDED_KEYS = 1_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyRegistry.class);

    private static final Set<String> REVOKING_NOTHING =
            Set.of(WireTypes.nameOf(KeyIssued.class), WireTypes.nameOf(KeyFirstUsed.class));

    private final Duration staleLimit;
    private final TimeSource time;
    private final Map<String, ApiKeyEntry> keys = new ConcurrentHashMap<>();
    private final Deque<String> revoked = new ArrayDeque<>();
    private final KeyExpiryIndex keyExpiryIndex = new KeyExpiryIndex(MAX_ENDED_KEYS);

    private volatile Supplier<Duration> age = () -> Duration.ZERO;

    /** @param staleLimit for so long keys are taken although it can't be seen whether they were revoked */
    ApiKeyRegistry(Duration staleLimit, TimeSource time) {
        this.staleLimit = staleLimit;
        this.time = time;
    }

    /** From now on that tells for how long the store hasn't been seen. */
    void followedBy(Supplier<Duration> follower) {
        age = follower;
    }

    /** Hears what happened to a key. One thread at a time. */
    public synchronized void apply(ApiKeyFact fact) {
        switch (fact) {
            case KeyIssued issued -> issue(ApiKeyEntry.of(issued));
            case KeyRotated rotated -> keys.computeIfPresent(rotated.keyId(), (_, entry) -> entry.rotated(rotated));
            case KeyRevoked gone -> revoke(gone);
            case KeyFirstUsed first -> keys.computeIfPresent(first.keyId(), (_, held) -> held.used());
        }
    }

    /**
     * Hears, in the same order, that a fact about some key can't be read. What may have revoked a key, or changed its secret, takes every
     * key with it that there is: none is taken any more that somebody may have revoked. One thread at a time.
     */
    public synchronized void applyUnreadable(String type) {
        boolean revokesNothing = REVOKING_NOTHING.contains(type);
        LOG.error(
                "A fact about a key ({}) can't be read{}",
                type,
                revokesNothing ? "." : ", so no key is taken that was issued before it: issue new ones.");
        if (!revokesNothing) {
            keys.replaceAll((_, entry) -> entry.isRevoked() ? entry : entry.revoked(time.now()));
        }
    }

    private void issue(ApiKeyEntry entry) {
        keys.put(entry.issued().keyId(), entry);
        if (!entry.isOfFirstStart()) {
            keyExpiryIndex.add(entry.issued());
        }
        keyExpiryIndex.beyond(entry.issued().issuedAt()).forEach(keys::remove);
    }

    private void revoke(KeyRevoked gone) {
        var revokedKey = keys.computeIfPresent(gone.keyId(), (_, entry) -> entry.revoked(gone.revokedAt()));
        if (revokedKey == null || revokedKey.isOfFirstStart()) {
            return;
        }
        keyExpiryIndex.remove(revokedKey.issued());
        revoked.addLast(gone.keyId());
        if (revoked.size() > MAX_ENDED_KEYS) {
            keys.remove(revoked.removeFirst());
        }
    }

    /**
     * Whom that key stands for; null if it isn't known, has ended or was revoked.
     *
     * @throws RegistryException {@code not_ready} if that hasn't been known for too long
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
     * Whether a key of that id is taken by its secret of then, so that what depends on that may be too; fails as {@link #find} does.
     *
     * @param since when the secret became the key's, in milliseconds since 1970
     */
    boolean isLive(String keyId, long since) {
        var entry = keys.get(keyId);
        return entry != null && isLive(entry) && entry.takes(since, time.now());
    }

    /** Whether a key of that id has never been used, as far as is known. */
    boolean isUnused(String keyId) {
        var entry = keys.get(keyId);
        return entry != null && !entry.isUsed();
    }

    /** Whether a key of that id was ever issued, as far as is remembered. */
    public boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /** All that is known, the oldest first. */
    public List<ApiKeyView> all() {
        return keys.values().stream()
                .map(ApiKeyEntry::view)
                .sorted(Comparator.comparing(ApiKeyView::issuedAt).thenComparing(ApiKeyView::keyId))
                .toList();
    }

    private boolean isLive(ApiKeyEntry entry) {
        if (age.get().compareTo(staleLimit) > 0) {
            throw new RegistryException(
                    ErrorCode.NOT_READY,
                    "The event store hasn't been seen for so long that it isn't known which keys were revoked.",
                    RETRY_AFTER);
        }
        return entry.isLive(time.now());
    }
}
