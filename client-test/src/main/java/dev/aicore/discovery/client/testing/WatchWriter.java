package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.client.json.JsonWriter;
import dev.aicore.discovery.client.testing.RegistryStore.StoredChange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Writes the events of a watch until its end. */
class WatchWriter {

    private static final Duration BOOKMARK = Duration.ofSeconds(15);
    private static final Set<String> PARAMETERS =
            Set.of("service_name", "snapshot_of", "last_event_id", "tag", "version", "zone");
    private static final int MAX_SERVICES = 200;

    private final RegistryStore store;
    private final Set<String> services;
    private final Set<String> snapshots;
    private long position;

    /**
     * Validates a request.
     *
     * @param older whether only one service is watched, as by the first version
     */
    WatchWriter(RegistryStore store, RouteRequest request, boolean older) {
        this.store = store;
        if (older) {
            request.allow(Set.of("service_name", "last_event_id"));
            request.parameter("service_name");
        }
        request.allow(PARAMETERS);
        this.services = new LinkedHashSet<>(request.parameters().getOrDefault("service_name", List.of()));
        if (services.isEmpty() || services.size() > MAX_SERVICES) {
            throw Refusal.field("validation_failed", "service_name", "is required", services.size(), "1 to 200 names");
        }
        services.stream()
                .filter(name -> !Declarations.NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.field(
                            "validation_failed", "service_name", "is not valid", name, "the name of a service");
                });
        String header = request.header("last-event-id");
        String last = header == null ? request.parameter("last_event_id") : header;
        if (last != null && !last.matches("[0-9]{1,18}")) {
            throw Refusal.field("validation_failed", "Last-Event-ID", "is not valid", last, "a position");
        }
        position = last == null ? -1 : Long.parseLong(last);
        if (position > store.position()) {
            throw Refusal.of(410, "other_store", "The store has no position " + position + ".");
        }
        this.snapshots = last == null
                ? services
                : new LinkedHashSet<>(request.parameters().getOrDefault("snapshot_of", List.of()));
    }

    /**
     * Writes events until the end.
     *
     * @param isMuted whether nothing is written for now, although the stream is open
     */
    void write(OutputStream output, BooleanSupplier isEnded, BooleanSupplier isMuted)
            throws IOException, InterruptedException {
        Instant last = store.now();
        boolean isFirst = true;
        while (!isEnded.getAsBoolean()) {
            if (!isMuted.getAsBoolean()) {
                var text = new StringBuilder();
                if (isFirst) {
                    snapshots(text);
                }
                changes(text);
                boolean isDue = Duration.between(last, store.now()).compareTo(BOOKMARK) >= 0;
                if (text.isEmpty() && (isFirst || isDue)) {
                    position = Math.max(position, store.position());
                    event(text, "bookmark", position, Map.of("position", position));
                }
                isFirst = false;
                if (!text.isEmpty()) {
                    output.write(text.toString().getBytes(UTF_8));
                    output.flush();
                    last = store.now();
                }
            }
            store.awaitChange();
        }
    }

    private void snapshots(StringBuilder text) {
        synchronized (store) {
            long at = store.position();
            position = position < 0 ? at : position;
            for (String service : services) {
                if (snapshots.contains(service)) {
                    var data = new LinkedHashMap<String, Object>();
                    data.put("service_name", service);
                    data.put("position", at);
                    data.put("panic_threshold", RegistryStore.PANIC_THRESHOLD);
                    data.put(
                            "services",
                            store.list(service).stream()
                                    .map(StoredInstance::view)
                                    .toList());
                    event(text, "snapshot", position, data);
                }
            }
        }
    }

    private void changes(StringBuilder text) {
        for (StoredChange change : changesToSend()) {
            position = change.position();
            event(text, "change", position, change.json());
        }
    }

    List<StoredChange> changesToSend() {
        return store.changesAfter(position, services);
    }

    private static void event(StringBuilder text, String type, long id, Map<String, Object> data) {
        text.append("event: ")
                .append(type)
                .append("\nid: ")
                .append(id)
                .append("\ndata: ")
                .append(JsonWriter.write(data))
                .append("\n\n");
    }
}
