package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.RestoreService.Step;
import java.util.List;

/** Holds for a shard the ids that a restore is about to register: one that is another service's by now is refused by itself. */
final class HeldSteps {

    private final LeaseTable leases;
    private final int shard;

    HeldSteps(LeaseTable leases, int shard) {
        this.leases = leases;
        this.shard = shard;
    }

    RestoreService of(RestoreService asked) {
        return new RestoreService(
                asked.point(), asked.steps().stream().map(this::held).toList(), asked.envelope());
    }

    private Step held(Step step) {
        try {
            step.changes().forEach(this::hold);
            return step;
        } catch (RegistryException e) {
            var refused = new Outcome.Refused(e.code(), e.detail(), e.errors());
            return new Step(step.id(), step.difference(), List.of(), refused);
        }
    }

    private void hold(Item change) {
        if (change instanceof RegisterInstance register) {
            leases.hold(register.id(), shard);
        }
    }
}
