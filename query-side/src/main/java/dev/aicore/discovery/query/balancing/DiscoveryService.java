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
     * @param had entity tags of the caller; 304 if the answer's tag is among them
     * @param span receives the decision as tags
     */
    Mono<SerializedResponse> answer(DiscoverRequest discoverRequest, Caller caller, IfNoneMatchHeader had, Span span) {
        if (discoverRequest.index() != null) {
            return changed(discoverRequest, discoverRequest.index(), caller, span);
        }
        if (discoverRequest.moment() != null) {
            return asOfDiscovery.answer(discoverRequest, discoverRequest.moment());
        }
        var service = discoverRequest.filters().service();
        var known = snapshotService.known(service, discoverRequest.wanted());
        return known == null
                ? snapshotService
                        .ask(service, discoverRequest.wanted())
                        .flatMap(snapshotLookup -> answer(discoverRequest, caller, had, snapshotLookup, span))
                : answer(discoverRequest, caller, had, known, span);
    }

    private Mono<SerializedResponse> changed(DiscoverRequest discoverRequest, long index, Caller caller, Span span) {
        return changes.beyond(
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
                    return DiscoverResultSerializer.written(
                            ApiResponse.of(choose(discoverRequest, caller, service, span), found.position(), time.now())
                                    .changedAt(found.index()));
                });
    }

    private Mono<SerializedResponse> answer(
            DiscoverRequest discoverRequest,
            Caller caller,
            IfNoneMatchHeader had,
            SnapshotLookup snapshotLookup,
            Span span) {
        if (snapshotLookup.service().isOutline()) {
            return large.discover(
                            snapshotLookup,
                            discoverRequest.filters(),
                            discoverRequest.wanted(),
                            from -> choose(discoverRequest, from.filters(), caller, from.service(), span))
                    .map(chosen -> written(chosen.rows(), chosen.position(), snapshotLookup.age()));
        }
        if (!discoverRequest.wantsAll() || snapshotLookup.age() != null) {
            return Mono.just(written(
                    choose(discoverRequest, caller, snapshotLookup.service(), span),
                    snapshotLookup.position(),
                    snapshotLookup.age()));
        }
        var tag = snapshotLookup.service().tag();
        if (had.contain(tag)) {
            return Mono.just(SerializedResponse.notModified(tag, snapshotLookup.position()));
        }
        return Mono.just(written(
                        choose(discoverRequest, caller, snapshotLookup.service(), span),
                        snapshotLookup.position(),
                        null)
                .tagged(tag));
    }

    private SerializedResponse written(DiscoverResult chosen, long position, @Nullable Duration age) {
        var apiResponse = ApiResponse.of(chosen, position, time.now());
        return DiscoverResultSerializer.written(age == null ? apiResponse : apiResponse.stale(age));
    }

    private DiscoverResult choose(DiscoverRequest discoverRequest, Caller caller, ServiceSnapshot service, Span span) {
        return choose(discoverRequest, discoverRequest.filters(), caller, service, span);
    }

    private DiscoverResult choose(
            DiscoverRequest discoverRequest,
            DiscoverFilter discoverFilter,
            Caller caller,
            ServiceSnapshot service,
            Span span) {
        metrics.count(
                discoverRequest.strategy(),
                discoverRequest.filters().service(),
                !service.candidates().isEmpty());
        var found = instanceSelector.choose(
                service,
                discoverFilter,
                discoverRequest.strategy(),
                discoverRequest.key(caller),
                discoverRequest.limit());
        if (!found.services().isEmpty()) {
            var pick = found.services().getFirst().view().id();
            recorder.picked(discoverRequest.strategy(), found.serviceName(), pick);
            span.tag("service_discovery.pick", pick);
        }
        span.tag("service_discovery.service", found.serviceName())
                .tag("service_discovery.strategy", found.strategy())
                .tag("service_discovery.candidates", found.total());
        return found;
    }
}
