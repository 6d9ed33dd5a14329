package dev.aicore.discovery.api.shard;

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
                ExtendLeases {}
