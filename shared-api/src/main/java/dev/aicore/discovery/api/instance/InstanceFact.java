package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.Fact;

/** Fact about an instance. The interface is sealed, so that a fold that misses a new fact does not compile. */
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
