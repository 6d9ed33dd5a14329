/**
 * Serves the OpenAPI description of the API for programs and for people with a browser. {@link ApiDocument} merges the
 * files of all sides and the schemas that a test generates from records; springdoc serves the result, and
 * {@link BlockingRouteFilter} moves its routes off the event loop.
 *
 * <pre>{@code
 * records -> schemas.yaml
 *                  v
 * openapi/*.yaml of all sides -> ApiDocument -> OpenApiConfiguration -> /openapi, /openapi.yaml, /docs
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.openapi;

import org.jspecify.annotations.NullMarked;
