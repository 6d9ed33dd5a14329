package dev.aicore.discovery.config.access;

import static dev.aicore.discovery.config.access.Permission.AUDIT_READ;
import static dev.aicore.discovery.config.access.Permission.CHECK_CONTROL;
import static dev.aicore.discovery.config.access.Permission.CHECK_DETAIL;
import static dev.aicore.discovery.config.access.Permission.CONFIGURATION_READ;
import static dev.aicore.discovery.config.access.Permission.CONFIGURATION_WRITE;
import static dev.aicore.discovery.config.access.Permission.DENIAL_READ;
import static dev.aicore.discovery.config.access.Permission.HEALTH_READ;
import static dev.aicore.discovery.config.access.Permission.INSTANCE_RENEW;
import static dev.aicore.discovery.config.access.Permission.INSTANCE_RESTORE;
import static dev.aicore.discovery.config.access.Permission.INSTANCE_WRITE;
import static dev.aicore.discovery.config.access.Permission.KEY_ADMIN;
import static dev.aicore.discovery.config.access.Permission.OUTCOME_REPORT;
import static dev.aicore.discovery.config.access.Permission.PROJECTION_ADMIN;
import static dev.aicore.discovery.config.access.Permission.REGISTRY_READ;
import static dev.aicore.discovery.config.access.Permission.RETENTION_ADMIN;
import static dev.aicore.discovery.config.access.Permission.STATISTICS_RESET;
import static dev.aicore.discovery.config.access.Permission.STATUS_READ;
import static dev.aicore.discovery.config.access.Permission.TOKEN_ISSUE;
import static dev.aicore.discovery.config.access.Subject.ALL;
import static dev.aicore.discovery.config.access.Subject.NAMED;
import static dev.aicore.discovery.config.access.Subject.NONE;
import static dev.aicore.discovery.config.access.Subject.SOUGHT;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;

/** The one table of who may do what: what each route asks for and which services it is about, and what each role has. What isn't here is denied. */
final class AccessTable {

    /** Every route of the registry but that of the metrics, whose path is a setting. */
    static final List<RouteRule> ROUTES = List.of(
            rule(GET, "/health", HEALTH_READ, NONE),
            rule(GET, "/api/v1/status", STATUS_READ, ALL),
            rule(GET, "/openapi", STATUS_READ, NONE),
            rule(GET, "/openapi.yaml", STATUS_READ, NONE),
            rule(GET, "/openapi/swagger-config", STATUS_READ, NONE),
            rule(GET, "/docs", STATUS_READ, NONE),
            rule(GET, "/swagger-ui/**", STATUS_READ, NONE),
            rule(GET, "/webjars/**", STATUS_READ, NONE),
            rule(GET, "/api/v1/services", REGISTRY_READ, SOUGHT),
            rule(POST, "/api/v1/services", INSTANCE_WRITE, SOUGHT),
            rule(GET, "/api/v1/services/{id}", REGISTRY_READ, SOUGHT),
            rule(PUT, "/api/v1/services/{id}", INSTANCE_WRITE, SOUGHT),
            rule(PATCH, "/api/v1/services/{id}", INSTANCE_WRITE, SOUGHT),
            rule(DELETE, "/api/v1/services/{id}", INSTANCE_WRITE, SOUGHT),
            rule(POST, "/api/v1/services/{id}/heartbeat", INSTANCE_RENEW, SOUGHT),
            rule(POST, "/api/v1/heartbeats", INSTANCE_RENEW, SOUGHT),
            rule(POST, "/api/v1/services/{id}/outcomes", OUTCOME_REPORT, SOUGHT),
            rule(GET, "/api/v1/services/{id}/health", REGISTRY_READ, SOUGHT),
            rule(POST, "/api/v1/services/{id}/health", CHECK_CONTROL, SOUGHT),
            rule(POST, "/api/v1/services/{id}/monitoring", CHECK_CONTROL, SOUGHT),
            rule(DELETE, "/api/v1/services/{id}/monitoring", CHECK_CONTROL, SOUGHT),
            rule(GET, "/api/v1/health-monitor/stats", REGISTRY_READ, ALL),
            rule(GET, "/api/v1/services/{id}/history", REGISTRY_READ, SOUGHT),
            rule(GET, "/api/v1/services/{service_name}/instances", REGISTRY_READ, NAMED),
            rule(GET, "/api/v1/services/{service_name}/uptime", REGISTRY_READ, NAMED),
            rule(GET, "/api/v1/services/{service_name}/timeline.svg", REGISTRY_READ, NAMED),
            rule(POST, "/api/v1/services/{service_name}/restore", INSTANCE_RESTORE, NAMED),
            rule(GET, "/api/v1/service-names", REGISTRY_READ, SOUGHT),
            rule(GET, "/api/v1/discover", REGISTRY_READ, NAMED),
            rule(GET, "/api/v1/watch", REGISTRY_READ, NAMED),
            rule(GET, "/api/v1/explain", REGISTRY_READ, NAMED),
            rule(GET, "/api/v1/load-balancer/{service_name}/stats", REGISTRY_READ, NAMED),
            rule(DELETE, "/api/v1/load-balancer/{service_name}/stats", STATISTICS_RESET, NAMED),
            rule(GET, "/api/v1/audit", AUDIT_READ, SOUGHT),
            rule(GET, "/api/v1/diff", AUDIT_READ, SOUGHT),
            rule(GET, "/api/v1/events", AUDIT_READ, SOUGHT),
            rule(GET, "/api/v1/configurations/{service_name}", CONFIGURATION_READ, NAMED),
            rule(PUT, "/api/v1/configurations/{service_name}", CONFIGURATION_WRITE, NAMED),
            rule(DELETE, "/api/v1/configurations/{service_name}", CONFIGURATION_WRITE, NAMED),
            rule(GET, "/api/v1/configurations/{service_name}/versions", CONFIGURATION_READ, NAMED),
            rule(GET, "/api/v1/configurations/{service_name}/versions/{version}", CONFIGURATION_READ, NAMED),
            rule(POST, "/api/v1/configurations/{service_name}/rollback", CONFIGURATION_WRITE, NAMED),
            rule(GET, "/api/v1/configurations/{service_name}/diff", CONFIGURATION_READ, NAMED),
            rule(GET, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_READ, NAMED),
            rule(PUT, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_WRITE, NAMED),
            rule(DELETE, "/api/v1/configurations/{service_name}/schema", CONFIGURATION_WRITE, NAMED),
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
            rule(POST, "/api/v1/auth/token", TOKEN_ISSUE, NONE),
            rule(GET, "/api/v1/admin/api-keys", KEY_ADMIN, ALL),
            rule(POST, "/api/v1/admin/api-keys", KEY_ADMIN, ALL),
            rule(POST, "/api/v1/admin/api-keys/{key_id}/rotate", KEY_ADMIN, ALL),
            rule(DELETE, "/api/v1/admin/api-keys/{key_id}", KEY_ADMIN, ALL));

    private static final Set<Permission> OF_VIEWERS =
            EnumSet.of(HEALTH_READ, STATUS_READ, REGISTRY_READ, CONFIGURATION_READ, TOKEN_ISSUE);

    private static final Set<Permission> OF_SERVICES = with(OF_VIEWERS, INSTANCE_WRITE, INSTANCE_RENEW, OUTCOME_REPORT);

    private static final Set<Permission> OF_OPERATORS =
            with(OF_SERVICES, CHECK_CONTROL, CHECK_DETAIL, CONFIGURATION_WRITE, STATISTICS_RESET, AUDIT_READ);

    private static final Map<Role, Set<Permission>> GRANTS = new EnumMap<>(Map.of(
            Role.VIEWER, OF_VIEWERS,
            Role.SERVICE, OF_SERVICES,
            Role.OPERATOR, OF_OPERATORS,
            Role.ADMIN,
                    with(OF_OPERATORS, INSTANCE_RESTORE, DENIAL_READ, PROJECTION_ADMIN, RETENTION_ADMIN, KEY_ADMIN)));

    private AccessTable() {}

    /** What that role may do, wherever it may do anything. */
    static Set<Permission> grants(Role role) {
        return GRANTS.getOrDefault(role, Set.of());
    }

    private static RouteRule rule(HttpMethod method, String template, Permission permission, Subject subject) {
        return new RouteRule(method, template, permission, subject);
    }

    private static Set<Permission> with(Set<Permission> base, Permission... more) {
        var all = EnumSet.copyOf(base);
        all.addAll(List.of(more));
        return all;
    }
}
