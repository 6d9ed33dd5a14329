package dev.aicore.discovery.config.access;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Tells that a key is used that never was before: once for each, and without anybody waiting for it. */
public final class FirstUses {

    /** Of keys that are told just now; more are told when they are used again. */
    private static final int MOST_AT_ONCE = 100;

    private final KeyRing keys;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile BiFunction<String, Caller, CompletableFuture<?>> teller =
            (_, _) -> CompletableFuture.completedFuture(null);

    FirstUses(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * From now on that writes it down.
     *
     * @param to takes the key's id and who came with it; must not block; what it returns fails if it is to be told again
     */
    public void tell(BiFunction<String, Caller, CompletableFuture<?>> to) {
        teller = to;
    }

    void saw(String keyId, Caller caller) {
        if (keys.isUnused(keyId) && told.size() < MOST_AT_ONCE && told.add(keyId)) {
            CompletableFuture<?> _ = teller.apply(keyId, caller).whenComplete((_, _) -> told.remove(keyId));
        }
    }
}
