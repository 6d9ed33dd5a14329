package dev.aicore.discovery.server.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Client of the registry's API for administrators. */
final class CtlHttpClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Request timeout; longer than the registry's own. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);

    private static final int MAX_ERROR_BYTES = 1 << 20;

    private final String base;
    private final Map<String, String> headers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Creates the client; sends nothing yet.
     *
     * @param base base URL, such as {@code http://127.0.0.1:8080}
     * @param headers headers with the credentials
     */
    CtlHttpClient(String base, Map<String, String> headers) {
        this.base = base.replaceAll("/+$", "");
        this.headers = Map.copyOf(headers);
        var address = address("");
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new CtlException("'" + base + "' is not the URL of a registry, such as http://127.0.0.1:8080.");
        }
    }

    JsonNode get(String path) {
        return get(path, "application/json");
    }

    JsonNode get(String path, String accept) {
        return json(request(path).header("Accept", accept).GET().build());
    }

    /** Returns the answer or a part of it as indented JSON, with every number as it was sent. */
    String readExact(String path, JsonPointer part) {
        return read(
                request(path).header("Accept", "application/json").GET().build(), body -> ExactJson.pretty(body, part));
    }

    /** Sends a write without a body. */
    JsonNode send(String method, String path) {
        return json(request(path).method(method, BodyPublishers.noBody()).build());
    }

    /** Sends a write with a body. */
    JsonNode send(String method, String path, Object body) {
        var text = BodyPublishers.ofString(ApiJson.mapper().writeValueAsString(body));
        return json(request(path)
                .header("Content-Type", "application/json")
                .method(method, text)
                .build());
    }

    /** Sends a deletion. The reason goes into the body, because a header can't hold every text. */
    JsonNode delete(String path, @Nullable String reason) {
        return reason == null ? send("DELETE", path) : send("DELETE", path, Map.of("reason", reason));
    }

    /** Returns the body of a possibly long answer; to be closed by the caller. */
    InputStream stream(String path, String accept) {
        var request = request(path).header("Accept", accept).GET().build();
        return requireSuccess(request, exchange(request, BodyHandlers.ofInputStream()))
                .body();
    }

    private JsonNode json(HttpRequest request) {
        return read(request, ApiJson.mapper()::readTree);
    }

    private <T> T read(HttpRequest request, Function<InputStream, T> reader) {
        try (var body = requireSuccess(request, exchange(request, BodyHandlers.ofInputStream()))
                .body()) {
            return reader.apply(body);
        } catch (IOException | JacksonException e) {
            throw new CtlException(base + " returned no JSON; is it a registry?");
        }
    }

    private HttpResponse<InputStream> requireSuccess(HttpRequest request, HttpResponse<InputStream> response) {
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        try (var body = response.body()) {
            var problem = problem(body.readNBytes(MAX_ERROR_BYTES));
            throw new CtlException(ProblemFormatter.line(request.uri().getPath(), response.statusCode(), problem));
        } catch (IOException e) {
            throw new CtlException(
                    ProblemFormatter.line(request.uri().getPath(), response.statusCode(), MissingNode.getInstance()));
        }
    }

    private static JsonNode problem(byte[] body) {
        try {
            return ApiJson.mapper().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CtlException("Failed to reach a registry at " + base + " (" + why + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CtlException("Interrupted.");
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address(path)).timeout(REQUEST_TIMEOUT);
        headers.forEach(request::header);
        return request;
    }

    private URI address(String path) {
        try {
            return URI.create(base + path);
        } catch (IllegalArgumentException e) {
            throw new CtlException("'" + base + path + "' is not a valid URL.");
        }
    }

    /** Encodes a part of a path or of a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** Returns the query string with all parameters that have a value; an empty string if there are none. */
    static String query(Map<String, @Nullable Object> parameters) {
        var query = parameters.entrySet().stream()
                .flatMap(parameter ->
                        values(parameter.getValue()).map(value -> encode(parameter.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static Stream<String> values(@Nullable Object value) {
        return switch (value) {
            case null -> Stream.empty();
            case Iterable<?> many ->
                StreamSupport.stream(many.spliterator(), false).map(String::valueOf);
            default -> Stream.of(value.toString());
        };
    }
}
