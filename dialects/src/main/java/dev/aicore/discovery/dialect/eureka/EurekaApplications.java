package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.dialect.eureka.EurekaApplicationsBuilder.MappedService;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All instances of a snapshot by application, and by application and id. Immutable. */
final class EurekaApplications {

    static final EurekaApplications NONE = new EurekaApplications(Map.of(), Collections.emptySortedMap());

    private final Map<String, MappedService> services;
    private final SortedMap<String, EurekaApplication> byName;

    /** Creates applications of services; neither is modified any more. */
    EurekaApplications(Map<String, MappedService> services, SortedMap<String, EurekaApplication> byName) {
        this.services = services;
        this.byName = byName;
    }

    /** Returns the applications of a snapshot, computed once for all snapshots of equal content. */
    static EurekaApplications of(RegistrySnapshot snapshot) {
        return snapshot.deriveIncrementally(
                EurekaApplications.class,
                (now, before) -> (before == null ? NONE : before).next(now.services(), EurekaEntry::of));
    }

    /**
     * Returns the applications of the services that are present now.
     *
     * @param mapper called for each instance that these applications don't contain
     */
    EurekaApplications next(Collection<ServiceInstances> present, Function<InstanceView, EurekaEntry> mapper) {
        return new EurekaApplicationsBuilder(this, mapper).build(present);
    }

    Map<String, MappedService> services() {
        return services;
    }

    /** Returns all applications, also those without a listed instance. */
    SortedMap<String, EurekaApplication> byName() {
        return byName;
    }

    /** Returns the instance with an id, even if its lease is over; null if there is none. */
    @Nullable
    EurekaEntry find(String app, String id) {
        var application = byName.get(app.toUpperCase(Locale.ROOT));
        return application == null ? null : application.find(id);
    }

    /** Returns an application, given in any case; null if it has no listed instances. */
    @Nullable
    EurekaApplication application(String app) {
        var application = byName.get(app.toUpperCase(Locale.ROOT));
        return application == null || application.listed().isEmpty() ? null : application;
    }

    /** Returns the listed instance with an id in the first application that has it; null if there is none. */
    @Nullable
    EurekaEntry findInAny(String id) {
        return byName.values().stream()
                .map(application -> application.find(id))
                .filter(entry -> entry != null && entry.isListed())
                .findFirst()
                .orElse(null);
    }

    /** Returns the listed instances by application. */
    SortedMap<String, List<EurekaEntry>> listed() {
        var listed = new TreeMap<String, List<EurekaEntry>>();
        byName.forEach((name, application) -> {
            if (!application.listed().isEmpty()) {
                listed.put(name, application.listed());
            }
        });
        return listed;
    }

    /**
     * Returns the listed instances with a virtual address, by application.
     *
     * @param member {@code vipAddress} or {@code secureVipAddress}, whose value is a list separated by commas
     */
    SortedMap<String, List<EurekaEntry>> withVirtualAddress(String member, String address) {
        var found = new TreeMap<String, List<EurekaEntry>>();
        byName.forEach((name, application) -> {
            var matching = application.listed().stream()
                    .filter(entry -> hasAddress(entry.instance().texts().get(member), address))
                    .toList();
            if (!matching.isEmpty()) {
                found.put(name, matching);
            }
        });
        return found;
    }

    private static boolean hasAddress(@Nullable String addresses, String address) {
        return addresses != null && Arrays.asList(addresses.split(",")).contains(address);
    }

    /** Returns the hash of all listed instances. */
    String hash() {
        return hash(byName.values().stream().map(EurekaApplication::statusCounts));
    }

    /** Returns the hash of some instances. */
    static String hash(Collection<List<EurekaEntry>> applications) {
        return hash(applications.stream()
                .flatMap(List::stream)
                .map(entry -> Map.of(entry.instance().status(), 1)));
    }

    /** Returns {@code STATUS_n_} for each status, in alphabetical order: clients compare it with what they hold. */
    private static String hash(Stream<Map<EurekaStatus, Integer>> statusCounts) {
        var sums = new EnumMap<EurekaStatus, Integer>(EurekaStatus.class);
        statusCounts.forEach(counts -> counts.forEach((status, count) -> sums.merge(status, count, Integer::sum)));
        var hash = new StringBuilder();
        sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((one, other) -> one.name().compareTo(other.name())))
                .forEach(count -> hash.append(count.getKey())
                        .append('_')
                        .append(count.getValue())
                        .append('_'));
        return hash.toString();
    }
}
