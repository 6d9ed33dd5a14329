package dev.aicore.discovery.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the node in use, and to the next one if it is unreachable, too slow or answers 503. Redirects
 * aren't followed. Thread-safe.
 */
public final class NodeTransport implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final int MAX_REFUSAL_BYTES = 1 << 16;
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final int RATE_LIMITED = 429;
    private static final int OK = 200;

    private final NodePool nodes;
    private final CredentialCache credentials;
    private final LongSupplier nanoTime;
    private final HttpClient http;
    private volatile @Nullable String store;

    /**
     * Creates a transport without connections.
     *
     * @param tls certificates; null for those of the JDK
     */
    public NodeTransport(NodePool nodes, CredentialCache credentials, @Nullable SSLContext tls, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.credentials = credentials;
        this.nanoTime = nanoTime;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.http = builder.build();
    }

    /** Returns the id of the event store of the last answer; null before the first answer. */
    public @Nullable String store() {
        return store;
    }

    public NodePool nodes() {
        return nodes;
    }

    /**
     * Sends a request, at least twice if the first attempt fails: a kept connection may have been closed by the node.
     *
     * @return the answer, also a refusal
     * @throws NoAnswerException if no node answers within the budget
     */
    public WireResponse send(WireRequest request) throws NoAnswerException, InterruptedException {
        long end = nanoTime.getAsLong() + request.budget().toNanos();
        Duration retryAfter = Duration.ZERO;
        String failure = "";
        for (int attempt = 0; attempt < Math.max(2, nodes.size()); attempt++) {
            long left = end - nanoTime.getAsLong();
            if (left <= 0) {
                break;
            }
            URI node = nodes.current();
            try {
                var response = exchange(request, node, ignored -> new BoundedBody(MAX_ANSWER_BYTES), left);
                if (response.statusCode() != UNAVAILABLE) {
                    return WireResponse.of(node, response.statusCode(), storeOf(response), response.body());
                }
                failure = node + " answered 503";
                retryAfter = retryAfter(response);
                nodes.leave(node);
                if (nodes.size() == 1) {
                    break;
                }
            } catch (IOException e) {
                failure = node + ": " + describe(e);
                nodes.leave(node);
            }
        }
        throw new NoAnswerException("The registry doesn't answer: " + failure + ".", retryAfter);
    }

    /**
     * Opens a stream of events at the node in use.
     *
     * @return the stream, or the answer that refuses it
     * @throws NoAnswerException if the node doesn't answer; the next attempt uses the next node
     */
    public StreamResponse open(WireRequest request) throws NoAnswerException, InterruptedException {
        URI node = nodes.current();
        try {
            var response = exchange(
                    request.header("Accept", "text/event-stream"),
                    node,
                    BodyHandlers.ofInputStream(),
                    HEAD_TIMEOUT.toNanos());
            if (response.statusCode() == OK) {
                return new StreamResponse(node, storeOf(response), new EventStream(response.body(), nanoTime), null);
            }
            try (var body = response.body()) {
                String text = new String(body.readNBytes(MAX_REFUSAL_BYTES), UTF_8);
                if (response.statusCode() == UNAVAILABLE || response.statusCode() == RATE_LIMITED) {
                    nodes.leave(node);
                    throw new NoAnswerException(node + " answered " + response.statusCode(), retryAfter(response));
                }
                var refusal = WireResponse.of(node, response.statusCode(), storeOf(response), text);
                return new StreamResponse(node, refusal.store(), null, refusal);
            }
        } catch (NoAnswerException e) {
            throw e;
        } catch (IOException e) {
            nodes.leave(node);
            throw new NoAnswerException(node + ": " + describe(e), Duration.ZERO);
        }
    }

    /** Head of an answer, and its body: for a stream before it ends. */
    private record Answer<T>(int statusCode, HttpHeaders headers, T body) {}

    /** Sends once, and once more with another credential if the node refuses the kept one. */
    private <T> Answer<T> exchange(WireRequest request, URI node, BodyHandler<T> handler, long nanos)
            throws IOException, InterruptedException {
        String credential = credentials.isPresent() ? credentials.get() : "";
        var answer = await(request, node, credential, handler, nanos);
        if (answer.statusCode() == UNAUTHORIZED && credentials.isPresent() && credentials.renew(credential)) {
            return await(request, node, credentials.get(), handler, nanos);
        }
        return answer;
    }

    /**
     * Takes the answer from its body, on a thread of the HTTP client: the future of {@code sendAsync} is completed on
     * the common pool, all of whose threads the application may have blocked.
     */
    private <T> Answer<T> await(WireRequest request, URI node, String credential, BodyHandler<T> handler, long nanos)
            throws IOException, InterruptedException {
        var answer = new CompletableFuture<Answer<T>>();
        var sent = http.sendAsync(http(request, node, credential), head -> {
            var subscriber = handler.apply(head);
            var unused = subscriber
                    .getBody()
                    .thenApply(body -> answer.complete(new Answer<>(head.statusCode(), head.headers(), body)));
            return subscriber;
        });
        var unused = sent.whenComplete((ignored, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private HttpRequest http(WireRequest request, URI node, String credential) {
        String body = request.body();
        var builder = HttpRequest.newBuilder(URI.create(node + request.path()))
                .method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            builder.setHeader("Content-Type", "application/json");
        }
        request.headers().forEach(builder::setHeader);
        if (credentials.isPresent()) {
            builder.setHeader(credentials.header(), credential);
        }
        return builder.build();
    }

    private @Nullable String storeOf(Answer<?> response) {
        String named = response.headers().firstValue("X-Registry-Store").orElse(null);
        if (named != null) {
            store = named;
        }
        return named;
    }

    private static Duration retryAfter(Answer<?> response) {
        try {
            return Duration.ofSeconds(
                    response.headers().firstValueAsLong("Retry-After").orElse(0));
        } catch (NumberFormatException e) {
            // A date, which the registry doesn't send.
            return Duration.ZERO;
        }
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }

    /** Ends all connections and threads at once. Java 17 to 20 end the threads when the client is collected. */
    @Override
    public void close() {
        try {
            MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class))
                    .invoke(http);
        } catch (Throwable e) {
            // Absent before Java 21.
        }
    }
}
