package dev.aicore.discovery.api.shard;

/** One thing that a shard is asked to decide; each gets an {@link Outcome} of its own. */
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
                RestoreService,
                SwitchMonitoring,
                ReportCalls,
                FindMonitoredInstances,
                TakeCheckpoint,
                ExtendLeases {}
