package dev.aicore.discovery.access.hotpath;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Derives the metric labels of a request. Their number is bounded, although callers can make up any number of paths and
 * methods.
 */
final class RouteLabel {

    private static final String NONE = "none";
    private static final String OTHER_METHOD = "other";
    private static final List<HttpMethod> METHODS = Arrays.asList(HttpMethod.values());

    private RouteLabel() {}

    /**
     * Returns the template of the request's route; {@code none} if no route matched or the request was refused before.
     */
    static String of(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                ? pattern.getPatternString()
                : NONE;
    }

    /** Returns the HTTP method, or {@code other} if it isn't one of HTTP's standard methods. */
    static String method(ServerWebExchange exchange) {
        var method = exchange.getRequest().getMethod();
        return METHODS.contains(method) ? method.name() : OTHER_METHOD;
    }
}
