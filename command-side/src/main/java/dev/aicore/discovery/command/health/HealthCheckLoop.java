package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.batching.OwnershipListener;
import dev.aicore.discovery.command.health.CheckMetrics.DiscardReason;
import dev.aicore.discovery.command.health.OnDemandCheck.OnDemandResult;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import io.micrometer.tracing.Span.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Begins due checks on its own thread, and records their results. */
final class HealthCheckLoop implements OwnershipListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthCheckLoop.class);
    private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final CheckScheduler checkScheduler;
    private final MonitoringLookupQueue monitoringLookupQueue;
    private final Prober prober;
    private final CheckResultRecorder checkResultRecorder;
    private final ComponentResults componentResults;
    private final CheckMetrics metrics;
    private final SlidingWindowStats slidingWindowStats;
    private final TimeSource time;
    private final TraceRecorder recorder;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("health-checks").unstarted(this::run);
    private volatile boolean closed;

    /** Set while this node makes the checks. */
    private volatile boolean active;

    HealthCheckLoop(
            CheckScheduler checkScheduler,
            MonitoringLookupQueue monitoringLookupQueue,
            Prober prober,
            CheckResultRecorder checkResultRecorder,
            ComponentResults componentResults,
            CheckMetrics metrics,
            SlidingWindowStats slidingWindowStats,
            TimeSource time,
            TraceRecorder recorder) {
        this.checkScheduler = checkScheduler;
        this.monitoringLookupQueue = monitoringLookupQueue;
        this.prober = prober;
        this.checkResultRecorder = checkResultRecorder;
        this.componentResults = componentResults;
        this.metrics = metrics;
        this.slidingWindowStats = slidingWindowStats;
        this.time = time;
        this.recorder = recorder;
    }

    /** Starts the thread. Must be called once. Makes no checks before {@link #owned}. */
    void start() {
        thread.start();
    }

    /** Queries all instances to check, and begins to check them. */
    @Override
    public void owned() {
        forget();
        monitoringLookupQueue.addEverything();
        active = true;
        wake();
    }

    /**
     * Begins no further checks, and discards the results of those under way, because another node makes them. The
     * futures of all on-demand callers fail.
     */
    @Override
    public void disowned() {
        active = false;
        abandonIfInactive();
        forget();
    }

    /** Wakes the thread, because a check may be due. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Makes a check as soon as there is capacity. The result is recorded.
     *
     * @throws RegistryException if the check can't be made
     */
    CompletableFuture<OnDemandResult> poll(Probe probe) {
        if (!active) {
            throw ended();
        }
        var pending = checkScheduler.poll(probe, time.nanos());
        wake();
        abandonIfInactive();
        return pending;
    }

    /** Makes no checks any more, like {@link #disowned}, and ends the thread. */
    @Override
    public void close() {
        closed = true;
        active = false;
        abandonIfInactive();
        wake();
    }

    private void run() {
        while (!closed) {
            try {
                if (active) {
                    runDue();
                }
            } catch (RuntimeException e) {
                log.error("A run of the health check loop failed; the next run follows.", e);
            }
            long maxNanos = monitoringLookupQueue.isOpen() ? CheckWheel.TICK_NANOS : MAX_PAUSE_NANOS;
            LockSupport.parkNanos(this, checkScheduler.nanosUntilDue(time.nanos(), maxNanos));
        }
    }

    private void runDue() {
        long now = time.nanos();
        monitoringLookupQueue.sendQueries(now);
        for (var runningCheck : checkScheduler.begin(now)) {
            begin(runningCheck);
        }
    }

    private void begin(RunningCheck runningCheck) {
        if (runningCheck.probe().check().checkType().equals(HealthCheck.TTL)) {
            measureSilence(runningCheck);
            return;
        }
        metrics.began(runningCheck.lag());
        slidingWindowStats.began(runningCheck.lag(), runningCheck.begunAt());
        try {
            probe(runningCheck.probe())
                    .subscribe(result -> end(runningCheck, result), failure -> fail(runningCheck, failure));
        } catch (RuntimeException failure) {
            fail(runningCheck, failure);
        }
    }

    private Mono<ProbeResult> probe(Probe probe) {
        var result = prober.probe(probe);
        var span = recorder.sample("check " + probe.check().checkType(), Kind.CLIENT);
        if (span == null) {
            return result;
        }
        span.tag("service_discovery.instance", probe.id());
        return result.doOnNext(known -> tag(span, known))
                .doOnError(span::fail)
                .doFinally(_ -> span.end())
                .contextWrite(span::addTo);
    }

    private static void tag(TracedSpan span, ProbeResult result) {
        var failure = result.failure();
        span.tag("service_discovery.check.result", failure == null ? "passed" : failure.name())
                .tag("service_discovery.check.detail", result.detail());
    }

    private void measureSilence(RunningCheck runningCheck) {
        long now = time.nanos();
        var change = componentResults.measureSilence(runningCheck.probe(), now);
        boolean counts = checkScheduler.end(runningCheck, change == null, now);
        if (change != null && counts) {
            var _ = counted(checkResultRecorder.record(change));
        }
        resume();
    }

    private void fail(RunningCheck runningCheck, Throwable failure) {
        log.error("A prober failed instead of returning a result.", failure);
        if (checkScheduler.end(runningCheck, null, time.nanos())) {
            runningCheck.askers().forEach(asker -> asker.completeExceptionally(failure));
        }
        resume();
    }

    private void end(RunningCheck runningCheck, ProbeResult result) {
        long now = time.nanos();
        if (!active) {
            checkScheduler.end(runningCheck, null, now);
            runningCheck.askers().forEach(asker -> asker.completeExceptionally(ended()));
            abandonIfInactive();
            return;
        }
        var type = runningCheck.probe().check().checkType();
        metrics.ended(type, result);
        slidingWindowStats.ended(type, result, now);
        var failure = result.failure();
        if (failure != null && LogEvent.CHECK_FAILED.isEnabled(log)) {
            LogEvent.CHECK_FAILED
                    .on(log)
                    .addKeyValue(LogEvent.INSTANCE_ID, runningCheck.probe().id())
                    .log("A check of type {} failed: {} {}", type, failure, result.detail());
        }
        boolean ours = failure != null && failure.isOurs();
        boolean counts = checkScheduler.end(runningCheck, ours ? null : result.passed(), now);
        if (!counts) {
            metrics.dropped(DiscardReason.OUTDATED);
        } else if (ours) {
            metrics.dropped(DiscardReason.OURS);
            runningCheck.askers().forEach(asker -> asker.complete(new OnDemandResult(result, null)));
        } else {
            record(runningCheck, result);
        }
        resume();
    }

    private void record(RunningCheck runningCheck, ProbeResult result) {
        var recorded = record(runningCheck.probe(), result);
        runningCheck.askers().forEach(asker -> asker.complete(new OnDemandResult(result, recorded)));
    }

    /** Records a result; returns null if it is one of several checks and changes nothing. */
    private @Nullable CompletableFuture<CommandReply> record(Probe probe, ProbeResult result) {
        if (probe.component() == null) {
            return counted(checkResultRecorder.record(probe.id(), result));
        }
        var change = componentResults.count(probe, result);
        return change == null ? null : counted(checkResultRecorder.record(change));
    }

    private CompletableFuture<CommandReply> counted(CompletableFuture<CommandReply> recorded) {
        var _ = recorded.whenComplete((commandReply, failure) -> {
            if (failure != null) {
                metrics.dropped(DiscardReason.STORE);
            }
        });
        return recorded;
    }

    private void forget() {
        checkScheduler.removeAll();
        componentResults.removeAll();
    }

    private static RegistryException ended() {
        return new RegistryException(
                ErrorCode.STANDBY, "This node makes no checks any more: another node does, or this node is stopping.");
    }

    private void resume() {
        if (checkScheduler.hasReady()) {
            wake();
        }
        abandonIfInactive();
    }

    /**
     * Fails the waiting on-demand callers if this node makes no checks. Must be called after any step that may add a
     * waiting caller, because the loop may have ended in the meantime.
     */
    private void abandonIfInactive() {
        if (!active) {
            checkScheduler.takeOnDemandCallers().forEach(asker -> asker.completeExceptionally(ended()));
        }
    }
}
