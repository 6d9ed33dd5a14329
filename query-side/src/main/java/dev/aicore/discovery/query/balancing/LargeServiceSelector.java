package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.instance.ServiceInstanceLookup;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.SnapshotLookup;
import dev.aicore.discovery.query.watermark.ConsistencyRequirement;
import dev.aicore.discovery.web.ApiJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Discovers among the instances of a service of which only an outline is in memory: what an outline doesn't tell is looked for in
 * PostgreSQL, and those that are answered are read there.
 */
final class LargeServiceSelector {

    private final ServiceInstanceLookup instances;

    LargeServiceSelector(ServiceInstanceLookup instances) {
        this.instances = instances;
    }

    /**
     * Answers one request.
     *
     * @param outline perhaps further than PostgreSQL, since it changes with each fact that is appended
     * @param requirement what PostgreSQL must reflect
     * @param choose chooses from a service by filters that go by nothing but what an outline tells
     * @return with the position that all of it reflects; fails with {@code not_yet_visible}, or with {@code answer_too_large} if those
     *     that are chosen say more than may be read at once
     */
    Mono<PositionedResult<DiscoverResult>> discover(
            SnapshotLookup outline,
            DiscoverFilter discoverFilter,
            ConsistencyRequirement requirement,
            Function<SelectedInstances, DiscoverResult> choose) {
        return selected(outline, discoverFilter, requirement).flatMap(service -> {
            var chosen = choose.apply(new SelectedInstances(service.rows(), discoverFilter.ofOutline()));
            return whole(chosen, discoverFilter, requirement).map(result -> earliest(result, service.position()));
        });
    }

    /**
     * What there is to choose from.
     *
     * @param service what is left of it
     * @param filters what is left of them
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

    /** Who has gone since the outline was read is left out, and who isn't what was asked for any more. */
    private Mono<PositionedResult<DiscoverResult>> whole(
            DiscoverResult chosen, DiscoverFilter discoverFilter, ConsistencyRequirement requirement) {
        var ids = chosen.services().stream()
                .map(candidate -> candidate.view().id())
                .toList();
        if (ids.isEmpty()) {
            return Mono.just(new PositionedResult<>(chosen, Long.MAX_VALUE));
        }
        return instances
                .some(chosen.serviceName(), ids, requirement)
                .map(read -> read.map(rows -> {
                    Map<String, Candidate> found = rows.stream()
                            .filter(discoverFilter::match)
                            .collect(Collectors.toMap(InstanceView::id, Candidate::new));
                    return chosen.of(ids.stream()
                            .map(found::get)
                            .filter(Objects::nonNull)
                            .toList());
                }));
    }
}
