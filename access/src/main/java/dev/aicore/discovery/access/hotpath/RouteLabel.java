package dev.aicore.discovery.access.hotpath;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** What requests are told by where they are counted: callers can make up paths and methods without end. */
final class RouteLabel {

    private static final String NONE = "none";
    private static final String OTHER_METHOD = "other";
    private static final List<HttpMethod> METHODS = Arrays.asList(HttpMethod.values());

    private RouteLabel() {}

    /** The template of the route that a request was for; {@code none} if there is no such route, or it didn't come that far. */
    static String of(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                ? pattern.getPatternString()
                : NONE;
    }

    /** Its method, or {@code other} for one that HTTP doesn't know. */
    static String method(ServerWebExchange exchange) {
        var method = exchange.getRequest().getMethod();
        return METHODS.contains(method) ? method.name() : OTHER_METHOD;
    }
}
