package dev.aicore.discovery.access;

import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Decides which caller may use which route, by the {@link PermissionTable}. The only class that does. */
public final class Authorizer {

    /** A route as the dispatcher represents it. */
    private record Pattern(PathPattern path, RoutePermission rule) {}

    /** Permission for OPTIONS requests: the methods that a path supports are no secret. */
    private static final RoutePermission OPTIONS =
            new RoutePermission(HttpMethod.OPTIONS, "options", Permission.STATUS_READ, ResourceScope.NONE);

    private final Map<HttpMethod, Map<String, RoutePermission>> literalRoutes = new HashMap<>();
    private static final String SERVICE = "service_name";
    private static final TextConstraint ANY = TextConstraint.nonEmpty(1_024);

    private final Map<HttpMethod, List<Pattern>> patterns = new HashMap<>();

    Authorizer(List<RoutePermission> rules) {
        for (var permission : rules) {
            add(permission);
        }
        // In the order in which the dispatcher chooses among matching patterns.
        patterns.values().forEach(of -> of.sort((a, b) -> a.path().compareTo(b.path())));
    }

    private void add(RoutePermission permission) {
        var path = PathPatternParser.defaultInstance.parse(permission.template());
        patterns.computeIfAbsent(permission.method(), _ -> new ArrayList<>()).add(new Pattern(path, permission));
        // Finds routes without variables by a map lookup, as long as the path is written in the usual way.
        if (!path.hasPatternSyntax()
                && literalRoutes
                                .computeIfAbsent(permission.method(), _ -> new HashMap<>())
                                .putIfAbsent(permission.template(), permission)
                        != null) {
            throw new IllegalStateException(permission + " is listed twice in the table.");
        }
    }

    /**
     * Returns the permission that the route with this template requires.
     *
     * @throws IllegalStateException if the table doesn't list the route; no caller could use it
     */
    public RoutePermission required(HttpMethod method, String template) {
        var found = find(method, PathContainer.parsePath(template));
        if (found == null) {
            throw new IllegalStateException(method + " " + template + " is not listed in the permission table.");
        }
        return found;
    }

    /** Returns the permission that a request requires; null if the table lists no route for it. */
    @Nullable
    RoutePermission find(HttpMethod method, PathContainer path) {
        if (method.equals(HttpMethod.OPTIONS)) {
            return isKnown(path) ? OPTIONS : null;
        }
        return of(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method, path);
    }

    private boolean isKnown(PathContainer path) {
        for (var method : HttpMethod.values()) {
            if (of(method, path) != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable RoutePermission of(HttpMethod method, PathContainer path) {
        var direct = literalRoutes.getOrDefault(method, Map.of()).get(path.value());
        if (direct != null) {
            return direct;
        }
        for (var pattern : patterns.getOrDefault(method, List.of())) {
            if (pattern.path().matches(path)) {
                return pattern.rule();
            }
        }
        return null;
    }

    /**
     * Checks that the caller may use the route.
     *
     * @throws RegistryException {@code forbidden} if the caller's role lacks the permission or its scope excludes the
     *     requested service; {@code not_found} instead of the latter for GET requests
     */
    void require(Caller caller, RoutePermission permission, ServerHttpRequest request) {
        if (!isGranted(caller.role(), permission.permission())) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The role '" + caller.role() + "' does not have the permission "
                            + permission.permission().displayName() + ", which this route requires.",
                    new FieldError(
                            "role",
                            "does not have the permission",
                            caller.role(),
                            "a role with the permission "
                                    + permission.permission().displayName()));
        }
        if (caller.reach() != null) {
            requireScope(caller, permission, request);
        }
    }

    private static void requireScope(Caller caller, RoutePermission permission, ServerHttpRequest request) {
        if (permission.subject() == ResourceScope.ALL) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The caller's role is restricted to some services, and this request concerns all services.",
                    new FieldError("role", "is restricted to some services", caller.role(), "an unrestricted role"));
        }
        var names =
                permission.subject() == ResourceScope.SINGLE_SERVICE ? named(permission, request) : List.<String>of();
        for (var name : names) {
            requireScope(caller, permission, name);
        }
    }

    private static void requireScope(Caller caller, RoutePermission permission, String name) {
        if (caller.coversService(name)) {
            return;
        }
        if (permission.method().equals(HttpMethod.GET)) {
            throw new RegistryException(
                    ErrorCode.NOT_FOUND,
                    "There is no service '" + name + "' for this caller.",
                    new FieldError(SERVICE, "is not in the role's scope", name, "a service in the role's scope"));
        }
        caller.requireScope(name);
    }

    /**
     * Returns the names of the requested services; a watch may have several. Empty if the request has none, which the
     * route then refuses.
     */
    private static List<String> named(RoutePermission permission, ServerHttpRequest request) {
        if (!permission.template().contains("{" + SERVICE + "}")) {
            return QueryParameters.of(request).list(SERVICE, Integer.MAX_VALUE, ANY);
        }
        var found = PathPatternParser.defaultInstance
                .parse(permission.template())
                .matchAndExtract(request.getPath().pathWithinApplication());
        var name = found == null ? null : found.getUriVariables().get(SERVICE);
        return name == null ? List.of() : List.of(name);
    }

    static boolean isGranted(String role, Permission permission) {
        if (PermissionTable.OPEN.contains(permission)) {
            return true;
        }
        var known = Role.of(role);
        return known != null && PermissionTable.permissionsOf(known).contains(permission);
    }
}
