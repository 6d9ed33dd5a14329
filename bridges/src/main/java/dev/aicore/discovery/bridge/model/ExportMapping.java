package dev.aicore.discovery.bridge.model;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.settings.BridgeDefinition;

/** Maps instances of this registry to what a bridge registers on the other side. */
public final class ExportMapping {

    private static final String BRIDGE_PRINCIPALS = "bridge:";

    private final ServiceScope services;
    private final BridgeOrigin own;

    public ExportMapping(BridgeDefinition definition, BridgeOrigin own) {
        this.services = definition.services();
        this.own = own;
    }

    /** Returns true if the bridge is to export the instance: its filter matches, and no bridge has imported it. */
    public boolean includes(InstanceView view) {
        return services.covers(view.name())
                && view.status() != InstanceStatus.EXPIRED
                && !BridgeOrigin.isMarked(view.metadata())
                && !view.owner().startsWith(BRIDGE_PRINCIPALS);
    }

    /** Returns the instance to register on the other side, with the mark of its origin. */
    public BridgedInstance map(InstanceView view) {
        var instance = BridgedInstance.of(view);
        return instance.withMetadata(own.addTo(instance.metadata()));
    }
}
