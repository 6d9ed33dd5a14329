package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides registrations and deregistrations. */
final class RegistrationDecider {

    private final DecisionContext context;
    private final ShardState state;
    private final LeaseCalculator leases;
    private final InstanceOutcomeFactory outcomeFactory;
    private final HealthDecider healthDecider;
    private final RenewalDecider renewalDecider;

    RegistrationDecider(
            DecisionContext context,
            LeaseCalculator leases,
            InstanceOutcomeFactory outcomeFactory,
            HealthDecider healthDecider,
            RenewalDecider renewalDecider) {
        this.context = context;
        this.state = context.state();
        this.leases = leases;
        this.outcomeFactory = outcomeFactory;
        this.healthDecider = healthDecider;
        this.renewalDecider = renewalDecider;
    }

    Decision decide(RegisterInstance command) {
        var present = state.find(command.id());
        var known = present == null ? state.revivable(command.id(), context.now()) : present;
        if (known == null) {
            return create(command);
        }
        var refusal = refusal(command, known);
        if (refusal != null) {
            return Decision.of(refusal);
        }
        if (present != null && command.onlyNew()) {
            return Decision.of(ShardRefusals.alreadyRegistered(present));
        }
        return declareAgain(command, known, present == null || present.isSilent());
    }

    Decision decide(DeregisterInstance command) {
        var present = state.find(command.id());
        if (present == null) {
            return Decision.of(Outcome.Refused.unknown(command.id()));
        }
        if (!command.envelope().mayModify(present.owner)) {
            return Decision.of(ShardRefusals.ownedByAnother(present));
        }
        if (!command.precondition().isMetBy(present.tag())) {
            return Decision.of(ShardRefusals.tagMismatch(present, command.precondition()));
        }
        return Decision.of(
                List.of(new InstanceDeregistered(command.id(), present.service, context.instant(), command.envelope())),
                () -> new Outcome.Deregistered(leases.lease(command.id())));
    }

    /** Creates an instance. Checks the id, because a restore may register an id that was valid under earlier rules. */
    private Decision create(RegisterInstance command) {
        if (!InstanceIdGenerator.isId(command.id())) {
            return Decision.of(ShardRefusals.invalidId(command.id()));
        }
        var refusal = context.policies().quotas().refusal(state, command, context.now());
        if (refusal != null) {
            return Decision.of(refusal);
        }
        var registered = new InstanceRegistered(
                command.id(),
                state.slots.nextVacant(),
                state.generation,
                command.newOwner(),
                command.declaration(),
                initialHealth(command),
                context.instant(),
                command.envelope());
        return Decision.of(
                List.of(registered),
                () -> outcomeFactory.stored(state.get(command.id()), command.declaration(), Change.CREATED));
    }

    /** Returns the health of a new instance; several checks decide it by their statuses. */
    private static HealthState initialHealth(RegisterInstance command) {
        var composite = CompositeCheck.of(command.declaration().healthCheck());
        return composite == null ? command.initialHealth() : composite.health();
    }

    /**
     * Declares a known instance again: revives it if it is silent, changes its owner if that is due, and updates its
     * declaration if that differs. Otherwise renews its lease.
     */
    private Decision declareAgain(RegisterInstance repeated, Instance instance, boolean revives) {
        var command = withResults(repeated, instance);
        var declaration = StoredDeclaration.of(command.declaration());
        var refusal = refusalOfGrowth(command, instance, declaration);
        if (refusal != null) {
            return Decision.of(refusal);
        }
        var events = new ArrayList<RegistryEvent>(3);
        if (revives) {
            events.add(renewalDecider.revived(instance, "It registered again.", command.envelope()));
        }
        // A command that names an owner (a restore) does not make its caller the owner.
        if (command.owner() == null) {
            events.addAll(OwnershipClaim.ifDue(context, instance, command.envelope(), true));
        }
        return Arrays.equals(declaration.json(), instance.declaration)
                ? renew(command, instance, events, revives)
                : update(command, instance, declaration, events, revives);
    }

    /** Returns the command with the results of the instance's checks: a repeated declaration doesn't reset them. */
    private static RegisterInstance withResults(RegisterInstance command, Instance instance) {
        var check = command.declaration().healthCheck();
        var composite = CompositeCheck.of(check);
        if (check == null || composite == null) {
            return command;
        }
        var before =
                CompositeCheck.of(StoredDeclaration.read(instance.declaration).healthCheck());
        return before == null
                ? command
                : command.withDeclaration(
                        command.declaration().withHealthCheck(check.withComponents(composite.withResultsOf(before))));
    }

    private Decision update(
            RegisterInstance command,
            Instance instance,
            StoredDeclaration declaration,
            List<RegistryEvent> events,
            boolean revives) {
        var before = StoredDeclaration.read(instance.declaration);
        // Compares the declaration as it will be read back: a number in a check's configuration may be an int or a
        // long, which is not a change. A declaration that was stored before headers were sorted may differ in their
        // order only.
        var changed = DeclarationDiff.changedFields(before, StoredDeclaration.read(declaration.json()));
        if (changed.isEmpty()) {
            return renew(command, instance, events, revives);
        }
        events.add(new InstanceUpdated(
                command.id(),
                instance.version + 1,
                command.declaration(),
                instance.adminState,
                changed,
                context.instant(),
                command.envelope()));
        return healthDecider.declare(
                events,
                instance,
                before,
                command.declaration(),
                command.envelope(),
                () -> stored(command, revives ? Change.REVIVED : Change.UPDATED));
    }

    /** Renews the lease of an instance whose declaration is the same. A revival has renewed it. */
    private Decision renew(RegisterInstance command, Instance instance, List<RegistryEvent> events, boolean revives) {
        if (revives) {
            return Decision.of(events, () -> stored(command, Change.REVIVED));
        }
        var renewal = new Observation(instance, ObservationKind.RENEWED, context.now());
        return new Decision.Step(
                List.of(),
                events,
                () -> Decision.of(List.of(renewal), List.of(), () -> stored(command, Change.RENEWED)));
    }

    private Outcome stored(RegisterInstance command, Change change) {
        return outcomeFactory.stored(state.get(command.id()), command.declaration(), change);
    }

    /** Returns the refusal of a larger declaration; null if the quotas allow it or if it is not larger. */
    private @Nullable Outcome refusalOfGrowth(
            RegisterInstance command, Instance instance, StoredDeclaration declaration) {
        var owner = command.owner() == null
                ? OwnershipClaim.ownerAfter(instance, command.envelope(), true)
                : instance.owner;
        return context.policies().quotas().bytes().refusalOfGrowth(state, instance, declaration, owner, context.now());
    }

    private static @Nullable Outcome refusal(RegisterInstance command, Instance known) {
        if (!command.envelope().mayModify(known.owner)) {
            return ShardRefusals.ownedByAnother(known);
        }
        return known.service.equals(command.declaration().name())
                ? null
                : ShardRefusals.nameImmutable(known, command.declaration().name());
    }
}
