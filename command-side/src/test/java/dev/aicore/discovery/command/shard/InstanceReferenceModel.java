package dev.aicore.discovery.command.shard;

import static java.util.Objects.requireNonNull;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the expected history of one instance without batches, slots or packing, one command after another. */
final class InstanceReferenceModel {

    private enum Life {
        ABSENT,
        LIVE,
        EXPIRED,
        REMOVED,
        DEREGISTERED
    }

    private static final long GRACE = ShardSamples.GRACE_PERIOD.toMillis();

    final List<String> history = new ArrayList<>();

    private final String id;
    private Life life = Life.ABSENT;
    private String owner = "";
    private @Nullable Declaration declaration;
    private int version;
    private AdminState adminState = AdminState.ACTIVE;
    private HealthState healthState = HealthState.HEALTHY;
    private boolean monitored = true;
    private final List<Boolean> found = new ArrayList<>();
    private final List<Boolean> said = new ArrayList<>();
    private long heardAt;
    private long pausedUntil;
    private long removal;
    private long remembered;

    InstanceReferenceModel(String id) {
        this.id = id;
    }

    void ask(long now, ShardCommand command) {
        switch (command) {
            case RegisterInstance asked when asked.id().equals(id) -> register(now, asked);
            case UpdateInstance asked when asked.id().equals(id) -> update(now, asked);
            case DeregisterInstance asked when asked.id().equals(id) -> deregister(now, asked);
            case RenewLease asked when asked.id().equals(id) -> heartbeat(now, asked);
            case RenewLeases asked ->
                asked.ids().stream()
                        .filter(id::equals)
                        .forEach(one -> heartbeat(
                                now,
                                new RenewLease(id, ObservationKind.RENEWED, asked.observedAt(), asked.envelope())));
            case RecordCheck asked when asked.id().equals(id) -> check(now, asked);
            case ReportCalls asked when asked.id().equals(id) -> reported(now, asked);
            case ExpireLeases asked ->
                asked.ids().stream().filter(id::equals).forEach(one -> expire(now, Math.min(now, asked.proposedAt())));
            case SwitchMonitoring asked when asked.id().equals(id) -> monitor(now, asked);
            case ExtendLeases extension -> pausedUntil = now;
            default -> {}
        }
    }

    /** Returns the expected state of the instance, or the reason for its absence. */
    String summary() {
        return switch (life) {
            case LIVE, EXPIRED ->
                life + " " + owner + " " + declaration + " version " + version + " " + adminState + " " + healthState
                        + " heard " + heardAt;
            case ABSENT, REMOVED, DEREGISTERED -> "not present";
        };
    }

    static String summary(@Nullable Instance instance) {
        return instance == null
                ? "not present"
                : (instance.isExpired() ? Life.EXPIRED : Life.LIVE) + " " + instance.owner + " "
                        + StoredDeclaration.read(instance.declaration) + " version " + instance.version + " "
                        + instance.adminState + " " + instance.healthState + " heard " + instance.renewedAt;
    }

    private boolean isRemembered(long now) {
        return life == Life.REMOVED && now < remembered;
    }

    private boolean isPresent() {
        return life == Life.LIVE || life == Life.EXPIRED;
    }

    private boolean isAllowed(EventMetadata metadata) {
        return metadata.actor().equals(owner) || metadata.role().equals("admin");
    }

    private void register(long now, RegisterInstance command) {
        if (!isPresent() && !isRemembered(now)) {
            life = Life.LIVE;
            owner = command.envelope().actor();
            declaration = command.declaration();
            version = 1;
            adminState = AdminState.ACTIVE;
            healthState = command.initialHealth();
            monitored = true;
            found.clear();
            said.clear();
            heardAt = now;
            history.add(HistoryLine.registered(owner, declaration, healthState, now));
            return;
        }
        var known = requireNonNull(declaration);
        if (!isAllowed(command.envelope())
                || !known.name().equals(command.declaration().name())) {
            return;
        }
        boolean wasLive = life == Life.LIVE;
        if (!wasLive) {
            revive(now);
        }
        if (!known.equals(command.declaration())) {
            declare(now, command.declaration());
        } else if (wasLive) {
            observed(now, ObservationKind.RENEWED, now, 0, 0);
        }
    }

    private void update(long now, UpdateInstance command) {
        if (!isPresent() || !isAllowed(command.envelope())) {
            return;
        }
        var known = requireNonNull(declaration);
        var wanted = command.declared() == null ? adminState : command.declared();
        var merged = SamplePatch.apply(command.patch(), known);
        if (merged == null || (merged.equals(known) && wanted == adminState)) {
            return;
        }
        adminState = wanted;
        declare(now, merged);
    }

    private void deregister(long now, DeregisterInstance command) {
        if (isPresent() && isAllowed(command.envelope())) {
            life = Life.DEREGISTERED;
            history.add(HistoryLine.deregistered(now));
        }
    }

    private void heartbeat(long now, RenewLease command) {
        if ((!isPresent() && !isRemembered(now)) || !isAllowed(command.envelope())) {
            return;
        }
        if (life == Life.LIVE) {
            reportConnections(now, command);
            observed(now, command.kind(), command.observedAt(), 0, 0);
        } else {
            revive(now);
            reportConnections(now, command);
            if (command.kind() != ObservationKind.RENEWED) {
                observed(now, command.kind(), command.observedAt(), 0, 0);
            }
        }
    }

    private void reportConnections(long now, RenewLease command) {
        if (command.reportsConnections()) {
            observed(now, ObservationKind.CONNECTIONS_REPORTED, command.observedAt(), command.connections(), 0);
        }
    }

    private void check(long now, RecordCheck command) {
        if (!isPresent() || requireNonNull(declaration).healthCheck() == null) {
            return;
        }
        if (life == Life.EXPIRED && command.kind() == ObservationKind.CHECK_PASSED_RENEWING) {
            revive(now);
        }
        boolean failed = command.kind() == ObservationKind.CHECK_FAILED;
        observed(
                now,
                command.kind(),
                command.observedAt(),
                failed ? command.reason() : command.latencyClass(),
                failed ? command.latencyClass() : 0);
    }

    private void reported(long now, ReportCalls command) {
        if (isPresent()) {
            observed(
                    now,
                    ObservationKind.OUTCOMES_REPORTED_BY,
                    command.observedAt(),
                    command.outcomes().packed(),
                    CallWindow.reporter(command.envelope().actor()));
        }
    }

    private void monitor(long now, SwitchMonitoring command) {
        if (isPresent()
                && isAllowed(command.envelope())
                && requireNonNull(declaration).healthCheck() != null
                && monitored != command.on()) {
            monitored = command.on();
            found.clear();
            history.add(HistoryLine.switched(monitored, now));
        }
    }

    private void revive(long now) {
        life = Life.LIVE;
        heardAt = now;
        clearUnhealthyReports();
        history.add(HistoryLine.revived(version, requireNonNull(declaration), now));
    }

    private void observed(long now, ObservationKind kind, long heard, int first, int second) {
        history.add(HistoryLine.observed(kind, heard, now, first, second));
        switch (kind) {
            case RENEWED -> {
                heardAt = now;
                clearUnhealthyReports();
            }
            case REPORTED_HEALTHY -> {
                heardAt = now;
                result(now, said, true);
            }
            case REPORTED_UNHEALTHY -> {
                heardAt = now;
                result(now, said, false);
            }
            case CHECK_PASSED_RENEWING -> {
                heardAt = now;
                result(now, found, true);
            }
            case CHECK_PASSED -> result(now, found, true);
            case CHECK_FAILED -> result(now, found, false);
            case CONNECTIONS_REPORTED, OUTCOMES_REPORTED_BY, LIST_REPORTED -> {}
            case OUTCOMES_REPORTED -> throw new IllegalArgumentException("not asked here");
        }
    }

    private void result(long now, List<Boolean> results, boolean passed) {
        results.add(passed);
        var check = requireNonNull(declaration).healthCheck();
        int failures = consecutive(found, false) + consecutive(said, false);
        if (failures >= (check == null ? 1 : check.failureThreshold())) {
            turn(now, HealthState.UNHEALTHY, failures);
        } else if (consecutive(results, true) >= (check == null ? 1 : check.successThreshold())) {
            turn(now, HealthState.HEALTHY, consecutive(results, true));
        }
    }

    private void clearUnhealthyReports() {
        if (requireNonNull(declaration).healthCheck() != null && consecutive(said, false) > 0) {
            said.clear();
        }
    }

    private static int consecutive(List<Boolean> results, boolean passed) {
        int inARow = 0;
        while (inARow < results.size() && results.get(results.size() - 1 - inARow) == passed) {
            inARow++;
        }
        return inARow;
    }

    private void turn(long now, HealthState to, int inARow) {
        if (healthState != to) {
            history.add(HistoryLine.turned(healthState, to, inARow, now));
            healthState = to;
        }
    }

    /** Assumes that the checks of all samples have the same type. */
    private void declare(long now, Declaration told) {
        boolean unchecked = requireNonNull(declaration).healthCheck() != null && told.healthCheck() == null;
        declaration = told;
        version++;
        if (life == Life.LIVE) {
            heardAt = now;
        }
        history.add(HistoryLine.updated(version, declaration, adminState, now));
        if (unchecked) {
            found.clear();
        }
        if (unchecked && consecutive(said, false) == 0) {
            turn(now, HealthState.HEALTHY, 0);
        }
    }

    private void expire(long now, long at) {
        if (life == Life.LIVE) {
            int ttl = requireNonNull(declaration).ttl();
            long silentSince = Math.max(heardAt, pausedUntil);
            if (ttl > 0 && silentSince + ttl * 1000L <= at) {
                life = Life.EXPIRED;
                removal = now + GRACE;
                history.add(HistoryLine.expired(silentSince, ttl, now, removal));
            }
        } else if (life == Life.EXPIRED && Math.max(removal, pausedUntil + GRACE) <= at) {
            life = Life.REMOVED;
            remembered = now + ShardSamples.REVIVE_WINDOW.toMillis();
            history.add(HistoryLine.removed(now, remembered));
        }
    }
}
