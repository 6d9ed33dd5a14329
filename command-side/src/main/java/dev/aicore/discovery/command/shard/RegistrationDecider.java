package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.PRECONDITION_FAILED;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;

import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.InstancePrecondition;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.RegisterInstance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides registrations and deregistrations. */
final class RegistrationDecider {

    private final BatchDecider batchDecider;
    private final ShardState state;

    RegistrationDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.state = batchDecider.state;
    }

    Outcome decide(RegisterInstance command) {
        var present = state.find(command.id());
        if (present == null) {
            var remembered = state.revivable(command.id(), batchDecider.now);
            if (remembered == null) {
                return create(command);
            }
            return mayDeclare(command, remembered) ? revive(command, remembered) : refusal(command, remembered);
        }
        if (!mayDeclare(command, present)) {
            return refusal(command, present);
        }
        if (command.onlyNew()) {
            return alreadyRegistered(present);
        }
        return present.isSilent() ? revive(command, present) : redeclare(command, present);
    }

    Outcome decide(DeregisterInstance command) {
        var present = state.find(command.id());
        if (present == null) {
            return Outcome.Refused.unknown(command.id());
        }
        if (!command.envelope().mayModify(present.owner)) {
            return ownedByAnother(present);
        }
        if (!command.precondition().isMetBy(present.tag())) {
            return tagMismatch(present, command.precondition());
        }
        batchDecider.emit(
                present,
                new InstanceDeregistered(command.id(), present.service, batchDecider.instant(), command.envelope()));
        return new Outcome.Deregistered(new ExpiryDecider(batchDecider).lease(command.id()));
    }

    static Outcome ownedByAnother(Instance instance) {
        return new Outcome.Refused(
                OWNED_BY_ANOTHER,
                "The instance '" + instance.id + "' belongs to another principal than the caller.",
                new FieldError(
                        "service_id", "belongs to another principal", instance.id, "an instance of the caller's own"));
    }

    /** Creates an instance. Checks the id, because a restore may register an id that was valid under earlier rules. */
    private Outcome create(RegisterInstance command) {
        if (!InstanceIdGenerator.isId(command.id())) {
            return new Outcome.Refused(
                    VALIDATION_FAILED,
                    "No instance can have the id '" + command.id() + "'.",
                    new FieldError("id", "is no id", command.id(), InstanceIdGenerator.EXPECTED));
        }
        var refusal = batchDecider.shardPolicies.quotas().refusal(state, command, batchDecider.now);
        if (refusal != null) {
            return refusal;
        }
        batchDecider.emit(new InstanceRegistered(
                command.id(),
                state.slots.nextVacant(),
                state.generation,
                command.newOwner(),
                command.declaration(),
                command.initialHealth(),
                batchDecider.instant(),
                command.envelope()));
        return storedOutcome(command, Change.CREATED);
    }

    private Outcome revive(RegisterInstance command, Instance instance) {
        var declaration = StoredDeclaration.of(command.declaration());
        var refusal = refusalOfGrowth(command, instance, declaration);
        if (refusal != null) {
            return refusal;
        }
        new RenewalDecider(batchDecider).revive(instance, "It registered again.", command.envelope());
        adoptIfDue(command, instance);
        updateIfChanged(command, declaration, instance);
        return storedOutcome(command, Change.REVIVED);
    }

    private Outcome redeclare(RegisterInstance command, Instance present) {
        var declaration = StoredDeclaration.of(command.declaration());
        var refusal = refusalOfGrowth(command, present, declaration);
        if (refusal != null) {
            return refusal;
        }
        adoptIfDue(command, present);
        if (updateIfChanged(command, declaration, present)) {
            return storedOutcome(command, Change.UPDATED);
        }
        batchDecider.observed(present, ObservationKind.RENEWED, batchDecider.now, 0, 0);
        return storedOutcome(command, Change.RENEWED);
    }

    /** Changes the owner if due. A command that names an owner (a restore) does not make its caller the owner. */
    private void adoptIfDue(RegisterInstance command, Instance instance) {
        if (command.owner() == null) {
            OwnershipClaim.ifDue(batchDecider, instance, command.envelope(), true);
        }
    }

    /** Returns the refusal of a larger declaration; null if the quotas allow it or if it is not larger. */
    private @Nullable Outcome refusalOfGrowth(
            RegisterInstance command, Instance instance, StoredDeclaration declaration) {
        var owner = command.owner() == null
                ? OwnershipClaim.ownerAfter(instance, command.envelope(), true)
                : instance.owner;
        return batchDecider
                .shardPolicies
                .quotas()
                .bytes()
                .refusalOfGrowth(state, instance, declaration, owner, batchDecider.now);
    }

    private boolean updateIfChanged(RegisterInstance command, StoredDeclaration declaration, Instance present) {
        var declared = declaration.json();
        if (Arrays.equals(declared, present.declaration)) {
            return false;
        }
        var before = StoredDeclaration.read(present.declaration);
        // Compares the declaration as it will be read back: a number in a check's configuration may be an int or a
        // long, which is not a change.
        var after = StoredDeclaration.read(declared);
        var changed = DeclarationDiff.changedFields(before, after);
        // A declaration that was stored before headers were sorted may differ in their order only.
        if (changed.isEmpty()) {
            return false;
        }
        batchDecider.emit(
                present,
                new InstanceUpdated(
                        command.id(),
                        present.version + 1,
                        command.declaration(),
                        present.adminState,
                        changed,
                        batchDecider.instant(),
                        command.envelope()));
        new RenewalDecider(batchDecider).resetHealthIfUnchecked(present, before, after, command.envelope());
        return true;
    }

    private Outcome storedOutcome(RegisterInstance command, Change change) {
        return InstanceOutcomeFactory.of(batchDecider, state.get(command.id()), command.declaration(), change);
    }

    private static boolean mayDeclare(RegisterInstance command, Instance known) {
        return known.service.equals(command.declaration().name())
                && command.envelope().mayModify(known.owner);
    }

    private static Outcome refusal(RegisterInstance command, Instance known) {
        if (!command.envelope().mayModify(known.owner)) {
            return ownedByAnother(known);
        }
        return nameImmutable(known, command.declaration().name());
    }

    static Outcome tagMismatch(Instance instance, InstancePrecondition precondition) {
        var tags = String.join(", ", Objects.requireNonNullElse(precondition.tags(), Set.<String>of()));
        return new Outcome.Refused(
                PRECONDITION_FAILED,
                "The instance '" + instance.id + "' has the entity tag " + instance.tag() + " now.",
                List.of(new FieldError("If-Match", "has no strong tag that is the instance's", tags, instance.tag())));
    }

    private static Outcome alreadyRegistered(Instance instance) {
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
