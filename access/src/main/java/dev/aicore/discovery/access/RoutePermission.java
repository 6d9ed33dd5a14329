package dev.aicore.discovery.access;

import org.springframework.http.HttpMethod;

/**
 * The permission that a route requires.
 *
 * @param template path template as controllers declare it, such as {@code /api/v1/services/{id}}
 * @param subject services that the route is about
 */
public record RoutePermission(HttpMethod method, String template, Permission permission, ResourceScope subject) {

    /** Creates a permission for a route that is closed to callers with a scoped role. */
    public RoutePermission(HttpMethod method, String template, Permission permission) {
        this(method, template, permission, ResourceScope.ALL);
    }
}
