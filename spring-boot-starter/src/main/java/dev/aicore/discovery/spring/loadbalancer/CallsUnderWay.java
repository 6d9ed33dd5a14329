package dev.aicore.discovery.spring.loadbalancer;

import dev.aicore.discovery.client.Pick;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls by their request. Spring Cloud doesn't report the end of a request that its caller cancelled; such a call ends
 * without an outcome once its request is garbage.
 */
final class CallsUnderWay {
    private final Map<RequestKey, Pick> calls = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();

    void begin(Object request, Pick call) {
        endForgotten();
        var unfinished = calls.put(new RequestKey(request, forgotten), call);
        if (unfinished != null) {
            end(unfinished, Pick::discarded);
        }
    }

    /** Ends the call of a request, if there is one. */
    void end(Object request, Consumer<Pick> outcome) {
        end(calls.remove(new RequestKey(request, null)), outcome);
    }

    int size() {
        return calls.size();
    }

    private void endForgotten() {
        for (var key = forgotten.poll(); key != null; key = forgotten.poll()) {
            end(calls.remove(key), Pick::discarded);
        }
    }

    private static void end(@Nullable Pick call, Consumer<Pick> outcome) {
        if (call != null) {
            outcome.accept(call);
            call.close();
        }
    }

    /** Compares requests by identity, since different requests with the same content are equal. */
    private static final class RequestKey extends WeakReference<Object> {
        private final int hash;

        RequestKey(Object request, @Nullable ReferenceQueue<Object> queue) {
            super(request, queue);
            this.hash = System.identityHashCode(request);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            var request = get();
            return request != null && other instanceof RequestKey key && key.refersTo(request);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
