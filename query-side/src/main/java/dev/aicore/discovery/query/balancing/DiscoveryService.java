package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.SnapshotLookup;
import dev.aicore.discovery.query.snapshot.SnapshotService;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IfNoneMatchHeader;
import dev.aicore.discovery.web.SerializedResponse;
import io.micrometer.tracing.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Answers discover requests from cached snapshots of services. */
final class DiscoveryService {

    private final SnapshotService snapshotService;
    private final ServiceChangeWaiter changes;
    private final AsOfDiscoveryService asOfDiscovery;
    private final LargeServiceSelector large;
    private final InstanceSelector instanceSelector;
    private final DiscoverMetrics metrics;
    private final PickRecorder recorder;
    private final TimeSource time;

    DiscoveryService(
            SnapshotService snapshotService,
            ServiceChangeWaiter changes,
            AsOfDiscoveryService asOfDiscovery,
            LargeServiceSelector large,
            InstanceSelector instanceSelector,
            DiscoverMetrics metrics,
            PickRecorder recorder,
            TimeSource time) {
        this.snapshotService = snapshotService;
        this.changes = changes;
        this.asOfDiscovery = asOfDiscovery;
        this.large = large;
        this.instanceSelector = instanceSelector;
        this.metrics = metrics;
        this.recorder = recorder;
        this.time = time;
    }

    /**
     * Answers a request; at once if the snapshot is in memory. An answer about the present that contains all matching
     * instances has an entity tag.
     *
     * @param ifNoneMatch entity tags of the caller; 304 if the answer's tag is among them
     * @param span receives the decision as tags
     */
    Mono<SerializedResponse> discover(
            DiscoverRequest discoverRequest, Caller caller, IfNoneMatchHeader ifNoneMatch, Span span) {
        if (discoverRequest.index() != null) {
            return changed(discoverRequest, discoverRequest.index(), caller, span);
        }
        if (discoverRequest.moment() != null) {
            return asOfDiscovery.discover(discoverRequest, discoverRequest.moment());
        }
        var service = discoverRequest.filters().service();
        var known = snapshotService.findCurrent(service, discoverRequest.wanted());
        return known == null
                ? snapshotService
                        .readThrough(service, discoverRequest.wanted())
                        .flatMap(snapshotLookup -> discover(discoverRequest, caller, ifNoneMatch, snapshotLookup, span))
                : discover(discoverRequest, caller, ifNoneMatch, known, span);
    }

    private Mono<SerializedResponse> changed(DiscoverRequest discoverRequest, long index, Caller caller, Span span) {
        return changes.awaitChange(
                        discoverRequest.filters().service(),
                        index,
                        discoverRequest.wanted().patience(),
                        caller)
                .map(found -> {
                    var service = found.memo()
                            .get(
                                    found.position(),
                                    ServiceSnapshot.class,
                                    at -> ServiceSnapshot.of(found.instances(), at));
                    return DiscoverResultSerializer.serialize(
                            ApiResponse.of(select(discoverRequest, caller, service, span), found.position(), time.now())
                                    .changedAt(found.index()));
                });
    }

    private Mono<SerializedResponse> discover(
            DiscoverRequest discoverRequest,
            Caller caller,
            IfNoneMatchHeader ifNoneMatch,
            SnapshotLookup snapshotLookup,
            Span span) {
        if (snapshotLookup.service().isOutline()) {
            return large.discover(
                            snapshotLookup,
                            discoverRequest.filters(),
                            discoverRequest.wanted(),
                            from -> select(discoverRequest, from.filters(), caller, from.service(), span))
                    .map(chosen -> serialize(chosen.rows(), chosen.position(), snapshotLookup.age()));
        }
        if (!discoverRequest.hasNoLimit() || snapshotLookup.age() != null) {
            return Mono.just(serialize(
                    select(discoverRequest, caller, snapshotLookup.service(), span),
                    snapshotLookup.position(),
                    snapshotLookup.age()));
        }
        var tag = snapshotLookup.service().tag();
        if (ifNoneMatch.contain(tag)) {
            return Mono.just(SerializedResponse.notModified(tag, snapshotLookup.position()));
        }
        return Mono.just(serialize(
                        select(discoverRequest, caller, snapshotLookup.service(), span),
                        snapshotLookup.position(),
                        null)
                .tagged(tag));
    }

    private SerializedResponse serialize(DiscoverResult result, long position, @Nullable Duration age) {
        var apiResponse = ApiResponse.of(result, position, time.now());
        return DiscoverResultSerializer.serialize(age == null ? apiResponse : apiResponse.withStaleness(age));
    }

    private DiscoverResult select(DiscoverRequest discoverRequest, Caller caller, ServiceSnapshot service, Span span) {
        return select(discoverRequest, discoverRequest.filters(), caller, service, span);
    }

    private DiscoverResult select(
            DiscoverRequest discoverRequest,
            DiscoverFilter discoverFilter,
            Caller caller,
            ServiceSnapshot service,
            Span span) {
        metrics.count(
                discoverRequest.strategy(),
                discoverRequest.filters().service(),
                !service.candidates().isEmpty());
        var result = instanceSelector.select(
                service,
                discoverFilter,
                discoverRequest.strategy(),
                discoverRequest.key(caller),
                discoverRequest.limit());
        if (!result.services().isEmpty()) {
            var pick = result.services().getFirst().view().id();
            recorder.picked(discoverRequest.strategy(), result.serviceName(), pick);
            span.tag("service_discovery.pick", pick);
        }
        span.tag("service_discovery.service", result.serviceName())
                .tag("service_discovery.strategy", result.strategy())
                .tag("service_discovery.candidates", result.total());
        return result;
    }
}
