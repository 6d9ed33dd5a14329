package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.dialect.following.RegistryFollower;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.discovery.DiscoverableInstances;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.ServiceInstances;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotLookup;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotService;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds records in the snapshot of the registry, so that names are compared without regard to case, and unknown names
 * cost no read. If the registry is too large for that snapshot, finds names in lower case in the snapshots of services.
 */
final class RegistryServiceSource implements DnsServiceSource {

    private static final int CACHE_PERCENT_OF_HEAP = 2;

    private final RegistryFollower follower;
    private final SnapshotService snapshots;
    private final AsOfResolver asOfResolver;
    private final AsOfInstanceReader asOfReader;
    private final DiscoverableInstances discoverable;
    private final Duration patience;
    private final ServiceRecordsCache cache =
            new ServiceRecordsCache(HeapShare.ofPercent(CACHE_PERCENT_OF_HEAP).toBytes(), this::records);

    /**
     * Creates a source.
     *
     * @param patience maximum wait for the read models to reflect a position of the past
     */
    RegistryServiceSource(
            RegistryFollower follower,
            SnapshotService snapshots,
            AsOfResolver asOfResolver,
            AsOfInstanceReader asOfReader,
            DiscoverableInstances discoverable,
            Duration patience) {
        this.follower = follower;
        this.snapshots = snapshots;
        this.asOfResolver = asOfResolver;
        this.asOfReader = asOfReader;
        this.discoverable = discoverable;
        this.patience = patience;
    }

    /** Names of services that aren't in lower case, by their name in lower case. */
    private record MixedCaseNames(Map<String, List<String>> byLowerCase) {

        static MixedCaseNames of(RegistrySnapshot registry) {
            return new MixedCaseNames(registry.services().stream()
                    .map(ServiceInstances::name)
                    .filter(name -> !name.equals(name.toLowerCase(Locale.ROOT)))
                    .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT))));
        }
    }

    @Override
    public @Nullable ServiceRecords findCurrent(String service) {
        var registry = follower.current();
        if (registry != null) {
            return find(service, registry);
        }
        var known = follower.isTooLarge() ? snapshots.findCurrent(service, ConsistencyRequirement.NONE) : null;
        return known == null ? null : cachedRecords(known.service());
    }

    @Override
    public Mono<ServiceRecords> read(String service, @Nullable Long position) {
        if (position != null) {
            return asOfResolver
                    .find(new AtPosition(position), AsOfParameter.AT, patience)
                    .flatMap(point -> readPast(names(service), point.position()));
        }
        return follower.isTooLarge()
                ? snapshots
                        .readThrough(service, ConsistencyRequirement.NONE)
                        .map(SnapshotLookup::service)
                        .map(this::cachedRecords)
                : Mono.error(() -> new IllegalStateException("The state of the registry is unknown."));
    }

    /** Reads the past of services that share a name. */
    private Mono<ServiceRecords> readPast(List<String> names, long position) {
        return Flux.fromIterable(names)
                .concatMap(name -> asOfReader.ofService(name, position))
                .map(read -> new ServiceInstances("", position, position, read.rows()))
                .collectList()
                .map(this::records);
    }

    /** Returns the names of services that are equal but for case: the one in lower case, and the others at present. */
    private List<String> names(String service) {
        var registry = follower.current();
        return registry == null ? List.of(service) : names(service, registry);
    }

    private static List<String> names(String service, RegistrySnapshot registry) {
        var names = new ArrayList<String>();
        names.add(service);
        names.addAll(registry.derive(MixedCaseNames.class, MixedCaseNames::of)
                .byLowerCase()
                .getOrDefault(service, List.of()));
        return names;
    }

    private ServiceRecords find(String service, RegistrySnapshot registry) {
        var services = names(service, registry).stream()
                .map(registry::service)
                .filter(named -> !named.instances().isEmpty())
                .toList();
        return services.isEmpty() ? ServiceRecords.NONE : cache.get(service, services);
    }

    private ServiceRecords records(List<ServiceInstances> services) {
        var present = new ArrayList<InstanceView>();
        var selected = new ArrayList<InstanceView>();
        for (var service : services) {
            present.addAll(service.instances());
            selected.addAll(discoverable.of(service.instances(), service.index()));
        }
        return ServiceRecords.of(present, selected, true);
    }

    private ServiceRecords cachedRecords(ServiceSnapshot service) {
        return service.memo().get(service.position(), ServiceRecords.class, _ -> records(service));
    }

    private ServiceRecords records(ServiceSnapshot service) {
        return ServiceRecords.of(
                service.candidates().stream().map(Candidate::view).toList(),
                discoverable.of(service),
                !service.isOutline());
    }
}
