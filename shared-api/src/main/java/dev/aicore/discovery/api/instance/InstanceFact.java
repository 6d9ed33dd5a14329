package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.Fact;

/** All that can happen to an instance. Adding a fact makes every fold that forgets it a compile error. */
public sealed interface InstanceFact extends Fact
        permits InstanceRegistered,
                InstanceUpdated,
                InstanceDeregistered,
                LeaseOverdue,
                LeaseExpired,
                InstanceRemoved,
                InstanceRevived,
                HealthChanged,
                CircuitChanged,
                MonitoringSwitched,
                InstanceAdopted {}
