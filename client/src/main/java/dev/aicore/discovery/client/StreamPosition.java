package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.StreamEvent;
import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.json.JsonObject;
import dev.aicore.discovery.client.json.JsonReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Position of a watch, from which any node of the same store continues it: applies the events of a stream, and makes
 * the request for the next stream. The id of an event is a position up to which all services with a snapshot are
 * complete; a snapshot may be newer than its id, so that changes may come twice. Used by one thread.
 */
final class StreamPosition {

    private static final long NONE = -1;
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    /** Services that have their snapshot: the position holds for all of them. */
    private final Set<ServiceState> synced = new HashSet<>();

    private long resumeAt = NONE;
    private @Nullable String store;

    /** Forgets services that aren't watched any more. */
    void retain(List<ServiceState> wanted) {
        synced.retainAll(wanted);
        if (synced.isEmpty()) {
            resumeAt = NONE;
        }
    }

    /** Forgets the position, but not the lists: they stay until the snapshots of another store replace them. */
    void forget(List<ServiceState> wanted) {
        resumeAt = NONE;
        wanted.forEach(ServiceState::forgetPosition);
        retain(List.of());
    }

    /** Returns true, and forgets the position, if the position is of another store than the one that answered. */
    boolean isOfAnotherStore(@Nullable String answered) {
        boolean isOther = answered != null && store != null && !answered.equals(store) && resumeAt != NONE;
        if (answered != null && !answered.equals(store)) {
            if (store != null) {
                forget(List.copyOf(synced));
            }
            store = answered;
        }
        return isOther;
    }

    /** Returns the request that continues the watch, with snapshots of the services that have none yet. */
    WireRequest request(List<ServiceState> wanted) {
        String query =
                wanted.stream().map(state -> parameter("service_name", state)).collect(Collectors.joining("&"));
        if (resumeAt == NONE) {
            return WatchLoop.watchRequest(query);
        }
        String anew = wanted.stream()
                .filter(state -> !synced.contains(state))
                .map(state -> "&" + parameter("snapshot_of", state))
                .collect(Collectors.joining());
        return WatchLoop.watchRequest(query + anew).header("Last-Event-ID", Long.toString(resumeAt));
    }

    private static String parameter(String name, ServiceState state) {
        return name + "=" + WireRequest.encode(state.name());
    }

    /**
     * Applies an event. Types of later versions are passed over.
     *
     * @return whether the node announces that it ends the stream
     * @throws dev.aicore.discovery.client.json.JsonFormatException if the data is malformed
     */
    boolean handle(StreamEvent event, List<ServiceState> wanted) {
        switch (event.type()) {
            case "snapshot" -> snapshot(JsonReader.parseObject(event.data()), wanted);
            case "change" -> change(JsonReader.parseObject(event.data()), wanted);
            case "bookmark" -> {
                // Only its id counts.
            }
            case "leaving" -> {
                return true;
            }
            default -> {
                return false;
            }
        }
        if (ID.matcher(event.id()).matches()) {
            resumeAt = Long.parseLong(event.id());
        }
        synced.forEach(state -> state.confirm(resumeAt));
        return false;
    }

    private void snapshot(JsonObject data, List<ServiceState> wanted) {
        var state = find(data.text("service_name"), wanted);
        if (state != null) {
            state.replace(
                    InstanceJson.readAll(data.requiredObjects("services"), state.name()),
                    data.number("position", 0),
                    data.decimal("panic_threshold", ServiceList.DEFAULT_PANIC_THRESHOLD));
            synced.add(state);
        }
    }

    private void change(JsonObject data, List<ServiceState> wanted) {
        var state = find(data.text("service_name"), wanted);
        if (state == null || !synced.contains(state)) {
            return;
        }
        var change = changeOf(data, state.name(), data.number("position", 0));
        // An instance that can't be read says nothing about the known one.
        if (change.type() == ServiceChange.Type.GONE || change.instance() != null) {
            state.apply(change);
        }
    }

    private static @Nullable ServiceState find(@Nullable String name, List<ServiceState> wanted) {
        if (name == null) {
            return wanted.size() == 1 ? wanted.get(0) : null;
        }
        return wanted.stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static ServiceChange changeOf(JsonObject data, String service, long position) {
        var type = switch (data.text("type", "")) {
            case "registered" -> ServiceChange.Type.REGISTERED;
            case "gone" -> ServiceChange.Type.GONE;
            default -> ServiceChange.Type.CHANGED;
        };
        var instance = type == ServiceChange.Type.GONE ? null : InstanceJson.read(data.object("instance"), service);
        String id = Objects.requireNonNullElse(data.text("id"), "");
        return new ServiceChange(type, service, position, instant(data.text("at")), id, instance, data.text("reason"));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
