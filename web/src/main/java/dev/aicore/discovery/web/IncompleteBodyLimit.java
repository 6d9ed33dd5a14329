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
 * Bounds the memory of bodies that haven't arrived completely, in total and per network. The first bytes of each body
 * may use twice the total, so that heartbeats and most registrations succeed whatever other callers send. Thread-safe.
 */
public final class IncompleteBodyLimit {

    /** Number of first bytes of a body; heartbeats and most registrations have no more. */
    static final int FIRST_BYTES = 4 * 1024;

    /** Lower bound of a network's share: the longest body that a route takes. */
    private static final long MIN_BYTES_OF_NETWORK = 4 * 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Duration timeout;
    private final long maxBytes;
    private final long maxBytesPerNetwork;
    private final AtomicLong totalBytes = new AtomicLong();
    private final Map<String, Long> networks = new ConcurrentHashMap<>();

    /**
     * Creates a limit for all requests of a process.
     *
     * @param timeout time within which a whole body must arrive
     * @param maxBytes maximum number of bytes of all bodies
     * @param maxBytesPerNetwork maximum number of bytes of one {@link ClientNetwork}; at least the longest body
     */
    public IncompleteBodyLimit(Duration timeout, long maxBytes, long maxBytesPerNetwork) {
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.maxBytesPerNetwork = Math.max(MIN_BYTES_OF_NETWORK, maxBytesPerNetwork);
    }

    /** Returns the body of a request, of which nothing has been read. */
    public JsonBody of(ServerHttpRequest request) {
        return new JsonBody(request, timeout, this);
    }

    IncompleteBody begin(ServerHttpRequest request) {
        return new IncompleteBody(request);
    }

    /** The received part of one body. A timer's thread may end it while more arrives. */
    final class IncompleteBody {
        private final ServerHttpRequest request;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private long reservedBytes;
        private long reservedNetworkBytes;

        /** Null until more than {@link #FIRST_BYTES} have arrived; few bodies are that long. */
        private @Nullable String network;

        private boolean ended;

        private IncompleteBody(ServerHttpRequest request) {
            this.request = request;
        }

        /**
         * Adds the next buffer and releases it. After the end, discards its bytes.
         *
         * @throws RegistryException {@code body_too_large}; {@code overloaded} if a limit is exceeded
         */
        synchronized IncompleteBody add(DataBuffer buffer, int maxBytesOfBody) {
            try {
                if (ended) {
                    return this;
                }
                var bytes = new byte[buffer.readableByteCount()];
                if (received.size() + bytes.length > maxBytesOfBody) {
                    throw JsonBody.tooLarge("more bytes than the limit", maxBytesOfBody);
                }
                reserve(bytes.length);
                buffer.read(bytes);
                received.writeBytes(bytes);
                return this;
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        synchronized byte[] bytes() {
            return received.toByteArray();
        }

        private void reserve(int more) {
            long total = totalBytes.addAndGet(more);
            reservedBytes += more;
            boolean first = reservedBytes <= FIRST_BYTES;
            long ofNetwork = first ? 0 : reserveForNetwork(more);
            if (total > (first ? 2 * maxBytes : maxBytes) || ofNetwork > maxBytesPerNetwork) {
                throw new RegistryException(
                        ErrorCode.OVERLOADED,
                        "Too many request bodies are being received at the same time.",
                        RETRY_AFTER);
            }
        }

        private long reserveForNetwork(int more) {
            var known = network;
            if (known == null) {
                known = ClientNetwork.of(request);
                network = known;
            }
            reservedNetworkBytes += more;
            return networks.merge(known, (long) more, Long::sum);
        }

        /** Releases the memory that this body has reserved. */
        synchronized void end() {
            ended = true;
            totalBytes.addAndGet(-reservedBytes);
            if (network != null) {
                networks.computeIfPresent(
                        network, (_, bytes) -> bytes > reservedNetworkBytes ? bytes - reservedNetworkBytes : null);
            }
        }
    }
}
