package dev.aicore.discovery.api.shard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks which instances of the shard the registry is to check. It changes nothing. Outcome: {@link Outcome.MonitoredInstances}.
 *
 * @param ids those that are asked for; null for all
 */
public record FindMonitoredInstances(@Nullable List<String> ids) implements ShardCommand {
    public FindMonitoredInstances {
        ids = ids == null ? null : List.copyOf(ids);
    }
}
