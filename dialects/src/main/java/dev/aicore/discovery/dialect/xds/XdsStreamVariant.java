package dev.aicore.discovery.dialect.xds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Variant of a stream: the types of resources that it has.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-docs/xds_protocol">xDS protocol</a>
 */
enum XdsStreamVariant {
    AGGREGATED(XdsResourceType.CLUSTER, XdsResourceType.ENDPOINTS, XdsResourceType.LISTENER, XdsResourceType.ROUTE),
    CLUSTERS(XdsResourceType.SEPARATE_CLUSTER),
    ENDPOINTS(XdsResourceType.ENDPOINTS);

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<XdsResourceType> types;

    XdsStreamVariant(XdsResourceType... types) {
        this.types = List.of(types);
    }

    /**
     * Returns the type of a URL; null if this variant doesn't have it. Only aggregated streams need a URL, in others it
     * may be empty.
     */
    @Nullable
    XdsResourceType type(String url) {
        if (url.isEmpty() && types.size() == 1) {
            return types.getFirst();
        }
        for (var type : types) {
            if (type.url().equals(url)) {
                return type;
            }
        }
        return null;
    }
}
