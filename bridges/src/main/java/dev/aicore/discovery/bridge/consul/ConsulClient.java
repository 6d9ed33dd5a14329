package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.web.ApiJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** HTTP client of one agent or server of Consul. */
final class ConsulClient implements AutoCloseable {

    /** Time for which Consul holds a blocking query. It may add a sixteenth. */
    static final Duration WAIT = Duration.ofSeconds(60);

    private static final int WAIT_MARGIN = 16;
    private static final int MAX_REASON = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final URI address;
    private final String token;
    private final Duration timeout;

    /**
     * Answer of a read.
     *
     * @param index the index that it has, at least 1
     */
    record ConsulAnswer(JsonNode body, long index) {}

    /**
     * Creates a client.
     *
     * @throws ForeignRegistryException if a file can't be read
     */
    ConsulClient(ConsulOptions options, Duration timeout) throws ForeignRegistryException {
        this.address = options.address();
        this.timeout = timeout;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        try {
            this.token = options.tokenFile() == null
                    ? ""
                    : Files.readString(options.tokenFile()).strip();
            if (options.ca() != null) {
                builder.sslContext(trusting(options.ca()));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ForeignRegistryException("The files of the bridge to Consul can't be used: " + e.getMessage(), e);
        }
        this.http = builder.build();
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("issuer-" + number++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Returns a path with a datacenter; an empty one is that of the agent. */
    static String in(String datacenter, String path) {
        return datacenter.isEmpty() ? path : path + "?dc=" + datacenter;
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    ConsulAnswer get(String path) throws ForeignRegistryException, InterruptedException {
        return read(HttpRequest.newBuilder(address.resolve(path)).timeout(timeout));
    }

    /** Waits until the index is above the given one, or for {@link #WAIT}; doesn't wait with index 0. */
    ConsulAnswer await(String path, long index) throws ForeignRegistryException, InterruptedException {
        var query = (path.indexOf('?') < 0 ? "?" : "&") + "index=" + index + "&wait=" + WAIT.toSeconds() + "s";
        var limit = WAIT.plus(WAIT.dividedBy(WAIT_MARGIN)).plus(timeout);
        return read(HttpRequest.newBuilder(address.resolve(path + query)).timeout(index == 0 ? timeout : limit));
    }

    private ConsulAnswer read(HttpRequest.Builder request) throws ForeignRegistryException, InterruptedException {
        var response = requireSuccess(send(request.GET()));
        try {
            // Consul never answers the index 0, which would make the next query return at once.
            var index = response.headers().firstValueAsLong("X-Consul-Index").orElse(1);
            return new ConsulAnswer(ApiJson.mapper().readTree(response.body()), Math.max(1, index));
        } catch (JacksonException | NumberFormatException e) {
            throw new ForeignRegistryException("The answer of Consul can't be read.", e);
        }
    }

    void put(String path, @Nullable JsonNode body) throws ForeignRegistryException, InterruptedException {
        var _ = requireSuccess(write(path, body));
    }

    /** Removes something; does nothing if it is gone. */
    void remove(String path) throws ForeignRegistryException, InterruptedException {
        var response = write(path, null);
        if (response.statusCode() != NOT_FOUND) {
            var _ = requireSuccess(response);
        }
    }

    private HttpResponse<String> write(String path, @Nullable JsonNode body)
            throws ForeignRegistryException, InterruptedException {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        return send(HttpRequest.newBuilder(address.resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .PUT(publisher));
    }

    private HttpResponse<String> requireSuccess(HttpResponse<String> response) throws ForeignRegistryException {
        if (response.statusCode() / 100 != 2) {
            var body = response.body().strip();
            throw new ForeignRegistryException("Consul at " + address + " answers " + response.statusCode() + ": "
                    + body.substring(0, Math.min(body.length(), MAX_REASON)));
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws ForeignRegistryException, InterruptedException {
        if (!token.isEmpty()) {
            request.header("X-Consul-Token", token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ForeignRegistryException("Consul at " + address + " can't be reached: " + reason(e), e);
        }
    }

    /** Returns the cause at the bottom, such as an untrusted certificate. */
    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
