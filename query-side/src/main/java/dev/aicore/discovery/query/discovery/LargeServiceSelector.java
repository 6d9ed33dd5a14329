package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotLookup;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Discovers instances of services of which only an outline is in memory. Conditions that the outline can't answer are
 * evaluated in PostgreSQL, and the selected instances are read from there.
 */
final class LargeServiceSelector {

    private final ServiceInstanceLookup instances;

    LargeServiceSelector(ServiceInstanceLookup instances) {
        this.instances = instances;
    }

    /**
     * Answers one request.
     *
     * @param outline may be more recent than PostgreSQL, because it changes with each appended fact
     * @param requirement position that PostgreSQL must reflect
     * @param choose selects instances by the conditions that an outline can answer
     * @return result with the position that all parts reflect; fails with {@code not_yet_visible}, or with
     * {@code answer_too_large} if the selected instances exceed the limit of one read
     */
    Mono<PositionedResult<DiscoverResult>> discover(
            SnapshotLookup outline,
            DiscoverFilter discoverFilter,
            ConsistencyRequirement requirement,
            Function<SelectedInstances, DiscoverResult> choose) {
        return selected(outline, discoverFilter, requirement).flatMap(service -> {
            var chosen = choose.apply(new SelectedInstances(service.rows(), discoverFilter.ofOutline()));
            return readInstances(chosen, discoverFilter, requirement)
                    .map(result -> earliest(result, service.position()));
        });
    }

    /**
     * Instances and conditions that remain for the selection.
     *
     * @param service instances that match the conditions evaluated in PostgreSQL
     * @param filters conditions that an outline can answer
     */
    record SelectedInstances(ServiceSnapshot service, DiscoverFilter filters) {}

    private Mono<PositionedResult<ServiceSnapshot>> selected(
            SnapshotLookup outline, DiscoverFilter discoverFilter, ConsistencyRequirement requirement) {
        if (discoverFilter.tags().isEmpty() && discoverFilter.metadata().isEmpty()) {
            return Mono.just(new PositionedResult<>(outline.service(), outline.position()));
        }
        return instances
                .idsOf(discoverFilter.service(), contained(discoverFilter), requirement)
                .map(result -> earliest(result.map(outline.service()::only), outline.position()));
    }

    private static <T> PositionedResult<T> earliest(PositionedResult<T> result, long other) {
        return new PositionedResult<>(result.rows(), Math.min(result.position(), other));
    }

    private static String contained(DiscoverFilter discoverFilter) {
        var contained = new LinkedHashMap<String, Object>();
        if (!discoverFilter.tags().isEmpty()) {
            contained.put("tags", discoverFilter.tags());
        }
        if (!discoverFilter.metadata().isEmpty()) {
            contained.put("metadata", discoverFilter.metadata());
        }
        return ApiJson.mapper().writeValueAsString(contained);
    }

    /** Reads the selected instances. Omits those that have left or no longer match since the outline was read. */
    private Mono<PositionedResult<DiscoverResult>> readInstances(
            DiscoverResult result, DiscoverFilter discoverFilter, ConsistencyRequirement requirement) {
        var ids = result.services().stream()
                .map(candidate -> candidate.view().id())
                .toList();
        if (ids.isEmpty()) {
            return Mono.just(new PositionedResult<>(result, Long.MAX_VALUE));
        }
        return instances
                .findByIds(result.serviceName(), ids, requirement)
                .map(read -> read.map(rows -> {
                    Map<String, Candidate> found = rows.stream()
                            .filter(discoverFilter::match)
                            .collect(Collectors.toMap(InstanceView::id, Candidate::new));
                    return result.of(ids.stream()
                            .map(found::get)
                            .filter(Objects::nonNull)
                            .toList());
                }));
    }
}
