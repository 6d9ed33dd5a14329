package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.PRECONDITION_FAILED;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;

import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceIds;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.RegisterInstance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may declare what. */
final class Registration {

    private final Decision decision;
    private final ShardState state;

    Registration(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
    }

    Outcome settle(RegisterInstance asked) {
        var present = state.find(asked.id());
        if (present == null) {
            var remembered = state.revivable(asked.id(), decision.now);
            if (remembered == null) {
                return create(asked);
            }
            return mayDeclare(asked, remembered) ? comeBack(asked, remembered) : refusal(asked, remembered);
        }
        if (!mayDeclare(asked, present)) {
            return refusal(asked, present);
        }
        if (asked.onlyNew()) {
            return alreadyThere(present);
        }
        return present.isSilent() ? comeBack(asked, present) : declareAgain(asked, present);
    }

    Outcome settle(DeregisterInstance asked) {
        var present = state.find(asked.id());
        if (present == null) {
            return Outcome.Refused.unknown(asked.id());
        }
        if (!asked.envelope().mayChangeWhatBelongsTo(present.owner)) {
            return ownedByAnother(present);
        }
        if (!asked.precondition().admits(present.tag())) {
            return hasAnotherTag(present, asked.precondition());
        }
        decision.happened(
                present, new InstanceDeregistered(asked.id(), present.service, decision.instant(), asked.envelope()));
        return new Outcome.Deregistered(new Expiry(decision).lease(asked.id()));
    }

    static Outcome ownedByAnother(Instance instance) {
        return new Outcome.Refused(
                OWNED_BY_ANOTHER,
                "The instance '" + instance.id + "' belongs to another principal than the caller.",
                new FieldError(
                        "service_id", "belongs to another principal", instance.id, "an instance of the caller's own"));
    }

    /** What a restore brings back may have been named under other rules. */
    private Outcome create(RegisterInstance asked) {
        if (!InstanceIds.isId(asked.id())) {
            return new Outcome.Refused(
                    VALIDATION_FAILED,
                    "No instance can have the id '" + asked.id() + "'.",
                    new FieldError("id", "is no id", asked.id(), InstanceIds.EXPECTED));
        }
        var refusal = decision.rules.quotas().refusal(state, asked, decision.now);
        if (refusal != null) {
            return refusal;
        }
        decision.happened(new InstanceRegistered(
                asked.id(),
                state.slots.vacant(),
                state.generation,
                asked.newOwner(),
                asked.declaration(),
                asked.initialHealth(),
                decision.instant(),
                asked.envelope()));
        return held(asked, Change.CREATED);
    }

    private Outcome comeBack(RegisterInstance asked, Instance instance) {
        var said = StoredDeclaration.of(asked.declaration());
        var refusal = refusalOfGrowth(asked, instance, said);
        if (refusal != null) {
            return refusal;
        }
        new Renewal(decision).revive(instance, "It registered again.", asked.envelope());
        adoptIfDue(asked, instance);
        updateIfItDiffers(asked, said, instance);
        return held(asked, Change.REVIVED);
    }

    private Outcome declareAgain(RegisterInstance asked, Instance present) {
        var said = StoredDeclaration.of(asked.declaration());
        var refusal = refusalOfGrowth(asked, present, said);
        if (refusal != null) {
            return refusal;
        }
        adoptIfDue(asked, present);
        if (updateIfItDiffers(asked, said, present)) {
            return held(asked, Change.UPDATED);
        }
        decision.observed(present, ObservationKind.RENEWED, decision.now, 0, 0);
        return held(asked, Change.RENEWED);
    }

    /** Who brings back what others had doesn't take it from them. */
    private void adoptIfDue(RegisterInstance asked, Instance instance) {
        if (asked.owner() == null) {
            Adoption.ifDue(decision, instance, asked.envelope(), true);
        }
    }

    /** Why it can't say more than it does; null if it can, or doesn't. */
    private @Nullable Outcome refusalOfGrowth(RegisterInstance asked, Instance instance, StoredDeclaration said) {
        var owner = asked.owner() == null ? Adoption.ownerAfter(instance, asked.envelope(), true) : instance.owner;
        return decision.rules.quotas().bytes().refusalOfGrowth(state, instance, said, owner, decision.now);
    }

    private boolean updateIfItDiffers(RegisterInstance asked, StoredDeclaration said, Instance present) {
        var declared = said.json();
        if (Arrays.equals(declared, present.declaration)) {
            return false;
        }
        var before = StoredDeclaration.read(present.declaration);
        // As it will be read: a number in a check's settings may be an int there and a long here, and be no change.
        var after = StoredDeclaration.read(declared);
        var changed = Changes.between(before, after);
        // What was stored before headers were ordered may say the same in another order.
        if (changed.isEmpty()) {
            return false;
        }
        decision.happened(
                present,
                new InstanceUpdated(
                        asked.id(),
                        present.version + 1,
                        asked.declaration(),
                        present.declared,
                        changed,
                        decision.instant(),
                        asked.envelope()));
        new Renewal(decision).acquitIfUnchecked(present, before, after, asked.envelope());
        return true;
    }

    private Outcome held(RegisterInstance asked, Change change) {
        return Holding.of(decision, state.get(asked.id()), asked.declaration(), change);
    }

    private static boolean mayDeclare(RegisterInstance asked, Instance known) {
        return known.service.equals(asked.declaration().name())
                && asked.envelope().mayChangeWhatBelongsTo(known.owner);
    }

    private static Outcome refusal(RegisterInstance asked, Instance known) {
        if (!asked.envelope().mayChangeWhatBelongsTo(known.owner)) {
            return ownedByAnother(known);
        }
        return nameImmutable(known, asked.declaration().name());
    }

    static Outcome hasAnotherTag(Instance instance, Precondition asked) {
        var tags = String.join(", ", Objects.requireNonNullElse(asked.tags(), Set.<String>of()));
        return new Outcome.Refused(
                PRECONDITION_FAILED,
                "The instance '" + instance.id + "' has the entity tag " + instance.tag() + " now.",
                List.of(new FieldError("If-Match", "has no strong tag that is the instance's", tags, instance.tag())));
    }

    private static Outcome alreadyThere(Instance instance) {
        return new Outcome.Refused(
                PRECONDITION_FAILED,
                "The instance '" + instance.id + "' is registered already, with the entity tag " + instance.tag() + ".",
                List.of(new FieldError(
                        "If-None-Match", "asks for an id that isn't registered", instance.tag(), "no such instance")));
    }

    static Outcome nameImmutable(Instance known, String name) {
        return new Outcome.Refused(
                NAME_IMMUTABLE,
                "The instance '" + known.id + "' is one of service '" + known.service + "'; it can't become one of '"
                        + name + "'.",
                List.of(new FieldError("name", "can't change", name, known.service)));
    }
}
