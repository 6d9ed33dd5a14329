package dev.aicore.discovery.access;

import static dev.aicore.discovery.access.Permission.CONFIGURATION_READ;
import static dev.aicore.discovery.access.Permission.CONFIGURATION_WRITE;
import static dev.aicore.discovery.access.Permission.INSTANCE_RENEW;
import static dev.aicore.discovery.access.Permission.INSTANCE_WRITE;
import static dev.aicore.discovery.access.Permission.REGISTRY_READ;
import static dev.aicore.discovery.access.Permission.STATUS_READ;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.FILTERED;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.NONE;
import static dev.aicore.discovery.access.RoutePermission.ResourceScope.SINGLE_SERVICE;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Routes of Consul's protocol, a part of {@link PermissionTable}. Each requires the permission of the route of the REST
 * API that does the same.
 */
final class ConsulPermissionTable {

    static final List<RoutePermission> ROUTES = List.of(
            rule(PUT, "/v1/agent/service/register", INSTANCE_WRITE, FILTERED),
            rule(PUT, "/v1/agent/service/deregister/{service_id}", INSTANCE_WRITE, FILTERED),
            rule(PUT, "/v1/agent/service/maintenance/{service_id}", INSTANCE_WRITE, FILTERED),
            rule(PUT, "/v1/agent/check/pass/{check_id}", INSTANCE_RENEW, FILTERED),
            rule(PUT, "/v1/agent/check/warn/{check_id}", INSTANCE_RENEW, FILTERED),
            rule(PUT, "/v1/agent/check/fail/{check_id}", INSTANCE_RENEW, FILTERED),
            rule(PUT, "/v1/agent/check/update/{check_id}", INSTANCE_RENEW, FILTERED),
            rule(PUT, "/v1/agent/check/register", INSTANCE_WRITE, FILTERED),
            rule(PUT, "/v1/agent/check/deregister/{check_id}", INSTANCE_WRITE, FILTERED),
            rule(GET, "/v1/agent/services", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/agent/service/{service_id}", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/agent/checks", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/agent/health/service/id/{service_id}", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/agent/health/service/name/{service_name}", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/v1/agent/self", STATUS_READ, NONE),
            rule(GET, "/v1/catalog/services", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/catalog/service/{service_name}", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/v1/catalog/nodes", STATUS_READ, NONE),
            rule(GET, "/v1/catalog/node/{node}", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/catalog/datacenters", STATUS_READ, NONE),
            rule(GET, "/v1/health/service/{service_name}", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/v1/health/checks/{service_name}", REGISTRY_READ, SINGLE_SERVICE),
            rule(GET, "/v1/health/state/{state}", REGISTRY_READ, FILTERED),
            rule(GET, "/v1/status/leader", STATUS_READ, NONE),
            rule(GET, "/v1/status/peers", STATUS_READ, NONE),
            rule(GET, "/v1/kv/**", CONFIGURATION_READ, FILTERED),
            rule(PUT, "/v1/kv/**", CONFIGURATION_WRITE, FILTERED),
            rule(DELETE, "/v1/kv/**", CONFIGURATION_WRITE, FILTERED),
            rule(GET, "/v1/session/**", STATUS_READ, NONE),
            rule(PUT, "/v1/session/**", CONFIGURATION_WRITE, NONE),
            rule(PUT, "/v1/txn", CONFIGURATION_WRITE, NONE));

    private ConsulPermissionTable() {}

    private static RoutePermission rule(
            HttpMethod method, String template, Permission permission, ResourceScope scope) {
        return new RoutePermission(method, template, permission, scope);
    }
}
