package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.SerializedResponse;
import reactor.core.publisher.Mono;

/**
 * Discovers instances as of a point in the past. The result lists what discovery returned then, ordered by id; the
 * order per caller isn't known.
 */
final class AsOfDiscoveryService {

    private final AsOfResolver asOfResolver;
    private final AsOfInstanceReader asOfReader;
    private final InstanceSelector instanceSelector;

    AsOfDiscoveryService(AsOfResolver asOfResolver, AsOfInstanceReader asOfReader, InstanceSelector instanceSelector) {
        this.asOfResolver = asOfResolver;
        this.asOfReader = asOfReader;
        this.instanceSelector = instanceSelector;
    }

    Mono<SerializedResponse> discover(DiscoverRequest discoverRequest, AsOfPoint asOf) {
        return asOfResolver
                .find(asOf, AsOfParameter.AT, discoverRequest.wanted().patience())
                .flatMap(resolvedAsOfPoint -> discover(discoverRequest, resolvedAsOfPoint));
    }

    private Mono<SerializedResponse> discover(DiscoverRequest discoverRequest, ResolvedAsOfPoint resolvedAsOfPoint) {
        return asOfReader
                .ofService(discoverRequest.filters().service(), resolvedAsOfPoint.position())
                .map(result -> {
                    var answer = instanceSelector.list(
                            ServiceSnapshot.of(result), discoverRequest.filters(), discoverRequest.limit());
                    return DiscoverResultSerializer.serialize(resolvedAsOfPoint.toResponse(answer));
                });
    }
}
