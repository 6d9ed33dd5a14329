package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.web.ResponseWriter;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * A route that the {@link HotPathHandler} may answer. A controller with the same answers exists for the same route; it
 * handles requests that are written in an unusual way.
 */
public interface HotRoute {

    /** Values of the {@code Accept} header that plainly request JSON. */
    Set<String> JSON = Set.of("*/*", "application/json");

    HttpMethod method();

    /** Returns the path template by which metrics name the route, such as {@code /api/v1/services/{id}/heartbeat}. */
    String template();

    /**
     * Returns true if the path belongs to this route: by default if it equals the template. Routes with path variables
     * override this method.
     *
     * @param path the path as it was sent, not decoded
     */
    default boolean matches(String path) {
        return template().equals(path);
    }

    /** Returns the values of the {@code Accept} header that this route takes as they are. Called for each request. */
    default Set<String> accepted() {
        return JSON;
    }

    /**
     * Returns true if this route handles requests with these headers. Called if the path matches; the controller
     * handles a request for which it returns false.
     */
    default boolean accepts(HttpHeaders headers) {
        return true;
    }

    /**
     * Answers a matching request of an admitted caller. Must not block.
     *
     * @return never empty; fails with a {@link dev.aicore.discovery.api.error.RegistryException} if the request is
     *     refused
     */
    Mono<? extends ResponseWriter> respond(ServerHttpRequest request, Caller caller);
}
