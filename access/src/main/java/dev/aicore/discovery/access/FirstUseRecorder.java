package dev.aicore.discovery.access;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Tells that a key is used that never was before: once for each, and without anybody waiting for it. */
public final class FirstUseRecorder {

    /** Of keys that are told just now; more are told when they are used again. */
    private static final int MAX_CONCURRENT = 100;

    private final ApiKeyRegistry keys;
    private final Set<String> recorded = ConcurrentHashMap.newKeySet();
    private volatile BiFunction<String, Caller, CompletableFuture<?>> teller =
            (_, _) -> CompletableFuture.completedFuture(null);

    FirstUseRecorder(ApiKeyRegistry keys) {
        this.keys = keys;
    }

    /**
     * From now on that writes it down.
     *
     * @param to takes the key's id and who came with it; must not block; what it returns fails if it is to be told again
     */
    public void recordWith(BiFunction<String, Caller, CompletableFuture<?>> to) {
        teller = to;
    }

    void onUse(String keyId, Caller caller) {
        if (keys.isUnused(keyId) && recorded.size() < MAX_CONCURRENT && recorded.add(keyId)) {
            CompletableFuture<?> _ = teller.apply(keyId, caller).whenComplete((_, _) -> recorded.remove(keyId));
        }
    }
}
