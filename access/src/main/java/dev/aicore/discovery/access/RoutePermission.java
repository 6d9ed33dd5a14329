package dev.aicore.discovery.access;

import org.springframework.http.HttpMethod;

/**
 * What a route asks for.
 *
 * @param template as controllers write it, such as {@code /api/v1/services/{id}}
 */
public record RoutePermission(HttpMethod method, String template, Permission permission, ResourceScope subject) {

    /** One that is not for callers whose roles are bound to services. */
    public RoutePermission(HttpMethod method, String template, Permission permission) {
        this(method, template, permission, ResourceScope.ALL);
    }
}
