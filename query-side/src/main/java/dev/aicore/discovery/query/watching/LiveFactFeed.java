package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.AppendListener;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.DeposedException;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFactListener;
import io.micrometer.tracing.Span.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * Passes the facts that this process appends to {@link RecentFactBuffer} and to listeners, on its own thread. The feed
 * is live while this process is the store's only writer: then no fact escapes it. In a process without the writer it is
 * never live.
 */
public final class LiveFactFeed implements AppendListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFactFeed.class);
    private static final int MAX_WAITING_GROUPS = 4_096;
    private static final long UNKNOWN = -1;

    private final RecentFactBuffer recent;
    private final TimeSource time;
    private final long validNanos;
    private final List<LiveFactListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<FeedSignal> queue = new ArrayBlockingQueue<>(MAX_WAITING_GROUPS);
    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>((one, other) -> Long.compare(one.position, other.position));
    private final Thread thread =
            Thread.ofPlatform().daemon().name("live-facts").unstarted(this::run);
    private final Sinks.Many<Long> passed = Sinks.many().multicast().directBestEffort();
    private volatile boolean overflowed;
    private volatile TraceRecorder recorder = TraceRecorder.disabled();

    /** Written by the feed's thread only. */
    private volatile long position = UNKNOWN;

    private volatile long confirmedAt;

    /** Written by the appender's thread only, before {@link #appendedPosition}. */
    private volatile long appendedFactPosition;

    /** Written by the appender's thread only. */
    private volatile long appendedPosition;

    /** Position up to which the appender's thread knows the last fact; used by that thread only. */
    private long knownPosition;

    private sealed interface FeedSignal {}

    private record Appended(List<LiveFact> facts, long first, long last, long nanos) implements FeedSignal {}

    private record Confirmed(long position, long nanos) implements FeedSignal {}

    private record Lost() implements FeedSignal {}

    private static final class Waiter {
        private final long position;
        private final MonoSink<Void> sink;

        Waiter(long position, MonoSink<Void> sink) {
            this.position = position;
            this.sink = sink;
        }
    }

    /**
     * Creates a feed; it receives nothing before it is added to the event appender.
     *
     * @param validity how long the feed counts as live after the writer was last confirmed; shorter than the writer's
     * lease
     */
    public LiveFactFeed(RecentFactBuffer recent, TimeSource time, Duration validity) {
        this.recent = recent;
        this.time = time;
        this.validNanos = validity.toNanos();
    }

    /** Records the notifications about facts of recorded requests from now on. */
    void traceWith(TraceRecorder tracing) {
        recorder = tracing;
    }

    /** Adds a listener. */
    public void listen(LiveFactListener listener) {
        listeners.add(listener);
    }

    /** Emits the position whenever facts were passed on; never completes. */
    public Flux<Long> passed() {
        return passed.asFlux().onBackpressureLatest();
    }

    /** Starts the feed's thread. */
    public void start() {
        thread.start();
    }

    /**
     * Returns true if all facts up to {@link #position} are known and no other process can have appended further ones.
     */
    public boolean isLive() {
        return position != UNKNOWN && time.nanos() - confirmedAt <= validNanos;
    }

    /** Returns the last position whose facts were passed on; -1 if unknown. */
    public long position() {
        return position;
    }

    /**
     * Returns the position of the last event that this process appended, before its caller got the result; 0 if there
     * is none. {@link #position} reaches it shortly afterwards.
     */
    public long appendedPosition() {
        return appendedPosition;
    }

    /**
     * Returns the position of the last fact, or a later one: events of another node count as facts. Covers all events
     * that were appended before the feed became live, and all up to an {@link #appendedPosition} that was read before.
     * Heartbeats and results of checks are no facts.
     */
    public long appendedFactPosition() {
        return appendedFactPosition;
    }

    /** Completes once all facts up to a position were passed on. May never complete, so callers must bound the wait. */
    public Mono<Void> awaitPosition(long wanted) {
        return position >= wanted
                ? Mono.empty()
                : Mono.create(sink -> {
                    var waiter = new Waiter(wanted, sink);
                    sink.onCancel(() -> removeWaiter(waiter));
                    synchronized (waiters) {
                        waiters.add(waiter);
                    }
                    release();
                });
    }

    @Override
    public void onAppended(AppendedGroup group) {
        var facts = factsOf(group);
        knowUpTo(group.receipt().firstPosition() - 1);
        knownPosition = group.receipt().lastPosition();
        if (!facts.isEmpty()) {
            appendedFactPosition = facts.getLast().position();
        }
        appendedPosition = group.receipt().lastPosition();
        submit(new Appended(
                facts, group.receipt().firstPosition(), group.receipt().lastPosition(), time.nanos()));
    }

    @Override
    public void onConfirmed(long confirmed) {
        knowUpTo(confirmed);
        submit(new Confirmed(confirmed, time.nanos()));
    }

    @Override
    public void onOutage(String reason) {
        submit(new Lost());
    }

    @Override
    public void onDeposed(DeposedException reason) {
        submit(new Lost());
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Takes events that another node has appended since the last known position for facts. */
    private void knowUpTo(long before) {
        if (before != knownPosition) {
            knownPosition = before;
            appendedFactPosition = before;
        }
    }

    private static List<LiveFact> factsOf(AppendedGroup group) {
        var facts = new ArrayList<LiveFact>();
        var result = group.receipt();
        for (int i = 0; i < group.events().size(); i++) {
            var event = group.events().get(i);
            if (event.event() instanceof InstanceFact fact) {
                facts.add(new LiveFact(fact, result.firstPosition() + i, result.recordedAt(), event.payload().length));
            }
        }
        return facts;
    }

    /**
     * Queues a signal. If the queue is full, the signal is lost; the next one detects that, because it doesn't follow
     * the last position.
     */
    private void submit(FeedSignal feedSignal) {
        if (!queue.offer(feedSignal)) {
            overflowed = true;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                handle(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(FeedSignal feedSignal) {
        if (overflowed) {
            overflowed = false;
            position = UNKNOWN;
        }
        switch (feedSignal) {
            case Appended appended -> append(appended);
            case Confirmed confirmed -> confirm(confirmed);
            case Lost() -> position = UNKNOWN;
        }
        release();
    }

    private void append(Appended appended) {
        if (appended.first() != position + 1) {
            recent.restart(appended.first() - 1);
        }
        var spans = recorder.isEnabled() ? begin(appended.facts()) : List.<TracedSpan>of();
        recent.add(appended.facts(), appended.last());
        notifyListeners(
                appended.facts().stream().map(fact -> fact.fact().service()).collect(Collectors.toSet()));
        confirmedAt = appended.nanos();
        position = appended.last();
        var _ = passed.tryEmitNext(position);
        spans.forEach(TracedSpan::end);
    }

    private List<TracedSpan> begin(List<LiveFact> facts) {
        var spans = new ArrayList<TracedSpan>();
        for (var fact : facts) {
            var span = recorder.continueTrace(fact.fact().envelope().traceParent(), "notify watchers", Kind.PRODUCER);
            if (span != null) {
                spans.add(span.tag("service_discovery.position", fact.position()));
            }
        }
        return spans;
    }

    private void confirm(Confirmed confirmed) {
        if (confirmed.position() != position) {
            recent.restart(confirmed.position());
        }
        confirmedAt = confirmed.nanos();
        position = confirmed.position();
    }

    private void notifyListeners(Set<String> services) {
        for (var listener : listeners) {
            for (var service : services) {
                try {
                    listener.changed(service);
                } catch (RuntimeException e) {
                    LOG.warn("Failed to pass on a change of {}; the change is read from the store.", service, e);
                }
            }
        }
    }

    private void release() {
        var reached = new ArrayList<Waiter>();
        synchronized (waiters) {
            for (var next = waiters.peek(); next != null && next.position <= position; next = waiters.peek()) {
                reached.add(waiters.remove());
            }
        }
        reached.forEach(waiter -> waiter.sink.success());
    }

    private void removeWaiter(Waiter waiter) {
        synchronized (waiters) {
            waiters.remove(waiter);
        }
    }
}
