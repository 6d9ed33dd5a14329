package dev.aicore.discovery.config.telemetry;

import io.micrometer.tracing.Tracer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Position in a trace, as the header {@code traceparent} of W3C Trace Context states it.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled true if the spans of the trace are recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    /** Name of the header. */
    public static final String HEADER = "traceparent";

    private static final int VERSION_00_LENGTH = 55;
    private static final Pattern WELL_FORMED =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    /** Reads a header; null if there is none or it is malformed. */
    public static @Nullable TraceContext parse(@Nullable String header) {
        if (header == null
                || header.length() < VERSION_00_LENGTH
                || (header.startsWith("00") && header.length() > VERSION_00_LENGTH)
                || !WELL_FORMED.matcher(header).matches()) {
            return null;
        }
        return new TraceContext(
                header.substring(3, 35), header.substring(36, 52), (Character.digit(header.charAt(54), 16) & 1) == 1);
    }

    /** Returns the position as another process's in the form of a tracer. */
    io.micrometer.tracing.TraceContext toMicrometer(Tracer tracer) {
        return tracer.traceContextBuilder()
                .traceId(traceId)
                .spanId(spanId)
                .sampled(sampled)
                .build();
    }

    /** Adds the ids to a line of the log. */
    public LoggingEventBuilder addTo(LoggingEventBuilder line) {
        return line.addKeyValue(LogEvent.TRACE_ID, traceId).addKeyValue(LogEvent.SPAN_ID, spanId);
    }

    /** Returns the header's value. */
    public String traceParent() {
        return "00-" + traceId + '-' + spanId + (sampled ? "-01" : "-00");
    }
}
