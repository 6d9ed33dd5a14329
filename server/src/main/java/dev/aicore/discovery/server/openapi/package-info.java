/**
 * Serves the OpenAPI description of the API for programs and for people with a browser. {@link ApiDocument} merges the
 * files of all sides; springdoc serves the result, and {@link BlockingRouteFilter} moves its routes off the event loop.
 *
 * <pre>{@code
 * openapi/*.yaml of all sides -> ApiDocument -> OpenApiConfiguration -> /openapi, /openapi.yaml, /docs
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.openapi;

import org.jspecify.annotations.NullMarked;
