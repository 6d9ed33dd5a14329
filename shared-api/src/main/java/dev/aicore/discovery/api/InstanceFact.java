package dev.aicore.discovery.api;

import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;

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
