package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.query.watching.WatchedService.Waiter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Services that have watchers, by name. Not thread-safe; the watch hub serializes access. */
final class WatchedServices {

    private final Map<String, WatchedService> byName = new HashMap<>();

    /**
     * Adds a watcher of services.
     *
     * @param names without duplicates
     * @param since position from which on all changes will be reported; negative if it isn't known yet
     */
    List<WatchedService> addWatcher(List<String> names, long since) {
        var services = names.stream()
                .map(name -> byName.computeIfAbsent(name, _ -> new WatchedService(name, since)))
                .toList();
        services.forEach(WatchedService::addWatcher);
        return services;
    }

    /** Removes a watcher of services. */
    void removeWatcher(List<WatchedService> services) {
        for (var service : services) {
            if (service.removeWatcher()) {
                byName.remove(service.name());
            }
        }
    }

    /** Returns those of the services that have changed: see {@link WatchHub.Subscription#changedSince}. */
    static Map<String, Long> changedSince(List<WatchedService> services, long after, boolean isReported) {
        return services.stream()
                .filter(service -> service.last() > after)
                .collect(Collectors.toMap(
                        WatchedService::name, service -> isReported ? service.unchangedFrom(after) : after));
    }

    /** Records changes; removes and returns the watchers that wait for one of them. */
    List<Waiter> changed(Map<String, Long> lastPositions) {
        var released = new ArrayList<Waiter>();
        lastPositions.forEach((name, last) -> {
            var service = byName.get(name);
            if (service != null) {
                released.addAll(service.changedAt(last));
            }
        });
        return released;
    }

    /** Removes and returns the watchers whose credentials are no longer valid. */
    List<Waiter> removeUnauthorized() {
        return byName.values().stream()
                .flatMap(service -> service.removeUnauthorized().stream())
                .toList();
    }

    /** Returns all waiting watchers, each once. */
    Set<Waiter> allWaiters() {
        var all = new LinkedHashSet<Waiter>();
        byName.values().forEach(service -> all.addAll(service.allWaiters()));
        return all;
    }
}
