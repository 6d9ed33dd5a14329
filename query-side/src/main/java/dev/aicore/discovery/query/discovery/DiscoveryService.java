package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotLookup;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotService;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IfNoneMatchHeader;
import dev.aicore.discovery.web.SerializedResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Answers discover requests from cached snapshots of services. */
final class DiscoveryService {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryService.class);

    private final SnapshotService snapshotService;
    private final ServiceChangeWaiter changes;
    private final AsOfDiscoveryService asOfDiscovery;
    private final LargeServiceSelector large;
    private final InstanceSelector instanceSelector;
    private final DiscoverMetrics metrics;
    private final PickRecorder recorder;
    private final DiscoveryCounter counter;
    private final TimeSource time;

    DiscoveryService(
            SnapshotService snapshotService,
            ServiceChangeWaiter changes,
            AsOfDiscoveryService asOfDiscovery,
            LargeServiceSelector large,
            InstanceSelector instanceSelector,
            DiscoverMetrics metrics,
            PickRecorder recorder,
            DiscoveryCounter counter,
            TimeSource time) {
        this.snapshotService = snapshotService;
        this.changes = changes;
        this.asOfDiscovery = asOfDiscovery;
        this.large = large;
        this.instanceSelector = instanceSelector;
        this.metrics = metrics;
        this.recorder = recorder;
        this.counter = counter;
        this.time = time;
    }

    /**
     * Answers a request; at once if the snapshot is in memory. An answer about the present that contains all matching
     * instances has an entity tag.
     *
     * @param ifNoneMatch entity tags of the caller; 304 if the answer's tag is among them
     * @param span receives the decision as tags; null if the request isn't recorded
     */
    Mono<SerializedResponse> discover(
            DiscoverRequest discoverRequest, Caller caller, IfNoneMatchHeader ifNoneMatch, @Nullable TracedSpan span) {
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

    private Mono<SerializedResponse> changed(
            DiscoverRequest discoverRequest, long index, Caller caller, @Nullable TracedSpan span) {
        return changes.awaitChange(
                        discoverRequest.filters().service(),
                        index,
                        discoverRequest.wanted().patience(),
                        caller)
                .map(found -> {
                    counter.count(caller, discoverRequest.filters().service(), found.position());
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
            @Nullable TracedSpan span) {
        var service = discoverRequest.filters().service();
        if (snapshotLookup.service().isOutline()) {
            return large.discover(
                            snapshotLookup,
                            discoverRequest.filters(),
                            discoverRequest.wanted(),
                            from -> select(discoverRequest, from.filters(), caller, from.service(), span))
                    .map(chosen -> {
                        counter.count(caller, service, chosen.position());
                        return serialize(chosen.rows(), chosen.position(), snapshotLookup.age());
                    });
        }
        counter.count(caller, service, snapshotLookup.position());
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

    private DiscoverResult select(
            DiscoverRequest discoverRequest, Caller caller, ServiceSnapshot service, @Nullable TracedSpan span) {
        return select(discoverRequest, discoverRequest.filters(), caller, service, span);
    }

    private DiscoverResult select(
            DiscoverRequest discoverRequest,
            DiscoverFilter discoverFilter,
            Caller caller,
            ServiceSnapshot service,
            @Nullable TracedSpan span) {
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
            if (LogEvent.PICK.isEnabled(LOG)) {
                log(result, pick, caller);
            }
        }
        if (span != null) {
            span.tag("service_discovery.service", result.serviceName())
                    .tag("service_discovery.strategy", result.strategy())
                    .tag("service_discovery.candidates", result.total())
                    .tag("service_discovery.healthy", result.healthy())
                    .tag("service_discovery.panic", Boolean.toString(result.panic()));
            if (!result.services().isEmpty()) {
                span.tag(
                        "service_discovery.pick",
                        result.services().getFirst().view().id());
            }
        }
        return result;
    }

    private static void log(DiscoverResult result, String pick, Caller caller) {
        LogEvent.addRequestId(LogEvent.PICK.on(LOG), caller.requestId())
                .addKeyValue(LogEvent.SERVICE_NAME, result.serviceName())
                .addKeyValue(LogEvent.INSTANCE_ID, pick)
                .log("Picked by {} from {} instances, {} healthy", result.strategy(), result.total(), result.healthy());
    }

    /**
     * Result of a discover request.
     *
     * @param serviceName as requested
     * @param strategy name of the strategy that ordered {@code services}
     * @param total number of present instances that match the filter, regardless of status and weight
     * @param healthy number of healthy instances among them
     * @param panic whether so few of the service's instances are healthy that unhealthy ones are returned as well
     * @param services in the order in which to try them; the first is the pick
     */
    record DiscoverResult(
            String serviceName, String strategy, int total, int healthy, boolean panic, List<Candidate> services) {

        /** Returns this result with the given instances, in their order. */
        DiscoverResult of(List<Candidate> services) {
            return new DiscoverResult(serviceName, strategy, total, healthy, panic, services);
        }
    }

    /** Records each pick of a discover result, for the statistics and for the load of the instance. */
    static final class PickRecorder {

        private final PickCounter pickCounter;
        private final ServiceLoadCache loads;

        PickRecorder(PickCounter pickCounter, ServiceLoadCache loads) {
            this.pickCounter = pickCounter;
            this.loads = loads;
        }

        /** Records the first instance of a result, regardless of the strategy. Never blocks. */
        void picked(BalancingStrategy balancingStrategy, String service, String instance) {
            pickCounter.picked(balancingStrategy.jsonName(), service, instance);
            loads.picked(service, instance);
        }
    }
}
