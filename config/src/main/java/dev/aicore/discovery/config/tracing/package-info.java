/**
 * Traces requests and exports the spans to a collector by OTLP.
 *
 * <pre>{@code
 * request -> RequestTracer.begin -> span -> RequestTracer.end -> batches -> OTLP over HTTP -> collector
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.tracing;

import org.jspecify.annotations.NullMarked;
