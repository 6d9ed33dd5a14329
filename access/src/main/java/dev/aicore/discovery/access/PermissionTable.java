package dev.aicore.discovery.access;

import static dev.aicore.discovery.access.Permission.AUDIT_READ;
import static dev.aicore.discovery.access.Permission.BRIDGE_ADMIN;
import static dev.aicore.discovery.access.Permission.CHECK_CONTROL;
import static dev.aicore.discovery.access.Permission.CHECK_DETAIL;
import static dev.aicore.discovery.access.Permission.CONFIGURATION_READ;
import static dev.aicore.discovery.access.Permission.CONFIGURATION_WRITE;
import static dev.aicore.discovery.access.Permission.DENIAL_READ;
import static dev.aicore.discovery.access.Permission.DIAGNOSTICS_READ;
import static dev.aicore.discovery.access.Permission.HEALTH_READ;
import static dev.aicore.discovery.access.Permission.INSTANCE_RENEW;
import static dev.aicore.discovery.access.Permission.INSTANCE_RESTORE;
import static dev.aicore.discovery.access.Permission.INSTANCE_WRITE;
import static dev.aicore.discovery.access.Permission.KEY_ADMIN;
import static dev.aicore.discovery.access.Permission.LOG_ADMIN;
import static dev.aicore.discovery.access.Permission.OUTCOME_REPORT;
import static dev.aicore.discovery.access.Permission.PROJECTION_ADMIN;
import static dev.aicore.discovery.access.Permission.REGISTRY_READ;
import static dev.aicore.discovery.access.Permission.RETENTION_ADMIN;
import static dev.aicore.discovery.access.Permission.STATISTICS_RESET;
import static dev.aicore.discovery.access.Permission.STATUS_READ;
import static dev.aicore.discovery.access.Permission.TOKEN_ISSUE;
import static dev.aicore.discovery.access.Permission.UI_READ;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.ALL;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.FILTERED;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.NONE;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.SINGLE_SERVICE;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * The only table of permissions: the permission that each route requires, the services that the route is about, and the
 * permissions that each role has. Denies everything else.
 */
final class PermissionTable {

    /** Permissions of every caller, with or without credentials. */
    static final Set<Permission> OPEN = EnumSet.of(HEALTH_READ, UI_READ);

    /** Routes of the web UI. They contain no data; signing in verifies the credentials in the body. */
    private static final List<RoutePermission> UI_ROUTES = List.of(
            rule(GET, "/", UI_READ, NONE),
            rule(GET, "/ui", UI_READ, NONE),
            rule(GET, "/ui/**", UI_READ, NONE),
            rule(POST, "/ui/session", UI_READ, NONE),
            rule(POST, "/ui/session/token", UI_READ, NONE),
            rule(DELETE, "/ui/session", UI_READ, NONE));

    /** All routes of the REST API except the metrics, whose path is a setting. */
    private static final List<RoutePermission> REST_ROUTES = List.of(
            rule(GET, "/health", HEALTH_READ, NONE),
            rule(GET, "/api/v1/whoami", STATUS_READ, NONE),
            rule(GET, "/api/v1/status", STATUS_READ, ALL),
            rule(GET, "/openapi", STATUS_READ, NONE),
            rule(GET, "/openapi.yaml", STATUS_READ, NONE),
            rule(GET, "/openapi/swagger-config", STATUS_READ, NONE),
            rule(GET, "/docs", STATUS_READ, NONE),
            rule(GET, "/swagger-ui/**", STATUS_READ, NONE),
            rule(GET, "/webjars/**", STATUS_READ, NONE),
            rule(GET, "/api/v1/services", REGISTRY_READ, FILTERED),
            rule(POST, "/api/v1/services", INSTANCE_WRITE, FILTERED),
            rule(GET, "/api/v1/services/{id}", REGISTRY_READ, FILTERED),
            rule(PUT, "/api/v1/services/{id}", INSTANCE_WRITE, FILTERED),
            rule(PATCH, "/api/v1/services/{id}", INSTANCE_WRITE, FILTERED),
            rule(DELETE, "/api/v1/services/{id}", INSTANCE_WRITE, FILTERED),
            rule(POST, "/api/v1/services/{id}/heartbeat", INSTANCE_RENEW, FILTERED),
            rule(POST, "/api/v1/heartbeats", INSTANCE_RENEW, FILTERED),
            rule(POST, "/api/v1/services/{id}/outcomes", OUTCOME_REPORT, FILTERED),
            rule(POST, "/api/v1/outcomes", OUTCOME_REPORT, FILTERED),
            rule(GET, "/api/v1/services/{id}/health", REGISTRY_READ, FILTERED),
            rule(POST, "/api/v1/services/{id}/health", CHECK_CONTROL, FILTERED),
            rule(POST, "/api/v1/services/{id}/monitoring", CHECK_CONTROL, FILTERED),
            rule(DELETE, "/api/v1/services/{id}/monitoring", CHECK_CONTROL, FILTERED),
            rule(GET, "/api/v1/health-monitor/stats", REGISTRY_READ, ALL),
            rule(GET, "/api/v1/services/{id}/history", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/services/{id}/view", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/services/{service_name}/instances", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/services/{service_name}/discoveries", AUDIT_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/services/{service_name}/uptime", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/services/{service_name}/timeline.svg", REGISTRY_READ, SINGLE_SERVICE),
            rule(POST, "/api/v1/services/{service_name}/restore", INSTANCE_RESTORE, SINGLE_SERVICE),
            rule(GET, "/api/v1/service-names", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/service-summaries", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/activity", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/discover", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/prometheus/targets", REGISTRY_READ, FILTERED),
            rule(GET, "/api/v1/watch", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/explain", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/load-balancer/{service_name}/stats", REGISTRY_READ, SINGLE_SERVICE),
            rule(DELETE, "/api/v1/load-balancer/{service_name}/stats", STATISTICS_RESET, SINGLE_SERVICE),
            rule(GET, "/api/v1/audit", AUDIT_READ, FILTERED),
            rule(GET, "/api/v1/diff", AUDIT_READ, FILTERED),
            rule(GET, "/api/v1/events", AUDIT_READ, FILTERED),
            rule(GET, "/api/v1/configurations/{service_name}", CONFIGURATION_READ, SINGLE_SERVICE),
            rule(PUT, "/api/v1/configurations/{service_name}", CONFIGURATION_WRITE, SINGLE_SERVICE),
            rule(DELETE, "/api/v1/configurations/{service_name}", CONFIGURATION_WRITE, SINGLE_SERVICE),
            rule(GET, "/api/v1/configurations/{service_name}/versions", CONFIGURATION_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/configurations/{service_name}/versions/{version}", CONFIGURATION_READ, SINGLE_SERVICE),
            rule(POST, "/api/v1/configurations/{service_name}/rollback", CONFIGURATION_WRITE, SINGLE_SERVICE),
            rule(GET, "/api/v1/configurations/{service_name}/diff", CONFIGURATION_READ, SINGLE_SERVICE),
            rule(GET, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_READ, SINGLE_SERVICE),
            rule(PUT, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_WRITE, SINGLE_SERVICE),
            rule(DELETE, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_WRITE, SINGLE_SERVICE),
            rule(GET, "/api/v1/admin/denials", DENIAL_READ, ALL),
            rule(GET, "/api/v1/admin/projections", PROJECTION_ADMIN, ALL),
            rule(GET, "/api/v1/admin/projections/{projection}", PROJECTION_ADMIN, ALL),
            rule(POST, "/api/v1/admin/projections/{projection}/rebuild", PROJECTION_ADMIN, ALL),
            rule(POST, "/api/v1/admin/projections/{projection}/verify", PROJECTION_ADMIN, ALL),
            rule(GET, "/api/v1/admin/export", PROJECTION_ADMIN, ALL),
            rule(GET, "/api/v1/admin/dead-letters", PROJECTION_ADMIN, ALL),
            rule(POST, "/api/v1/admin/dead-letters/{position}/retry", PROJECTION_ADMIN, ALL),
            rule(DELETE, "/api/v1/admin/dead-letters/{position}", PROJECTION_ADMIN, ALL),
            rule(GET, "/api/v1/admin/retention", RETENTION_ADMIN, ALL),
            rule(POST, "/api/v1/admin/retention", RETENTION_ADMIN, ALL),
            rule(GET, "/api/v1/admin/diagnostics", DIAGNOSTICS_READ, ALL),
            rule(GET, "/api/v1/admin/log-levels", LOG_ADMIN, ALL),
            rule(PUT, "/api/v1/admin/log-levels/{logger}", LOG_ADMIN, ALL),
            rule(DELETE, "/api/v1/admin/log-levels/{logger}", LOG_ADMIN, ALL),
            rule(GET, "/api/v1/admin/bridges", BRIDGE_ADMIN, ALL),
            rule(GET, "/api/v1/admin/bridges/{bridge}/plan", BRIDGE_ADMIN, ALL),
            rule(POST, "/api/v1/admin/bridges/{bridge}/pause", BRIDGE_ADMIN, ALL),
            rule(POST, "/api/v1/admin/bridges/{bridge}/resume", BRIDGE_ADMIN, ALL),
            rule(POST, "/api/v1/auth/token", TOKEN_ISSUE, NONE),
            rule(DELETE, "/api/v1/auth/sessions", TOKEN_ISSUE, NONE),
            rule(GET, "/api/v1/admin/api-keys", KEY_ADMIN, ALL),
            rule(POST, "/api/v1/admin/api-keys", KEY_ADMIN, ALL),
            rule(POST, "/api/v1/admin/api-keys/{key_id}/rotate", KEY_ADMIN, ALL),
            rule(DELETE, "/api/v1/admin/api-keys/{key_id}", KEY_ADMIN, ALL));

    /** All routes of the registry except the metrics. */
    static final List<RoutePermission> ROUTES = Stream.of(
                    UI_ROUTES, REST_ROUTES, EurekaPermissionTable.ROUTES, ConsulPermissionTable.ROUTES)
            .flatMap(List::stream)
            .toList();

    private static final Set<Permission> VIEWER_PERMISSIONS =
            EnumSet.of(HEALTH_READ, STATUS_READ, REGISTRY_READ, CONFIGURATION_READ, TOKEN_ISSUE);

    private static final Set<Permission> SERVICE_PERMISSIONS =
            with(VIEWER_PERMISSIONS, INSTANCE_WRITE, INSTANCE_RENEW, OUTCOME_REPORT);

    private static final Set<Permission> OPERATOR_PERMISSIONS =
            with(SERVICE_PERMISSIONS, CHECK_CONTROL, CHECK_DETAIL, CONFIGURATION_WRITE, STATISTICS_RESET, AUDIT_READ);

    private static final Map<Role, Set<Permission>> GRANTS = new EnumMap<>(Map.of(
            Role.VIEWER, VIEWER_PERMISSIONS,
            Role.SERVICE, SERVICE_PERMISSIONS,
            Role.OPERATOR, OPERATOR_PERMISSIONS,
            Role.ADMIN,
                    with(
                            OPERATOR_PERMISSIONS,
                            INSTANCE_RESTORE,
                            DENIAL_READ,
                            PROJECTION_ADMIN,
                            RETENTION_ADMIN,
                            BRIDGE_ADMIN,
                            DIAGNOSTICS_READ,
                            LOG_ADMIN,
                            KEY_ADMIN)));

    private PermissionTable() {}

    /** Returns the permissions of a role; a scoped role has them only within its scope. */
    static Set<Permission> permissionsOf(Role role) {
        return GRANTS.getOrDefault(role, Set.of());
    }

    private static RoutePermission rule(
            HttpMethod method, String template, Permission permission, ResourceScope scope) {
        return new RoutePermission(method, template, permission, scope);
    }

    private static Set<Permission> with(Set<Permission> base, Permission... more) {
        var all = EnumSet.copyOf(base);
        all.addAll(List.of(more));
        return all;
    }
}
