package dev.aicore.discovery.server.system;

import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.Ledger.Asked;
import dev.aicore.discovery.server.system.Ledger.Entry;
import dev.aicore.discovery.server.system.Ledger.Told;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares a ledger with the event store, event by event, and with the answers of the registry. */
final class LedgerAudit {

    private final Ledger ledger;
    private final StoreScan store;
    private final List<String> lost = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> repeatedHeartbeats = new ArrayList<>();
    private final List<String> refusedYetDone = new ArrayList<>();

    private LedgerAudit(Ledger ledger, StoreScan store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** Compares; to be called when there are no more writes. */
    static LedgerAudit of(Ledger ledger, RunningRegistry registry) throws IOException, SQLException {
        try (var connection = registry.store().connect()) {
            return of(ledger, registry, connection);
        }
    }

    /** Compares with a store of a PostgreSQL that isn't the registry's own. */
    static LedgerAudit of(Ledger ledger, RunningRegistry registry, Connection connection)
            throws IOException, SQLException {
        var audit = new LedgerAudit(ledger, StoreScan.of(connection));
        audit.compareWithStore();
        audit.compareWithModels(registry);
        return audit;
    }

    /** Returns acknowledged operations that are missing. */
    List<String> lost() {
        return lost;
    }

    /** Returns heartbeats that were done more often than requested. A node sends one again whose answer was lost. */
    List<String> repeatedHeartbeats() {
        return repeatedHeartbeats;
    }

    /** Returns other operations that were done more often than requested. */
    List<String> twice() {
        return twice;
    }

    /** Returns refused operations that were done. */
    List<String> refusedYetDone() {
        return refusedYetDone;
    }

    private void compareWithStore() {
        if (store.position() < ledger.highest()) {
            lost.add("The store ends at " + store.position() + ", and " + ledger.highest() + " was acknowledged.");
        }
        store.missing().forEach(position -> lost.add("No event has the position " + position + "."));
        byId().forEach(this::compare);
    }

    private void compare(String id, List<Entry> entries) {
        var instance = store.instance(id);
        for (var entry : entries) {
            if (entry.told() == Told.OK && !isThere(entry, instance)) {
                lost.add(entry.toString());
            }
        }
        atMost(id, Asked.REGISTER, instance.registered.size(), Math.min(1, perhapsDone(entries, Asked.REGISTER)));
        atMost(id, Asked.DEREGISTER, instance.deregistered.size(), Math.min(1, perhapsDone(entries, Asked.DEREGISTER)));
        // Registering a registered instance renews its lease, too.
        int signs = perhapsDone(entries, Asked.HEARTBEAT) + perhapsDone(entries, Asked.REGISTER) - 1;
        atMost(id, Asked.HEARTBEAT, instance.renewals(), Math.max(0, signs));
    }

    private static boolean isThere(Entry entry, StoreScan.Instance instance) {
        long at = entry.position();
        return switch (entry.asked) {
            case REGISTER -> instance.registered.contains(at) || instance.renewed.getOrDefault(at, 0) > 0;
            case HEARTBEAT -> instance.renewed.getOrDefault(at, 0) > 0;
            case DEREGISTER -> at == 0 ? !instance.deregistered.isEmpty() : instance.deregistered.contains(at);
        };
    }

    private void atMost(String id, Asked asked, int found, int most) {
        if (found > most) {
            var list = asked == Asked.HEARTBEAT ? repeatedHeartbeats : twice;
            (most == 0 ? refusedYetDone : list).add(asked + " " + id + ": " + found + " for " + most);
        }
    }

    private static int perhapsDone(List<Entry> entries, Asked asked) {
        return (int) entries.stream()
                .filter(entry -> entry.asked == asked && entry.told() != Told.FAILED)
                .count();
    }

    private void compareWithModels(RunningRegistry registry) throws IOException {
        var present = present(registry);
        byId().forEach((id, entries) -> {
            boolean left = perhapsDone(entries, Asked.DEREGISTER) > 0;
            if (!left && isAcknowledged(entries, Asked.REGISTER) && !present.containsKey(id)) {
                lost.add(id + " is registered, and not listed.");
            }
            if (isAcknowledged(entries, Asked.DEREGISTER) && present.containsKey(id)) {
                lost.add(id + " is deregistered, and listed.");
            }
        });
        // The last observation of an instance is stored every few seconds.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> unheard(present(registry)).isEmpty());
    }

    private List<String> unheard(Map<String, JsonNode> present) {
        return present.entrySet().stream()
                .filter(entry -> store.instance(entry.getKey()).lastHeard > lastHeartbeat(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long lastHeartbeat(JsonNode instance) {
        var text = instance.at("/last_heartbeat").asString("");
        return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    }

    private Map<String, JsonNode> present(RunningRegistry registry) throws IOException {
        var present = new HashMap<String, JsonNode>();
        var next = "";
        do {
            var page =
                    registry.get("/api/v1/services?limit=1000&min_position=" + ledger.highest() + "&wait=30s" + next);
            if (page.status() != 200) {
                throw new AssertionError("The instances can't be listed: " + page);
            }
            page.body()
                    .at("/data/services")
                    .forEach(node -> present.put(node.at("/id").asString(), node));
            var cursor = page.body().at("/meta/next_cursor").asString("");
            next = cursor.isEmpty() ? "" : "&cursor=" + cursor;
        } while (!next.isEmpty());
        return present;
    }

    private static boolean isAcknowledged(List<Entry> entries, Asked asked) {
        return entries.stream().anyMatch(entry -> entry.asked == asked && entry.told() == Told.OK);
    }

    private Map<String, List<Entry>> byId() {
        return ledger.entries().stream().collect(groupingBy(entry -> entry.id));
    }
}
