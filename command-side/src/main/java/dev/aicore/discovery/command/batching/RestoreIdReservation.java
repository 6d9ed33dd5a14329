package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.Step;
import java.util.List;

/**
 * Reserves for a shard the ids that a restore registers. If an id belongs to another service by now, only the step of
 * that id is refused.
 */
final class RestoreIdReservation {

    private final LeaseIndex leases;
    private final int shard;

    RestoreIdReservation(LeaseIndex leases, int shard) {
        this.leases = leases;
        this.shard = shard;
    }

    RestoreServiceInstances of(RestoreServiceInstances command) {
        return new RestoreServiceInstances(
                command.point(), command.steps().stream().map(this::reserveStep).toList(), command.envelope());
    }

    private Step reserveStep(Step step) {
        try {
            step.changes().forEach(this::reserve);
            return step;
        } catch (RegistryException e) {
            var refused = new Outcome.Refused(e.code(), e.detail(), e.errors());
            return new Step(step.id(), step.difference(), List.of(), refused);
        }
    }

    private void reserve(ShardCommand change) {
        if (change instanceof RegisterInstance register) {
            leases.reserve(register.id(), shard);
        }
    }
}
