package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceView;
import org.jspecify.annotations.Nullable;

/**
 * Status of an instance, and the override that determines it.
 *
 * @param overridden {@code UNKNOWN} if there is no override
 */
record EurekaStatusPair(EurekaStatus status, EurekaStatus overridden) {

    /**
     * Returns the status of an instance. Maintenance is an override, unless the instance registered as out of service
     * itself. Another override is kept as metadata.
     */
    static EurekaStatusPair of(InstanceView instance) {
        var reported = EurekaStatus.find(instance.metadata().get(EurekaMetadata.STATUS));
        var override = EurekaStatus.find(instance.metadata().get(EurekaMetadata.OVERRIDDEN_STATUS));
        if (instance.declared() != AdminState.ACTIVE) {
            boolean own = override == null && reported == EurekaStatus.OUT_OF_SERVICE;
            return new EurekaStatusPair(
                    EurekaStatus.OUT_OF_SERVICE, own ? EurekaStatus.UNKNOWN : EurekaStatus.OUT_OF_SERVICE);
        }
        // An override of maintenance that was ended in another protocol no longer holds.
        return override == null || override == EurekaStatus.OUT_OF_SERVICE
                ? new EurekaStatusPair(ofHealth(instance, reported), EurekaStatus.UNKNOWN)
                : new EurekaStatusPair(override, override);
    }

    boolean isOverridden() {
        return overridden != EurekaStatus.UNKNOWN;
    }

    private static EurekaStatus ofHealth(InstanceView instance, @Nullable EurekaStatus reported) {
        return switch (instance.status()) {
            case HEALTHY -> EurekaStatus.UP;
            case STARTING -> EurekaStatus.STARTING;
            case EXPIRED, EJECTED -> EurekaStatus.DOWN;
            case MAINTENANCE, DRAINING -> EurekaStatus.OUT_OF_SERVICE;
            case UNHEALTHY ->
                reported == EurekaStatus.UNKNOWN || reported == EurekaStatus.STARTING ? reported : EurekaStatus.DOWN;
        };
    }
}
