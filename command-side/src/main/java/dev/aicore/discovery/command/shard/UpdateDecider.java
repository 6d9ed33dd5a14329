package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.UpdateInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides updates of declarations. An update renews a live lease, since it comes from the owner or on its behalf. An
 * expired instance stays expired: a new weight or admin state does not prove that the instance is alive.
 */
final class UpdateDecider {

    private final DecisionContext context;
    private final ShardState state;
    private final InstanceOutcomeFactory outcomeFactory;
    private final HealthDecider healthDecider;

    UpdateDecider(DecisionContext context, InstanceOutcomeFactory outcomeFactory, HealthDecider healthDecider) {
        this.context = context;
        this.state = context.state();
        this.outcomeFactory = outcomeFactory;
        this.healthDecider = healthDecider;
    }

    Decision decide(UpdateInstance command) {
        var present = state.find(command.id());
        if (present == null) {
            return Decision.of(ShardRefusals.absent(state, command.id(), context.now()));
        }
        if (!command.envelope().mayModify(present.owner)) {
            return Decision.of(ShardRefusals.ownedByAnother(present));
        }
        if (command.name() != null && !command.name().equals(present.service)) {
            return Decision.of(ShardRefusals.nameImmutable(present, command.name()));
        }
        if (!command.precondition().isMetBy(present.tag())) {
            return Decision.of(ShardRefusals.tagMismatch(present, command.precondition()));
        }
        var before = StoredDeclaration.read(present.declaration);
        try {
            return update(command, present, before, merged(command, before));
        } catch (RegistryException e) {
            return Decision.of(new Outcome.Refused(e.code(), e.detail(), e.errors()));
        }
    }

    /**
     * Returns the declaration with the patch. A change of the admin state alone is not refused because of the existing
     * declaration, even if it could not be registered any more.
     */
    private Declaration merged(UpdateInstance command, Declaration before) {
        return command.patch().equals(UpdateInstance.NO_PATCH)
                ? before
                : context.declarationMerger().apply(before, command.patch());
    }

    private Decision update(UpdateInstance command, Instance present, Declaration before, Declaration merged) {
        var metadata = command.envelope();
        var declaration = StoredDeclaration.of(merged);
        var owner = OwnershipClaim.ownerAfter(present, metadata, false);
        // The result of a check is stored even if the owner has no room for more.
        var refusal = metadata.causedByRegistry()
                ? null
                : context.policies()
                        .quotas()
                        .bytes()
                        .refusalOfGrowth(state, present, declaration, owner, context.now());
        if (refusal != null) {
            return Decision.of(refusal);
        }
        var events = new ArrayList<RegistryEvent>(OwnershipClaim.ifDue(context, present, metadata, false));
        var adminState = Objects.requireNonNullElse(command.declared(), present.adminState);
        var changed = changedFields(present, before, adminState, merged, declaration);
        if (changed.isEmpty()) {
            return Decision.of(events, () -> outcomeFactory.stored(present, merged, Change.UNCHANGED));
        }
        events.add(new InstanceUpdated(
                command.id(), present.version + 1, merged, adminState, changed, context.instant(), metadata));
        return healthDecider.declare(
                events,
                present,
                before,
                merged,
                metadata,
                () -> outcomeFactory.stored(present, merged, Change.UPDATED));
    }

    private static List<String> changedFields(
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
