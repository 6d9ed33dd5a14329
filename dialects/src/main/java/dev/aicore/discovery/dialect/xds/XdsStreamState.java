package dev.aicore.discovery.dialect.xds;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State of one stream: subscriptions, what was sent, and what must be sent next. Begins empty, whatever an
 * earlier stream of the same client knew. Not thread-safe.
 */
final class XdsStreamState {

    private final XdsStreamVariant variant;
    private final int maxNames;
    private final Map<XdsResourceType, XdsSubscription> subscriptions = new EnumMap<>(XdsResourceType.class);
    private long nonces;

    /**
     * Creates the state of a new stream.
     *
     * @param maxNames maximum number of names per type
     */
    XdsStreamState(XdsStreamVariant variant, int maxNames) {
        this.variant = variant;
        this.maxNames = maxNames;
    }

    /**
     * Applies a request.
     *
     * @return the type; null if the stream doesn't have it, which has no effect
     * @throws TooManyNamesException if the request has too many names
     */
    @Nullable
    XdsResourceType apply(DiscoveryRequest request) {
        var type = variant.type(request.getTypeUrl());
        if (type == null) {
            return null;
        }
        if (request.getResourceNamesCount() > maxNames) {
            throw new TooManyNamesException();
        }
        subscriptions
                .computeIfAbsent(type, XdsSubscription::new)
                .apply(request.getResourceNamesList(), request.getResponseNonce());
        return type;
    }

    /** Thrown for a request with too many names. */
    static final class TooManyNamesException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Returns the responses that bring the client up to date, in their order; empty if it is. */
    List<DiscoveryResponse> next(XdsCatalog catalog) {
        var responses = new ArrayList<DiscoveryResponse>();
        for (var type : XdsResourceType.values()) {
            var subscription = subscriptions.get(type);
            if (subscription != null) {
                var response = next(subscription, catalog);
                if (response != null) {
                    responses.add(response);
                }
            }
        }
        return responses;
    }

    private @Nullable DiscoveryResponse next(XdsSubscription subscription, XdsCatalog catalog) {
        var type = subscription.type();
        Map<String, XdsResource> wanted = new TreeMap<>();
        for (var name : subscription.isWildcard() ? catalog.names(type) : subscription.names()) {
            var resource = catalog.find(type, name);
            if (resource != null) {
                wanted.put(name, resource);
            }
        }
        var changed = subscription.changed(wanted);
        if (type == XdsResourceType.CLUSTER) {
            // A client waits for the endpoints of a new cluster, also if it knew them before.
            var endpoints = subscriptions.get(XdsResourceType.ENDPOINTS);
            if (endpoints != null) {
                changed.forEach(endpoints::forget);
            }
        }
        if (!subscription.mustRespond(wanted, changed)) {
            return null;
        }
        var nonce = Long.toString(++nonces);
        var response = DiscoveryResponse.newBuilder()
                .setTypeUrl(type.url())
                .setNonce(nonce)
                .setVersionInfo(version(wanted));
        (type.isComplete() ? wanted.keySet() : changed).forEach(name -> {
            var resource = wanted.get(name);
            if (resource != null) {
                response.addResources(resource.body());
            }
        });
        subscription.sent(nonce, wanted);
        return response.build();
    }

    /** Returns a version that differs for different contents. */
    private static String version(Map<String, XdsResource> resources) {
        long hash = resources.size();
        for (var resource : resources.entrySet()) {
            hash = (hash * 31 + resource.getKey().hashCode()) * 0x9e37_79b9_7f4a_7c15L
                    + resource.getValue().version();
        }
        return Long.toHexString(hash);
    }
}
