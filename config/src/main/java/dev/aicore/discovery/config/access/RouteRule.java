package dev.aicore.discovery.config.access;

import org.springframework.http.HttpMethod;

/**
 * What a route asks for.
 *
 * @param template as controllers write it, such as {@code /api/v1/services/{id}}
 */
public record RouteRule(HttpMethod method, String template, Permission permission, Subject subject) {

    /** One that is not for callers whose roles are bound to services. */
    public RouteRule(HttpMethod method, String template, Permission permission) {
        this(method, template, permission, Subject.ALL);
    }
}
