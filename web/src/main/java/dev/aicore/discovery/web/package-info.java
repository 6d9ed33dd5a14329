/**
 * Handles HTTP for every side: reads requests strictly, wraps all answers in one envelope, and gives all failures one
 * form.
 *
 * <p>Netty handlers bound connections, bodies and times. Filters assign a request id, bound the time of an answer and
 * check host and path. Controllers take {@link JsonBody} and {@link QueryParameters} as arguments and return
 * {@link ApiResponse}; any exception becomes a problem of RFC 9457.
 *
 * <pre>{@code
 * connection -> ConnectionLimit -> HTTP codec -> ProtocolErrorHandler, RejectedBodyHandler, timeouts
 *   -> SecurityHeadersHandler -> RequestIdFilter, ResponseTimeoutFilter, HostHeaderFilter, access control
 *   -> controller(JsonBody, QueryParameters) -> ApiResponse
 *        +-- exception -> ExceptionMapper -> Problem -> ProblemWriter
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.web;

import org.jspecify.annotations.NullMarked;
