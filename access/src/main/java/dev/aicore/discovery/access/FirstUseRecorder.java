package dev.aicore.discovery.access;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Reports the first use of a key, once per key and without delaying the request. */
public final class FirstUseRecorder {

    /** Maximum number of keys that are being reported; a further key is reported when it is used again. */
    private static final int MAX_CONCURRENT = 100;

    private final ApiKeyRegistry keys;
    private final Set<String> recorded = ConcurrentHashMap.newKeySet();
    private volatile BiFunction<String, Caller, CompletableFuture<?>> recorder =
            (_, _) -> CompletableFuture.completedFuture(null);

    FirstUseRecorder(ApiKeyRegistry keys) {
        this.keys = keys;
    }

    /**
     * Sets the function that records a first use.
     *
     * @param to takes the key's id and its caller; must not block. When its result completes or fails, the next use is
     *     reported unless the key counts as used by then.
     */
    public void recordWith(BiFunction<String, Caller, CompletableFuture<?>> to) {
        recorder = to;
    }

    void onUse(String keyId, Caller caller) {
        if (keys.isUnused(keyId) && recorded.size() < MAX_CONCURRENT && recorded.add(keyId)) {
            CompletableFuture<?> _ = recorder.apply(keyId, caller).whenComplete((_, _) -> recorded.remove(keyId));
        }
    }
}
