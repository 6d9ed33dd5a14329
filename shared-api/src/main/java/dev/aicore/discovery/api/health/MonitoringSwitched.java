package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Fact: a caller started or stopped the registry's checks of an instance. The health stays unchanged.
 *
 * @param monitored true if the instance is checked from here on
 */
@Revision("1")
public record MonitoringSwitched(
        String id, String service, boolean monitored, Instant switchedAt, EventMetadata envelope)
        implements InstanceFact {}
