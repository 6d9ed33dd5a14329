package dev.aicore.discovery.config.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class RequestTracerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final RecordedTraces traces = new RecordedTraces();

    @AfterEach
    void close() {
        traces.close();
    }

    @Test
    void sampledRequest_isPartOfCallersTrace() {
        var request = request(TraceContext.HEADER, "00-" + TRACE + "-b7ad6b7169203331-01");
        assertThat(TraceContext.parse(handle(request, 0, false)))
                .extracting(TraceContext::traceId, TraceContext::sampled)
                .containsExactly(TRACE, true);
        assertThat(traces.ended()).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("GET /things");
            assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        });
    }

    @Test
    void unsampledRequest_createsNoSpan() {
        assertThat(handle(request(TraceContext.HEADER, "00-" + TRACE + "-b7ad6b7169203331-00"), 1, true))
                .isNull();
        assertThat(handle(request("Accept", "*/*"), 0, true)).isNull();
        assertThat(traces.begun()).isEmpty();
    }

    @Test
    void forcedRequest_isRecordedForAdminsOnly() {
        assertThat(handle(request(RequestTracer.FORCE_HEADER, "true"), 0, false))
                .isNull();
        assertThat(traces.ended()).isEmpty();
        assertThat(handle(request(RequestTracer.FORCE_HEADER, "true"), 0, true)).isNotNull();
        assertThat(traces.ended()).extracting(SpanData::getName).containsExactly("GET /things");
    }

    @Test
    void forcedRequest_withoutKnownCaller_isNotRecorded() {
        var tracer = new RequestTracer(traces.recorder(0));
        var request = request(RequestTracer.FORCE_HEADER, "true");
        tracer.begin(request);
        tracer.end(request, "GET", "/things", "401");
        assertThat(traces.ended()).isEmpty();
    }

    /** Returns the {@code traceparent} that the events of the request have. */
    private @Nullable String handle(MockServerHttpRequest request, double share, boolean admin) {
        var tracer = new RequestTracer(traces.recorder(share));
        tracer.begin(request);
        var traceParent = RequestTracer.confirm(request, admin);
        tracer.end(request, "GET", "/things", "200");
        return traceParent;
    }

    private static MockServerHttpRequest request(String header, String value) {
        var request = MockServerHttpRequest.get("/things").header(header, value).build();
        var attributes = new HashMap<String, Object>();
        request.setAttributesSupplier(() -> attributes);
        return request;
    }
}
