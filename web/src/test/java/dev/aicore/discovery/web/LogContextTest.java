package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.config.time.IdGenerator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class LogContextTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final MockServerHttpRequest request = MockServerHttpRequest.get("/api/v1/services")
            .header(RequestIdFilter.HEADER, "req-7")
            .header(TraceContext.HEADER, "00-" + TRACE + "-b7ad6b7169203331-01")
            .build();

    @BeforeEach
    void assignId() {
        var attributes = new HashMap<String, Object>();
        request.setAttributesSupplier(() -> attributes);
        new RequestIdFilter(IdGenerator.random()).assign(request);
        LogContext.installScheduleHook();
    }

    @AfterEach
    void resetHook() {
        Schedulers.resetOnScheduleHook(LogContext.class.getName());
    }

    @Test
    void handling_hasIdsOnItsThreadAndOnThoseOfItsTasks() {
        var sameThread = Mono.fromCallable(LogContextTest::ids);
        var otherThread = Mono.fromCallable(LogContextTest::ids).subscribeOn(Schedulers.boundedElastic());
        var seen = Objects.requireNonNull(
                LogContext.open(request, Mono.zip(sameThread, otherThread)).block(PATIENCE));
        assertThat(seen.getT1())
                .containsEntry(LogEvent.REQUEST_ID, "req-7")
                .containsEntry(LogEvent.TRACE_ID, TRACE)
                .containsEntry(LogEvent.SPAN_ID, "b7ad6b7169203331");
        assertThat(seen.getT2()).isEqualTo(seen.getT1());
        assertThat(ids()).isEmpty();
    }

    @Test
    void handling_continuesWithIdsAfterBody() {
        var body = Sinks.<String>one();
        var continued = LogContext.open(
                        request,
                        Mono.defer(() -> LogContext.resume(request, body.asMono()))
                                .map(_ -> ids()))
                .toFuture();
        assertThat(ids()).isEmpty();
        body.tryEmitValue("{}").orThrow();
        assertThat(continued).isCompletedWithValueMatching(ids -> "req-7".equals(ids.get(LogEvent.REQUEST_ID)));
        assertThat(ids()).isEmpty();
    }

    @Test
    void taskOfEndedRequest_hasNoIds() {
        var task = new AtomicReference<Runnable>();
        var seen = new AtomicReference<Map<String, String>>();
        var capturing = Schedulers.fromExecutor(task::set);
        LogContext.open(request, Mono.fromRunnable(() -> capturing.schedule(() -> seen.set(ids()))))
                .block(PATIENCE);
        task.get().run();
        assertThat(seen.get()).isEmpty();
    }

    @Test
    void problem_namesTrace() {
        var response = new MockServerHttpResponse();
        ProblemWriter.write(request, response, new RegistryException(ErrorCode.NOT_FOUND, "Nothing."))
                .block(PATIENCE);
        assertThat(response.getBodyAsString().block(PATIENCE)).contains("\"trace_id\":\"" + TRACE + "\"");
    }

    private static Map<String, String> ids() {
        var ids = MDC.getCopyOfContextMap();
        return ids == null ? Map.of() : ids;
    }
}
