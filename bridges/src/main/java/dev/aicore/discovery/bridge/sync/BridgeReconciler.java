package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.RemovalGuard;
import dev.aicore.discovery.bridge.sync.BridgePlanner.DirectionPlan;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignSnapshot;
import dev.aicore.discovery.bridge.sync.LocalRegistry.ImportWrite;
import dev.aicore.discovery.bridge.sync.LocalRegistry.LocalRegistryException;
import dev.aicore.discovery.config.settings.BridgeDefinition;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes both sides of a bridge equal, as far as its direction, the removal guard, a pause and the reachability of the
 * other side allow. {@link #reconcile} is for one thread; the other methods are thread-safe.
 */
final class BridgeReconciler {

    private final BridgeDefinition definition;
    private final BridgeSettings settings;
    private final ForeignCatalog catalog;
    private final ForeignRegistry foreign;
    private final LocalRegistry local;
    private final TimeSource time;
    private final BridgePlanner planner;
    private final RemovalGuard guard;
    private final WritePermit permit;

    /** Imported instances that were refused, as they were; written again after an interval. */
    private final Map<String, BridgedInstance> refused = new HashMap<>();

    private volatile BridgeCounts counts = new BridgeCounts(0, 0, 0);
    private volatile BridgeProgress progress = BridgeProgress.NONE;
    private volatile boolean paused;
    private volatile int approvedRemovals;
    private @Nullable Long pendingSince;
    private long refusalsForgottenAt;

    /**
     * Parts of a bridge.
     *
     * @param origin mark of what the bridge exports
     * @param permit right to write to the other registry
     */
    record Setup(BridgeDefinition definition, BridgeSettings settings, BridgeOrigin origin, WritePermit permit) {}

    /**
     * Plans of both directions.
     *
     * @param in plan of the registrations here; null if the bridge imports nothing, or can't at present
     * @param out plan of the registrations there; null if the bridge exports nothing, or can't at present
     */
    record BothPlans(@Nullable DirectionPlan in, @Nullable DirectionPlan out) {}

    BridgeReconciler(
            Setup setup, ForeignCatalog catalog, ForeignRegistry foreign, LocalRegistry local, TimeSource time) {
        this.definition = setup.definition();
        this.settings = setup.settings();
        this.catalog = catalog;
        this.foreign = foreign;
        this.local = local;
        this.time = time;
        this.planner = new BridgePlanner(definition, setup.origin(), foreign::asStored);
        this.guard = new RemovalGuard(settings.maxRemovedShare(), settings.minGuardedRemovals());
        this.permit = setup.permit();
    }

    /**
     * Compares both sides and writes the differences. Blocks.
     *
     * @return false if it failed and is to be repeated soon
     */
    boolean reconcile() throws InterruptedException {
        if (paused) {
            return true;
        }
        var snapshot = catalog.take();
        if (pendingSince == null) {
            pendingSince = snapshot.changedAt();
        }
        forgetRefusals();
        try {
            apply(snapshot, plans(snapshot, local.instances()));
            return true;
        } catch (LocalRegistryException | ForeignRegistryException e) {
            fail(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /**
     * Reports that the last comparison failed.
     *
     * @param reason one sentence
     */
    void fail(String reason) {
        progress = progress.failed(reason);
    }

    /** Returns what {@link #reconcile} would write now. Blocks. */
    BothPlans plan() throws LocalRegistryException, InterruptedException {
        return plans(catalog.look(), local.instances());
    }

    private BothPlans plans(ForeignSnapshot snapshot, List<InstanceView> views) {
        DirectionPlan in = null;
        if (definition.imports()) {
            in = snapshot.isCurrent()
                    ? planner.imports(snapshot, views)
                    : isThawed(snapshot) ? planner.removalOfImports(views) : null;
        }
        return new BothPlans(
                in, definition.exports() && snapshot.isCurrent() ? planner.exports(snapshot, views) : null);
    }

    /** Returns true if the other side has been away for longer than what came from it stays. */
    private boolean isThawed(ForeignSnapshot snapshot) {
        var since = snapshot.staleSince();
        return since != null && Duration.between(since, time.now()).compareTo(settings.freezeTime()) > 0;
    }

    private void apply(ForeignSnapshot snapshot, BothPlans plans)
            throws LocalRegistryException, ForeignRegistryException, InterruptedException {
        var in = plans.in();
        var out = plans.out();
        // Removals of what has been stale for too long are an operator's setting, not a surprise.
        var refusal = in == null || !snapshot.isCurrent() ? null : refusal(in, "here");
        if (refusal == null && out != null) {
            refusal = refusal(out, "there");
        }
        if (refusal != null) {
            progress = progress.blocked(refusal, removals(in) + removals(out));
            return;
        }
        boolean written = false;
        if (in != null) {
            written = write(in, snapshot);
            pendingSince = measured();
        }
        if (out != null && !out.plan().isEmpty()) {
            foreign.write(out.plan(), permit);
            counts = counts.withExports(out.plan().size());
            written = true;
        }
        approvedRemovals = 0;
        progress = progress.done(
                written ? time.now() : null,
                in == null ? progress.imported() : desired(in) - refused.size(),
                out == null ? progress.exported() : desired(out),
                refused.size() + (in == null ? 0 : in.unmapped()));
    }

    private @Nullable String refusal(DirectionPlan planned, String side) {
        int removals = planned.plan().removed().size();
        int brought = planned.current().size();
        return removals <= approvedRemovals || guard.allows(removals, brought)
                ? null
                : "It would remove " + removals + " of the " + brought + " instances that it has brought " + side
                        + ", more than bridges.max_removed_share allows. It has stopped; resuming it removes them.";
    }

    private static int removals(@Nullable DirectionPlan planned) {
        return planned == null ? 0 : planned.plan().removed().size();
    }

    private static int desired(DirectionPlan planned) {
        return planned.current().size()
                + planned.plan().added().size()
                - planned.plan().removed().size();
    }

    private boolean write(DirectionPlan planned, ForeignSnapshot snapshot)
            throws LocalRegistryException, InterruptedException {
        var writes = writes(planned, snapshot);
        if (writes.isEmpty()) {
            return false;
        }
        var refusedNow = local.write(writes);
        for (var write : writes) {
            if (refusedNow.contains(write.id()) && write.after() != null) {
                refused.put(write.id(), write.after());
            }
        }
        counts = counts.withImports(writes.size() - refusedNow.size(), refusedNow.size());
        return true;
    }

    private List<ImportWrite> writes(DirectionPlan planned, ForeignSnapshot snapshot) {
        var writes = new ArrayList<ImportWrite>();
        var after = new TreeMap<>(planned.plan().added());
        after.putAll(planned.plan().changed());
        refused.keySet().retainAll(after.keySet());
        after.forEach((id, instance) -> {
            if (!instance.equals(refused.get(id))) {
                refused.remove(id);
                writes.add(new ImportWrite(
                        id,
                        planned.current().get(id),
                        instance,
                        planned.versions().getOrDefault(id, "")));
            }
        });
        var why = snapshot.isCurrent() ? String.valueOf(snapshot.version()) : "not read since " + snapshot.staleSince();
        planned.plan().removed().forEach((id, instance) -> writes.add(new ImportWrite(id, instance, null, why)));
        return writes;
    }

    private void forgetRefusals() {
        long now = time.nanos();
        if (now - refusalsForgottenAt > settings.resyncInterval().toNanos()) {
            refused.clear();
            refusalsForgottenAt = now;
        }
    }

    /** Records the lag of the change that was just applied; returns null, the start of the next one. */
    private @Nullable Long measured() {
        var since = pendingSince;
        if (since != null) {
            progress = progress.measured(TimeUnit.NANOSECONDS.toMillis(time.nanos() - since));
        }
        return null;
    }

    /** Prepares the comparisons of another claim: what was approved or refused under an earlier one is over. */
    void begin() {
        approvedRemovals = 0;
        refused.clear();
        pendingSince = null;
    }

    /** Stops writes on both sides, or allows them again, except for what the bridge has stopped for. */
    void setPaused(boolean now) {
        paused = now;
    }

    boolean isPaused() {
        return paused;
    }

    /** Ends a pause, and allows the removals for which the bridge has stopped. */
    void resume() {
        paused = false;
        approvedRemovals = progress.pendingRemovals();
    }

    BridgeCounts counts() {
        return counts;
    }

    ComponentStatus.Bridge status() {
        var seen = catalog.look();
        var now = progress;
        var failure = seen.failure() == null ? now.lastError() : seen.failure();
        return new ComponentStatus.Bridge(
                definition.name(),
                definition.kind().settingName(),
                definition.direction(),
                state(seen, now),
                null,
                seen.version(),
                now.imported(),
                now.exported(),
                now.refused() + seen.invalid(),
                now.lastChangeAt(),
                now.lagMs(),
                seen.failure() == null ? null : seen.staleSince(),
                failure);
    }

    private String state(ForeignSnapshot seen, BridgeProgress now) {
        if (paused) {
            return "paused";
        }
        if (!seen.isCurrent()) {
            return seen.failure() == null ? "connecting" : "frozen";
        }
        return now.pendingRemovals() > 0 ? "blocked" : "running";
    }

    /**
     * Progress of a bridge.
     *
     * @param pendingRemovals removals for which the bridge has stopped; 0 while it isn't blocked
     */
    private record BridgeProgress(
            int imported,
            int exported,
            int refused,
            int pendingRemovals,
            @Nullable Instant lastChangeAt,
            @Nullable Long lagMs,
            @Nullable String lastError) {

        static final BridgeProgress NONE = new BridgeProgress(0, 0, 0, 0, null, null, null);

        BridgeProgress failed(String reason) {
            return new BridgeProgress(imported, exported, refused, pendingRemovals, lastChangeAt, lagMs, reason);
        }

        BridgeProgress blocked(String reason, int removals) {
            return new BridgeProgress(imported, exported, refused, removals, lastChangeAt, lagMs, reason);
        }

        BridgeProgress measured(long lag) {
            return new BridgeProgress(imported, exported, refused, pendingRemovals, lastChangeAt, lag, lastError);
        }

        BridgeProgress done(@Nullable Instant changedAt, int nowImported, int nowExported, int nowRefused) {
            return new BridgeProgress(
                    nowImported, nowExported, nowRefused, 0, changedAt == null ? lastChangeAt : changedAt, lagMs, null);
        }
    }
}
