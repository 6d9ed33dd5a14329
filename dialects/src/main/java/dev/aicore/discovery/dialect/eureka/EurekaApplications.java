package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All instances of a snapshot by application, and by application and id. */
final class EurekaApplications {

    private final SortedMap<String, List<EurekaEntry>> listed = new TreeMap<>();
    private final Map<InstanceKey, EurekaEntry> byKey = new HashMap<>();
    private final EncodedApplications encoded = new EncodedApplications(this);

    private record InstanceKey(String app, String id) {}

    private EurekaApplications() {}

    /** Returns the applications of a snapshot, computed once for all snapshots of equal content. */
    static EurekaApplications of(RegistrySnapshot snapshot) {
        return snapshot.derive(EurekaApplications.class, EurekaApplications::create);
    }

    private static EurekaApplications create(RegistrySnapshot snapshot) {
        var applications = new EurekaApplications();
        for (var service : snapshot.services()) {
            for (var view : service.instances()) {
                applications.add(EurekaEntry.of(view));
            }
        }
        return applications;
    }

    private void add(EurekaEntry entry) {
        var instance = entry.instance();
        if (entry.isListed()) {
            listed.computeIfAbsent(instance.app(), _ -> new ArrayList<>()).add(entry);
        }
        byKey.merge(
                new InstanceKey(instance.app(), instance.id()), entry, (one, other) -> one.isListed() ? one : other);
    }

    /** Returns the instance with an id, even if its lease is over; null if there is none. */
    @Nullable
    EurekaEntry find(String app, String id) {
        return byKey.get(new InstanceKey(app.toUpperCase(Locale.ROOT), id));
    }

    /** Returns the listed instances of an application in any case; empty if there are none. */
    List<EurekaEntry> application(String app) {
        return Collections.unmodifiableList(listed.getOrDefault(app.toUpperCase(Locale.ROOT), List.of()));
    }

    /** Returns the listed instance with an id in the first application that has it; null if there is none. */
    @Nullable
    EurekaEntry findInAny(String id) {
        return listed.keySet().stream()
                .map(app -> byKey.get(new InstanceKey(app, id)))
                .filter(entry -> entry != null && entry.isListed())
                .findFirst()
                .orElse(null);
    }

    /** Returns the listed instances by application. */
    SortedMap<String, List<EurekaEntry>> all() {
        return Collections.unmodifiableSortedMap(listed);
    }

    /**
     * Returns the listed instances with a virtual address, by application.
     *
     * @param member {@code vipAddress} or {@code secureVipAddress}, whose value is a list separated by commas
     */
    SortedMap<String, List<EurekaEntry>> withVirtualAddress(String member, String address) {
        var found = new TreeMap<String, List<EurekaEntry>>();
        listed.forEach((app, entries) -> {
            var matching = entries.stream()
                    .filter(entry -> hasAddress(entry.instance().texts().get(member), address))
                    .toList();
            if (!matching.isEmpty()) {
                found.put(app, matching);
            }
        });
        return found;
    }

    private static boolean hasAddress(@Nullable String addresses, String address) {
        return addresses != null && Arrays.asList(addresses.split(",")).contains(address);
    }

    /** Returns the encoded answers that contain all applications. */
    EncodedApplications encoded() {
        return encoded;
    }

    /** Returns {@code STATUS_n_} for each status, in alphabetical order: clients compare it with what they hold. */
    static String hashCode(Collection<List<EurekaEntry>> applications) {
        var counts = new EnumMap<EurekaStatus, Integer>(EurekaStatus.class);
        applications.forEach(entries ->
                entries.forEach(entry -> counts.merge(entry.instance().status(), 1, Integer::sum)));
        var hash = new StringBuilder();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, other) -> one.name().compareTo(other.name())))
                .forEach(count -> hash.append(count.getKey())
                        .append('_')
                        .append(count.getValue())
                        .append('_'));
        return hash.toString();
    }
}
