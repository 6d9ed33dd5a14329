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

    /** Returns true if the route writes to the event store, so that only the owner of the store can answer it. */
    public boolean isWrite() {
        return permission.isWrite(method);
    }

    /** The services that a route is about. A caller with a scoped role may not use the route for other services. */
    public enum ResourceScope {
        /** No service: every caller gets the same answer. */
        NONE,
        /** The services that {@code service_name} names, in the path or as parameters. Access control checks them. */
        SINGLE_SERVICE,
        /** The services that the answer or the body is about. The route filters by {@link Caller#reach}. */
        FILTERED,
        /** All services, or services that can't be determined. Closed to callers with a scoped role. */
        ALL
    }
}
