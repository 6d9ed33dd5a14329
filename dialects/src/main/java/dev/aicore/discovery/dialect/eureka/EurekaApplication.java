package dev.aicore.discovery.dialect.eureka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Instances of one application, from one service or more. Immutable; keeps its object while no instance changes. */
final class EurekaApplication {

    private final String name;
    private final SortedMap<String, List<EurekaEntry>> byService;
    private final List<EurekaEntry> listed = new ArrayList<>();
    private final Map<String, EurekaEntry> byId = new HashMap<>();
    private final Map<EurekaStatus, Integer> statusCounts = new EnumMap<>(EurekaStatus.class);

    /**
     * Creates an application.
     *
     * @param byService instances of each service, also those whose lease is over; not modified any more
     */
    EurekaApplication(String name, SortedMap<String, List<EurekaEntry>> byService) {
        this.name = name;
        this.byService = byService;
        byService.values().forEach(entries -> entries.forEach(this::add));
    }

    private void add(EurekaEntry entry) {
        byId.merge(entry.instance().id(), entry, (one, other) -> one.isListed() ? one : other);
        if (entry.isListed()) {
            listed.add(entry);
            statusCounts.merge(entry.instance().status(), 1, Integer::sum);
        }
    }

    /** Returns the name in upper case. */
    String name() {
        return name;
    }

    SortedMap<String, List<EurekaEntry>> byService() {
        return byService;
    }

    /** Returns the listed instances, ordered by service and native id. */
    List<EurekaEntry> listed() {
        return Collections.unmodifiableList(listed);
    }

    /** Returns the instance with an id, even if its lease is over; null if there is none. */
    @Nullable
    EurekaEntry find(String id) {
        return byId.get(id);
    }

    /** Returns the number of listed instances of each status that occurs. */
    Map<EurekaStatus, Integer> statusCounts() {
        return Collections.unmodifiableMap(statusCounts);
    }
}
