/**
 * Answers the most frequent routes in front of WebFlux, to save the cost of its filters and dispatcher.
 *
 * <p>{@link HotPathHandler} matches requests against the {@link HotRoute}s that other modules provide as beans. Both
 * paths share access control, timeout, request ids and {@link RequestInstrumentation}, so that an answer doesn't depend
 * on the path.
 *
 * <pre>{@code
 * request -> SecurityHeadersHandler -> HotPathHandler -- plain request of a hot route --> HotRoute -> ResponseWriter
 *                                            |
 *                                            +---------- any other request ------------> WebFlux filters, controllers
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.access.hotpath;

import org.jspecify.annotations.NullMarked;
