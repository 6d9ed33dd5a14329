package dev.aicore.discovery.api.health;

import dev.aicore.discovery.api.ShardCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries which instances of the shard the registry has to check. Changes nothing. Outcome:
 * {@link Outcome.MonitoredInstances}.
 *
 * @param ids ids of the instances to query; null for all instances of the shard
 */
public record FindMonitoredInstances(@Nullable List<String> ids) implements ShardCommand {
    public FindMonitoredInstances {
        ids = ids == null ? null : List.copyOf(ids);
    }
}
