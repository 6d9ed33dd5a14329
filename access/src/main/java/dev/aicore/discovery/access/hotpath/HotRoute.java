package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.web.ResponseWriter;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * A route that the {@link HotPathHandler} may answer. There is a controller for the same route, which gives the same answers: it is
 * asked wherever a request is written in an unusual way.
 */
public interface HotRoute {

    /** How callers accept JSON who say no more. */
    Set<String> JSON = Set.of("*/*", "application/json");

    HttpMethod method();

    /** As the meters call it, such as {@code /api/v1/services/{id}/heartbeat}. */
    String template();

    /**
     * Whether requests of this path are for it: those of the template itself, unless it has variables.
     *
     * @param path undecoded, as it was sent
     */
    default boolean matches(String path) {
        return template().equals(path);
    }

    /** What its callers accept, as they plainly say it; asked of each request. */
    default Set<String> accepted() {
        return JSON;
    }

    /** Whether a request with these headers is for it, of those whose path matches. Others are the controller's. */
    default boolean takes(HttpHeaders headers) {
        return true;
    }

    /**
     * The answer to a request that matches, from a caller who was let in. Must not block.
     *
     * @return never empty; a {@link dev.aicore.discovery.api.error.RegistryException} where it is refused
     */
    Mono<? extends ResponseWriter> answer(ServerHttpRequest request, Caller caller);
}
