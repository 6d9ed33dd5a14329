package dev.aicore.discovery.api;

import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import org.jspecify.annotations.Nullable;

/** Command that a shard decides. Each command gets an {@link Outcome} of its own. */
public sealed interface ShardCommand
        permits RegisterInstance,
                UpdateInstance,
                DeregisterInstance,
                RenewLease,
                RenewLeases,
                RecordCheck,
                ExpireLeases,
                ResetPicks,
                DropDeadLetter,
                RestoreServiceInstances,
                SwitchMonitoring,
                ReportCalls,
                FindMonitoredInstances,
                TakeCheckpoint,
                ExtendLeases {

    /** Returns who sends the command; null for a command of the registry itself that has no metadata. */
    default @Nullable EventMetadata envelope() {
        return null;
    }
}
