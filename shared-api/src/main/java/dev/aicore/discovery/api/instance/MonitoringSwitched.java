package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Somebody started or stopped the checks that the registry makes of an instance. Its health stays as it is.
 *
 * @param monitored whether it is checked from here on
 */
@Revision("1")
public record MonitoringSwitched(
        String id, String service, boolean monitored, Instant switchedAt, EventMetadata envelope)
        implements InstanceFact {}
