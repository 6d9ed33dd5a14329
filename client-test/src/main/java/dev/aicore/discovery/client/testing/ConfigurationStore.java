package dev.aicore.discovery.client.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Configurations of a test registry, in versions. Thread-safe. */
final class ConfigurationStore {

    private final Map<String, List<Map<String, Object>>> versions = new HashMap<>();
    private final Map<String, Boolean> deleted = new HashMap<>();

    synchronized Map<String, Object> store(
            String service, Map<String, @Nullable Object> content, String by, @Nullable String reason, long position) {
        var all = versions.computeIfAbsent(service, ignored -> new ArrayList<>());
        boolean isPresent = !all.isEmpty() && !deleted.getOrDefault(service, false);
        boolean isSame = isPresent && content.equals(all.get(all.size() - 1).get("configuration"));
        if (!isSame) {
            var version = new LinkedHashMap<String, Object>();
            version.put("service_name", service);
            version.put("version", (long) all.size() + 1);
            version.put("configuration", content);
            version.put("created_by", by);
            if (reason != null) {
                version.put("reason", reason);
            }
            version.put("position", position);
            all.add(version);
            deleted.put(service, false);
        }
        notifyAll();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("service_name", service);
        answer.put("version", (long) all.size());
        answer.put("change", isSame ? "unchanged" : isPresent ? "changed" : "created");
        return answer;
    }

    /** Waits until there is a version after a position, but at most for a time. */
    synchronized void awaitChange(String service, long position, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (newestPosition(service) <= position) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private long newestPosition(String service) {
        var all = versions.getOrDefault(service, List.of());
        return all.isEmpty()
                ? 0
                : (Long) Objects.requireNonNull(all.get(all.size() - 1).get("position"));
    }

    synchronized Map<String, Object> newest(String service) {
        var all = versions.get(service);
        if (all == null || deleted.getOrDefault(service, false)) {
            throw Refusal.of(404, "unknown_configuration", "The service " + service + " has no configuration.");
        }
        return all.get(all.size() - 1);
    }

    synchronized Map<String, Object> version(String service, long version) {
        var all = versions.getOrDefault(service, List.of());
        if (version < 1 || version > all.size()) {
            throw Refusal.of(404, "unknown_version", "There is no version " + version + ".");
        }
        return all.get((int) version - 1);
    }

    synchronized void delete(String service) {
        newest(service);
        deleted.put(service, true);
    }

    synchronized void clear() {
        versions.clear();
        deleted.clear();
    }
}
