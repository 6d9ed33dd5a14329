package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.util.List;
import java.util.Objects;

/**
 * Decides updates of declarations. An update renews a live lease, since it comes from the owner or on its behalf. An
 * expired instance stays expired: a new weight or admin state does not prove that the instance is alive.
 */
final class UpdateDecider {

    private final BatchDecider batchDecider;
    private final ShardState state;

    UpdateDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.state = batchDecider.state;
    }

    Outcome decide(UpdateInstance command) {
        var present = state.find(command.id());
        if (present == null) {
            return RenewalDecider.absent(state, command.id(), batchDecider.now);
        }
        if (!command.envelope().mayModify(present.owner)) {
            return RegistrationDecider.ownedByAnother(present);
        }
        if (command.name() != null && !command.name().equals(present.service)) {
            return RegistrationDecider.nameImmutable(present, command.name());
        }
        if (!command.precondition().isMetBy(present.tag())) {
            return RegistrationDecider.tagMismatch(present, command.precondition());
        }
        return merge(command, present);
    }

    private Outcome merge(UpdateInstance command, Instance present) {
        var before = StoredDeclaration.read(present.declaration);
        Declaration merged;
        try {
            // A change of the admin state alone is not refused because of the existing declaration, even if it could
            // not be registered any more.
            merged = command.patch().equals(UpdateInstance.NO_PATCH)
                    ? before
                    : batchDecider.declarationMerger.apply(before, command.patch());
        } catch (RegistryException e) {
            return new Outcome.Refused(e.code(), e.detail(), e.errors());
        }
        var adminState = Objects.requireNonNullElse(command.declared(), present.adminState);
        var declaration = StoredDeclaration.of(merged);
        var changed = changes(present, before, adminState, merged, declaration);
        var owner = OwnershipClaim.ownerAfter(present, command.envelope(), false);
        var refusal = batchDecider
                .shardPolicies
                .quotas()
                .bytes()
                .refusalOfGrowth(state, present, declaration, owner, batchDecider.now);
        if (refusal != null) {
            return refusal;
        }
        OwnershipClaim.ifDue(batchDecider, present, command.envelope(), false);
        if (changed.isEmpty()) {
            return InstanceOutcomeFactory.of(batchDecider, present, merged, Change.UNCHANGED);
        }
        batchDecider.emit(
                present,
                new InstanceUpdated(
                        command.id(),
                        present.version + 1,
                        merged,
                        adminState,
                        changed,
                        batchDecider.instant(),
                        command.envelope()));
        new RenewalDecider(batchDecider).resetHealthIfUnchecked(present, before, merged, command.envelope());
        return InstanceOutcomeFactory.of(batchDecider, present, merged, Change.UPDATED);
    }

    private static List<String> changes(
            Instance present,
            Declaration before,
            AdminState adminState,
            Declaration merged,
            StoredDeclaration declaration) {
        // Compares the declaration as it will be read back: a number in a check's configuration may be an int or a
        // long, which is not a change.
        var after = merged.healthCheck() == null ? merged : StoredDeclaration.read(declaration.json());
        var changed = DeclarationDiff.changedFields(before, after);
        if (adminState != present.adminState) {
            changed.addFirst("status");
        }
        return changed;
    }
}
