package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.NoAnswerException;
import dev.aicore.discovery.client.http.NodeTransport;
import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.http.WireResponse;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests to the registry that wait for an answer. A refusal, or no answer, is an exception. */
final class RegistryRequests {

    static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());

    private static final int FIRST_SERVER_FAILURE = 500;
    private static final int NOT_FOUND = 404;
    private static final int RATE_LIMITED = 429;
    private static final int UNAUTHORIZED = 401;
    private static final Duration WAIT_MARGIN = Duration.ofSeconds(5);
    private static final int MAX_PAGES = 1_000;

    private final NodeTransport transport;

    RegistryRequests(NodeTransport transport) {
        this.transport = transport;
    }

    /** Sends a request; the answer may be a refusal. */
    WireResponse send(WireRequest request) {
        try {
            return transport.send(request);
        } catch (NoAnswerException e) {
            throw new RegistryRequestException(0, "", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryRequestException(0, "", "The request was interrupted.");
        }
    }

    private JsonObject data(WireRequest request) {
        var answer = send(request);
        if (answer.isFailure()) {
            throw refusal(answer);
        }
        return answer.data();
    }

    static RegistryRequestException refusal(WireResponse answer) {
        int status = answer.isForeign() ? 0 : answer.status();
        return new RegistryRequestException(status, answer.code(), answer.detail());
    }

    /** Returns true if the same request would be refused again: neither a failure of the server nor one of a moment. */
    static boolean isPermanent(RegistryRequestException e) {
        return e.status() > 0
                && e.status() < FIRST_SERVER_FAILURE
                && e.status() != RATE_LIMITED
                && e.status() != UNAUTHORIZED
                && !e.code().equals("not_yet_visible");
    }

    /** Returns {@code data} with a member without which the answer isn't believed. */
    private static JsonObject require(WireResponse answer, String member) {
        if (!answer.data().has(member)) {
            throw new RegistryRequestException(0, "", "The answer of " + answer.node() + " has no " + member + ".");
        }
        return answer.data();
    }

    /** Registers an instance; returns it as the registry describes it. */
    JsonObject register(Instance instance, @Nullable String id, boolean ready) {
        String address = instance.address() == null ? localAddress() : "";
        var answer = send(WireRequest.post(
                "/api/v1/services", JsonWriter.write(InstanceJson.registration(instance, id, address, ready))));
        if (answer.isFailure()) {
            throw refusal(answer);
        }
        return require(answer, "id");
    }

    void update(String path, Map<String, Object> change) {
        data(WireRequest.patch(path, JsonWriter.write(change)));
    }

    void updateWithin(Duration budget, String path, Map<String, Object> change) {
        data(WireRequest.patch(path, JsonWriter.write(change)).within(budget));
    }

    /** Returns the local address that reaches the registry. */
    String localAddress() {
        try {
            return LocalAddress.towards(transport.nodes().current());
        } catch (IOException e) {
            throw new RegistryRequestException(0, "", "The local address is unknown: " + e.getMessage());
        }
    }

    /** Returns who deregistered an instance, and why, for a log; a general text if the registry doesn't answer. */
    String describeDeregistration(String id) {
        try {
            var entries = data(WireRequest.get(
                            "/api/v1/services/" + WireRequest.encode(id) + "/history?order=desc&limit=5"))
                    .objects("entries");
            return entries.stream()
                    .filter(entry -> entry.text("type", "").equals("InstanceDeregistered"))
                    .findFirst()
                    .map(entry -> "by " + entry.text("actor", "unknown") + ", reason: " + entry.text("reason", "none"))
                    .orElse("by an unknown caller");
        } catch (RegistryRequestException e) {
            return "by an unknown caller";
        }
    }

    /** Returns why an instance is discovered or not, as the registry states it. */
    Map<String, @Nullable Object> explanation(String service, String id) {
        return data(WireRequest.get("/api/v1/explain?service_name=" + WireRequest.encode(service) + "&id="
                        + WireRequest.encode(id)))
                .values();
    }

    /** Returns the names of all services. */
    List<String> serviceNames() {
        var names = new ArrayList<String>();
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            var answer = send(WireRequest.get("/api/v1/service-names?limit=1000" + cursor));
            if (answer.isFailure()) {
                throw refusal(answer);
            }
            require(answer, "services").objects("services").forEach(service -> names.add(service.text("name", "")));
            String next = answer.body().object("meta").text("next_cursor");
            if (next == null) {
                break;
            }
            cursor = "&cursor=" + WireRequest.encode(next);
        }
        return List.copyOf(names);
    }

    /**
     * Returns a configuration.
     *
     * @param version number of the version; 0 for the newest
     */
    Optional<ServiceConfiguration> configuration(String service, long version) {
        String path = configurationPath(service);
        return configuration(service, version, WireRequest.get(version == 0 ? path : path + "/versions/" + version));
    }

    /** Returns the newest configuration once it has changed after an index, or after a time. */
    Optional<ServiceConfiguration> awaitConfiguration(String service, long index, Duration wait) {
        String query = "?index=" + index + "&wait=" + wait.toSeconds() + "s";
        return configuration(
                service, 0, WireRequest.get(configurationPath(service) + query).within(wait.plus(WAIT_MARGIN)));
    }

    private static String configurationPath(String service) {
        return "/api/v1/configurations/" + WireRequest.encode(service);
    }

    private Optional<ServiceConfiguration> configuration(String service, long version, WireRequest request) {
        var answer = send(request);
        if (answer.status() == NOT_FOUND && !answer.isForeign()) {
            return Optional.empty();
        }
        if (answer.isFailure()) {
            throw refusal(answer);
        }
        var data = require(answer, "configuration");
        return Optional.of(new ServiceConfiguration(
                service,
                data.number("version", version),
                data.object("configuration").values(),
                data.text("created_by"),
                data.text("reason"),
                answer.body().object("meta").number("index", data.number("position", 0))));
    }

    /** Returns a text that can be a header: printable ASCII, others as {@code ?}, at most 512 characters. */
    static String headerText(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() <= 512 ? printable : printable.substring(0, 512);
    }
}
