package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Bounds how many bytes of bodies are held that aren't whole yet: of all callers together, and of one network. The first bytes of a body have
 * as much room again, so that heartbeats and most registrations go on whatever others send. For use by many threads.
 */
public final class IncompleteBodyLimit {

    /** The first bytes of a body: heartbeats and most registrations have no more. */
    static final int FIRST_BYTES = 4 * 1024;

    /** As long as the longest body that a route takes. */
    private static final long MIN_BYTES_OF_NETWORK = 4 * 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Duration timeout;
    private final long maxBytes;
    private final long maxBytesOfNetwork;
    private final AtomicLong all = new AtomicLong();
    private final Map<String, Long> networks = new ConcurrentHashMap<>();

    /**
     * Makes one for all requests of a process.
     *
     * @param timeout for all of a body to arrive
     * @param maxBytes of all bodies together
     * @param maxBytesOfNetwork of those of one network, as {@link ClientNetwork} tells them apart; the longest body in any case
     */
    public IncompleteBodyLimit(Duration timeout, long maxBytes, long maxBytesOfNetwork) {
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.maxBytesOfNetwork = Math.max(MIN_BYTES_OF_NETWORK, maxBytesOfNetwork);
    }

    /** Returns the body of a request, of which nothing is read yet. */
    public JsonBody of(ServerHttpRequest request) {
        return new JsonBody(request, timeout, this);
    }

    IncompleteBody begin(ServerHttpRequest request) {
        return new IncompleteBody(request);
    }

    /** What has arrived of one body. It ends on the thread of a timer, too, while more arrives. */
    final class IncompleteBody {
        private final ServerHttpRequest request;
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        private long held;
        private long heldOfNetwork;

        /** Null until more than the first bytes are held: few bodies have more. */
        private @Nullable String network;

        private boolean ended;

        private IncompleteBody(ServerHttpRequest request) {
            this.request = request;
        }

        /**
         * Adds what arrived next, and gives its buffer back. Behind the end nothing is kept.
         *
         * @throws RegistryException {@code body_too_large}; {@code overloaded} if too much is held already
         */
        synchronized IncompleteBody add(DataBuffer buffer, int maxBytesOfBody) {
            try {
                if (ended) {
                    return this;
                }
                var bytes = new byte[buffer.readableByteCount()];
                if (arrived.size() + bytes.length > maxBytesOfBody) {
                    throw JsonBody.tooLarge("more bytes than that", maxBytesOfBody);
                }
                reserve(bytes.length);
                buffer.read(bytes);
                arrived.writeBytes(bytes);
                return this;
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        synchronized byte[] bytes() {
            return arrived.toByteArray();
        }

        private void reserve(int more) {
            long total = all.addAndGet(more);
            held += more;
            boolean first = held <= FIRST_BYTES;
            long ofNetwork = first ? 0 : reserveOfNetwork(more);
            if (total > (first ? 2 * maxBytes : maxBytes) || ofNetwork > maxBytesOfNetwork) {
                throw new RegistryException(
                        ErrorCode.OVERLOADED,
                        "Too many bodies of requests are arriving at the same time.",
                        RETRY_AFTER);
            }
        }

        private long reserveOfNetwork(int more) {
            var known = network;
            if (known == null) {
                known = ClientNetwork.of(request);
                network = known;
            }
            heldOfNetwork += more;
            return networks.merge(known, (long) more, Long::sum);
        }

        /** Gives the room back. */
        synchronized void end() {
            ended = true;
            all.addAndGet(-held);
            if (network != null) {
                networks.computeIfPresent(network, (_, bytes) -> bytes > heldOfNetwork ? bytes - heldOfNetwork : null);
            }
        }
    }
}
