package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.util.List;
import java.util.Objects;

/**
 * Changes some of what is declared. It renews a live lease, being heard of the owner or of somebody who acts for it, but an
 * expired instance stays expired: that it has a new weight or is in maintenance doesn't say that it lives.
 */
final class Update {

    private final Decision decision;
    private final ShardState state;

    Update(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
    }

    Outcome settle(UpdateInstance asked) {
        var present = state.find(asked.id());
        if (present == null) {
            return Renewal.absent(state, asked.id(), decision.now);
        }
        if (!asked.envelope().mayChangeWhatBelongsTo(present.owner)) {
            return Registration.ownedByAnother(present);
        }
        if (asked.name() != null && !asked.name().equals(present.service)) {
            return Registration.nameImmutable(present, asked.name());
        }
        if (!asked.precondition().admits(present.tag())) {
            return Registration.hasAnotherTag(present, asked.precondition());
        }
        return merge(asked, present);
    }

    private Outcome merge(UpdateInstance asked, Instance present) {
        var before = StoredDeclaration.read(present.declaration);
        Declaration merged;
        try {
            // What is declared already is no reason to refuse a switch, even if nobody could register it any more.
            merged = asked.patch().equals(UpdateInstance.NO_PATCH)
                    ? before
                    : decision.merge.apply(before, asked.patch());
        } catch (RegistryException e) {
            return new Outcome.Refused(e.code(), e.detail(), e.errors());
        }
        var declared = Objects.requireNonNullElse(asked.declared(), present.declared);
        var said = StoredDeclaration.of(merged);
        var changed = changes(present, before, declared, merged, said);
        var owner = Adoption.ownerAfter(present, asked.envelope(), false);
        var refusal = decision.rules.quotas().bytes().refusalOfGrowth(state, present, said, owner, decision.now);
        if (refusal != null) {
            return refusal;
        }
        Adoption.ifDue(decision, present, asked.envelope(), false);
        if (changed.isEmpty()) {
            return Holding.of(decision, present, merged, Change.UNCHANGED);
        }
        decision.happened(
                present,
                new InstanceUpdated(
                        asked.id(),
                        present.version + 1,
                        merged,
                        declared,
                        changed,
                        decision.instant(),
                        asked.envelope()));
        new Renewal(decision).acquitIfUnchecked(present, before, merged, asked.envelope());
        return Holding.of(decision, present, merged, Change.UPDATED);
    }

    private static List<String> changes(
            Instance present, Declaration before, Declared declared, Declaration merged, StoredDeclaration said) {
        // As it will be read: a number in a check's settings may be an int there and a long here, and be no change.
        var after = merged.healthCheck() == null ? merged : StoredDeclaration.read(said.json());
        var changed = Changes.between(before, after);
        if (declared != present.declared) {
            changed.addFirst("status");
        }
        return changed;
    }
}
