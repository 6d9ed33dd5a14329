package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Labels and annotations by which bridges recognize what they have created. */
final class ResourceNames {

    /** Label of a slice: name of its Service. */
    static final String SERVICE_OF_SLICE = "kubernetes.io/service-name";

    /** Label of a slice: its writer. */
    static final String SLICE_MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    /** Label of a Service: its writer. */
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    static final String MANAGER = "service-discovery";

    /** Label: name of the bridge that owns the object. */
    static final String BRIDGE = "discovery.aicore.dev/bridge";

    /** Annotation: {@link BridgeOrigin#mark()} of the bridge that owns the object. */
    static final String ORIGIN = "discovery.aicore.dev/origin";

    /** Annotation of a slice: what its endpoints can't hold, as a JSON array in their order. */
    static final String INSTANCES = "discovery.aicore.dev/instances";

    private ResourceNames() {}

    /** Returns true if a bridge of any registry has created the object. */
    static boolean isOfBridge(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(ORIGIN);
    }

    /** Returns true if this bridge has created the object. */
    static boolean isOf(BridgeOrigin origin, HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && origin.mark().equals(annotations.get(ORIGIN));
    }
}
