/** Traces of requests, told to a collector by OTLP. */
@NullMarked
package dev.aicore.discovery.config.tracing;

import org.jspecify.annotations.NullMarked;
