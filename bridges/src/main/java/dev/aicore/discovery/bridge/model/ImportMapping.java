package dev.aicore.discovery.bridge.model;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.bridge.model.BridgedInstance.Endpoint;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.web.HostNormalizer;
import dev.aicore.discovery.web.NameRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps instances of the other side to what a bridge registers here. */
public final class ImportMapping {

    private static final String DEFAULT_PROTOCOL = "tcp";

    private final String bridge;
    private final ServiceScope services;
    private final String servicePrefix;
    private final String zone;
    private final String protocol;
    private final BridgeOrigin own;
    private final BridgeOrigin foreign;

    /**
     * Creates the mapping of a bridge.
     *
     * @param own mark of what the bridge exports
     */
    public ImportMapping(BridgeDefinition definition, BridgeOrigin own) {
        this.bridge = definition.name();
        this.services = definition.services();
        this.servicePrefix = definition.text("service-prefix", "");
        this.zone = definition.text("zone", "");
        this.protocol = definition.text("protocol", DEFAULT_PROTOCOL);
        this.own = own;
        this.foreign = new BridgeOrigin(definition.kind().settingName(), definition.name());
    }

    /** Returns true if the bridge is to import the instance: its filter matches, and it doesn't come from here. */
    public boolean includes(BridgedInstance instance) {
        return services.covers(instance.service()) && !own.isOfSameRegistry(instance);
    }

    /**
     * Returns the instance to register here; null if the registry has no name or address for it.
     *
     * @param instance an instance that the bridge {@link #includes}
     */
    public @Nullable BridgedInstance map(BridgedInstance instance) {
        var service = servicePrefix + instance.service();
        var address = HostNormalizer.normalize(instance.address());
        if (address == null || !NameRules.isService(service)) {
            return null;
        }
        return new BridgedInstance(
                id(instance),
                service,
                instance.version(),
                address,
                instance.port(),
                instance.protocol().isEmpty() ? protocol : instance.protocol(),
                instance.weight(),
                BridgeOrigin.isMarked(instance.metadata()) ? instance.metadata() : foreign.addTo(instance.metadata()),
                instance.tags(),
                instance.zone().isEmpty() ? zone : instance.zone(),
                instance.state());
    }

    /** Returns true if another owner has registered the same endpoint here, which then needs no import. */
    public static boolean isKnown(BridgedInstance mapped, Set<Endpoint> endpointsOfOthers) {
        return endpointsOfOthers.contains(mapped.endpoint());
    }

    /** Returns an id that depends on bridge, service and source id alone. Names of services contain no colon. */
    private String id(BridgedInstance instance) {
        var id = bridge + ':' + instance.service() + ':' + instance.id();
        return InstanceIdGenerator.isId(id)
                ? id
                : bridge
                        + ':'
                        + InstanceIdGenerator.derive(
                                EventMetadata.DEFAULT_NAMESPACE, instance.service(), instance.id(), 0);
    }
}
