package dev.aicore.discovery.spring.actuate;

import dev.aicore.discovery.spring.InstanceHealth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;

/**
 * Status of a health group, and of the readiness state. A group that doesn't exist counts as up.
 *
 * @param endpoint provides the endpoint late, since its contributors may depend on the registration
 * @param group name of the group, or {@code none}
 * @param availability readiness state of the application
 */
record HealthGroupStatus(ObjectProvider<HealthEndpoint> endpoint, String group, ApplicationAvailability availability)
        implements InstanceHealth {
    private static final String NONE = "none";

    @Override
    public boolean isUp() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return false;
        }
        var health = group.equals(NONE) ? null : endpoint.getObject().healthForPath(group);
        return health == null || Status.UP.equals(health.getStatus());
    }
}
