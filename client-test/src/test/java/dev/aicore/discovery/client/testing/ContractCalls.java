package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.client.http.EventStream;
import dev.aicore.discovery.client.http.StreamEvent;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonReader;
import dev.aicore.discovery.client.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Requests of the contract's scenarios. */
final class ContractCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    ContractCalls(URI base) {
        this.base = base;
    }

    /** Answer with its parsed body; an empty object if there is none. */
    record Reply(int status, HttpHeaders headers, JsonObject body) {

        JsonObject data() {
            return body.object("data");
        }

        long position() {
            return body.object("meta").number("position", -1);
        }

        long index() {
            return body.object("meta").number("index", -1);
        }

        String code() {
            return body.text("code", "");
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        List<String> ids() {
            return data().objects("services").stream()
                    .map(service -> service.text("id", ""))
                    .toList();
        }
    }

    /** Open watch. */
    static final class Watch implements AutoCloseable {

        private final EventStream events;

        Watch(InputStream input) {
            events = new EventStream(input, System::nanoTime);
        }

        StreamEvent next() {
            try {
                return Objects.requireNonNull(events.read(), "the stream ended");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns the data of the next event, which must be of a type. */
        JsonObject next(String type) {
            var event = next();
            if (!event.type().equals(type)) {
                throw new AssertionError("expected " + type + ", but was " + event);
            }
            return JsonReader.parseObject(event.data());
        }

        @Override
        public void close() {
            events.close();
        }
    }

    /** Returns the name of a service that nobody else uses. */
    static String newName() {
        return "contract-" + UUID.randomUUID();
    }

    /** Returns a declaration without a lease. */
    static Map<String, Object> declaration(String service, int port) {
        var declaration = new LinkedHashMap<String, Object>();
        declaration.put("name", service);
        declaration.put("address", "10.1.2.3");
        declaration.put("port", port);
        return declaration;
    }

    /** Registers an instance, and waits until reads contain it; returns its id. */
    String register(String service, int port, Map<String, Object> more) {
        var declaration = declaration(service, port);
        declaration.putAll(more);
        var reply = post("/api/v1/services", declaration);
        if (reply.status() >= 300) {
            throw new AssertionError("not registered: " + reply.body().values());
        }
        String id = reply.data().text("id", "");
        get("/api/v1/services/" + id + "?min_position=" + reply.position());
        return id;
    }

    String register(String service, int port) {
        return register(service, port, Map.of());
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, Object body) {
        return postText(path, JsonWriter.write(body));
    }

    Reply postText(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    Reply patch(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(JsonWriter.write(body))));
    }

    Reply put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JsonWriter.write(body))));
    }

    Reply delete(String path, String reason) {
        return send(request(path).header("X-Reason", reason).DELETE());
    }

    /** Discovers after the last write of the caller. */
    Reply discover(String service, String more) {
        return get("/api/v1/discover?service_name=" + service + more);
    }

    Watch watch(String query) {
        return new Watch(exchange(request("/api/v1/watch?" + query), 200).body());
    }

    Watch resume(String query, String lastEventId) {
        return new Watch(exchange(request("/api/v1/watch?" + query).header("Last-Event-ID", lastEventId), 200)
                .body());
    }

    /** Requests a watch that is refused. */
    Reply refusedWatch(String query, String lastEventId) {
        return send(request("/api/v1/watch?" + query)
                .header("Last-Event-ID", lastEventId)
                .GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request, int expected) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != expected) {
                throw new AssertionError("expected " + expected + ", but was " + response.statusCode() + ": "
                        + new String(response.body().readAllBytes(), UTF_8));
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            String body = response.body();
            return new Reply(
                    response.statusCode(), response.headers(), JsonReader.parseObject(body.isEmpty() ? "{}" : body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
