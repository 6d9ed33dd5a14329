package dev.aicore.discovery.web;

import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.config.telemetry.TraceContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Ids of a request that the lines of its log carry: the request, and its trace and span if it has a trace. They are set
 * for requests that WebFlux handles, on the threads that assemble and continue them and on those of their scheduled
 * tasks. A request of the hot path logs nothing but its failure, and costs nothing here.
 */
final class LogContext {

    private static final String ATTRIBUTE = LogContext.class.getName();
    private static final String HOOK = LogContext.class.getName();

    private static final ThreadLocal<@Nullable LogContext> CURRENT = new ThreadLocal<>();

    private final String requestId;
    private final @Nullable TraceContext trace;

    /** True from the end of the request: a periodic task that it started, such as a poll, has no ids from then on. */
    private volatile boolean hasEnded;

    private LogContext(String requestId, @Nullable TraceContext trace) {
        this.requestId = requestId;
        this.trace = trace;
    }

    /** Returns the ids of a request. */
    static LogContext of(ServerHttpRequest request) {
        return new LogContext(RequestIdFilter.of(request), RequestTracer.contextOf(request));
    }

    /** Passes the ids on to the tasks that are scheduled while they are set, for the whole process. */
    static void installScheduleHook() {
        Schedulers.onScheduleHook(HOOK, task -> {
            var context = CURRENT.get();
            return context == null ? task : () -> context.run(task);
        });
    }

    /** Runs the whole handling of a request with its ids, and retains them for {@link #resume}. */
    static <T> Mono<T> open(ServerHttpRequest request, Mono<T> handling) {
        var context = of(request);
        request.getAttributes().put(ATTRIBUTE, context);
        return new ScopedMono<>(handling.doFinally(_ -> context.hasEnded = true), context);
    }

    /** Continues a request with its ids after a signal from the network; without effect on the hot path. */
    static <T> Mono<T> resume(ServerHttpRequest request, Mono<T> signal) {
        return request.getAttributes().get(ATTRIBUTE) instanceof LogContext context
                ? new ScopedMono<>(signal, context)
                : signal;
    }

    /** Adds the ids to a line that is written outside of these threads. */
    LoggingEventBuilder addTo(LoggingEventBuilder line) {
        if (MDC.get(LogEvent.REQUEST_ID) != null) {
            return line;
        }
        var identified = line.addKeyValue(LogEvent.REQUEST_ID, requestId);
        return trace == null ? identified : trace.addTo(identified);
    }

    /** Runs a part of the request with its ids; without them if the request has ended. */
    private void run(Runnable part) {
        var before = CURRENT.get();
        if (hasEnded || before == this) {
            part.run();
            return;
        }
        set();
        try {
            part.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
                MDC.clear();
            } else {
                before.set();
            }
        }
    }

    private void set() {
        CURRENT.set(this);
        MDC.clear();
        MDC.put(LogEvent.REQUEST_ID, requestId);
        if (trace != null) {
            MDC.put(LogEvent.TRACE_ID, trace.traceId());
            MDC.put(LogEvent.SPAN_ID, trace.spanId());
        }
    }

    /** Subscribes to a source, and passes its signals on, with the ids. */
    private static final class ScopedMono<T> extends MonoOperator<T, T> {

        private final LogContext ids;

        ScopedMono(Mono<? extends T> source, LogContext ids) {
            super(source);
            this.ids = ids;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> actual) {
            ids.run(() -> source.subscribe(new ScopedSubscriber<>(actual, ids)));
        }
    }

    private record ScopedSubscriber<T>(CoreSubscriber<? super T> actual, LogContext ids) implements CoreSubscriber<T> {

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T value) {
            ids.run(() -> actual.onNext(value));
        }

        @Override
        public void onError(Throwable failure) {
            ids.run(() -> actual.onError(failure));
        }

        @Override
        public void onComplete() {
            ids.run(actual::onComplete);
        }
    }
}
