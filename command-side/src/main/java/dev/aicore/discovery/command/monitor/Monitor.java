package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.probe.Probe;
import dev.aicore.discovery.command.probe.ProbeResult;
import dev.aicore.discovery.command.probe.Prober;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins what the schedule says, on a thread of its own, and has the results recorded. */
final class Monitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Monitor.class);
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Schedule schedule;
    private final Questions questions;
    private final Prober prober;
    private final Results results;
    private final CheckMeters meters;
    private final LastMinute lastMinute;
    private final TimeSource time;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("health-checks").unstarted(this::run);
    private volatile boolean closed;

    Monitor(
            Schedule schedule,
            Questions questions,
            Prober prober,
            Results results,
            CheckMeters meters,
            LastMinute lastMinute,
            TimeSource time) {
        this.schedule = schedule;
        this.questions = questions;
        this.prober = prober;
        this.results = results;
        this.meters = meters;
        this.lastMinute = lastMinute;
        this.time = time;
    }

    /** Learns what there is to check, and begins. To be called once. */
    void start() {
        questions.addEverything();
        thread.start();
    }

    /** There may be something to do. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Looks at it as soon as there is room. The result is recorded.
     *
     * @throws RegistryException if it can't be looked at
     */
    CompletableFuture<Looked> look(Probe probe) {
        if (closed) {
            throw ended();
        }
        var looked = schedule.look(probe, time.nanos());
        wake();
        abandonIfClosed();
        return looked;
    }

    /** Begins no more checks; what is under way isn't recorded any more. Who asked for one is told. */
    @Override
    public void close() {
        closed = true;
        abandonIfClosed();
        wake();
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (RuntimeException e) {
                log.error("A turn of the health checks failed; the next follows.", e);
            }
            long most = questions.isOpen() ? CheckWheel.TICK_NANOS : LONGEST_PAUSE_NANOS;
            LockSupport.parkNanos(this, schedule.quiet(time.nanos(), most));
        }
    }

    private void turn() {
        long now = time.nanos();
        questions.ask(now);
        for (var run : schedule.begin(now)) {
            begin(run);
        }
    }

    private void begin(Run run) {
        meters.began(run.lag());
        lastMinute.began(run.lag(), run.begunAt());
        try {
            prober.probe(run.probe()).subscribe(result -> end(run, result), failure -> fail(run, failure));
        } catch (RuntimeException failure) {
            fail(run, failure);
        }
    }

    private void fail(Run run, Throwable failure) {
        log.error("A prober failed, which none may.", failure);
        if (schedule.end(run, null, time.nanos())) {
            run.askers().forEach(asker -> asker.completeExceptionally(failure));
        }
        goOn();
    }

    private void end(Run run, ProbeResult result) {
        if (closed) {
            run.askers().forEach(asker -> asker.completeExceptionally(ended()));
            return;
        }
        long now = time.nanos();
        var type = run.probe().check().checkType();
        meters.ended(type, result);
        lastMinute.ended(type, result, now);
        var failure = result.failure();
        boolean ours = failure != null && failure.isOurs();
        boolean counts = schedule.end(run, ours ? null : result.passed(), now);
        if (!counts) {
            meters.dropped(Dropped.OUTDATED);
        } else if (ours) {
            meters.dropped(Dropped.OURS);
            run.askers().forEach(asker -> asker.complete(new Looked(result, null)));
        } else {
            record(run, result);
        }
        goOn();
    }

    private void record(Run run, ProbeResult result) {
        var recorded = results.record(run.probe().id(), result);
        var _ = recorded.whenComplete((reply, failure) -> {
            if (failure != null) {
                meters.dropped(Dropped.STORE);
            }
        });
        run.askers().forEach(asker -> asker.complete(new Looked(result, recorded)));
    }

    private static RegistryException ended() {
        return new RegistryException(
                ErrorCode.STANDBY, "This node makes no checks any more; another one does, or it is stopping.");
    }

    private void goOn() {
        if (schedule.hasReady()) {
            wake();
        }
        abandonIfClosed();
    }

    /** To be asked behind whatever may have let somebody wait: the end may have come meanwhile. */
    private void abandonIfClosed() {
        if (closed) {
            schedule.takeAskers().forEach(asker -> asker.completeExceptionally(ended()));
        }
    }
}
