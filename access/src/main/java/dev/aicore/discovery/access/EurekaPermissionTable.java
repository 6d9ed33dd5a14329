package dev.aicore.discovery.access;

import static dev.aicore.discovery.access.Permission.INSTANCE_RENEW;
import static dev.aicore.discovery.access.Permission.INSTANCE_WRITE;
import static dev.aicore.discovery.access.Permission.REGISTRY_READ;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * Routes of the protocols of other registries, a part of {@link PermissionTable}. Each requires the permission of the
 * route of the REST API that does the same. All filter by {@link Caller#reach}.
 */
final class EurekaPermissionTable {

    static final List<RoutePermission> ROUTES = Stream.of("/eureka", "/eureka/v2")
            .flatMap(EurekaPermissionTable::eureka)
            .toList();

    private EurekaPermissionTable() {}

    private static Stream<RoutePermission> eureka(String prefix) {
        return Stream.of(
                rule(GET, prefix + "/apps", REGISTRY_READ),
                rule(GET, prefix + "/apps/", REGISTRY_READ),
                rule(GET, prefix + "/apps/delta", REGISTRY_READ),
                rule(GET, prefix + "/apps/delta/", REGISTRY_READ),
                rule(GET, prefix + "/apps/{app}", REGISTRY_READ),
                rule(GET, prefix + "/apps/{app}/{id}", REGISTRY_READ),
                rule(GET, prefix + "/instances/{id}", REGISTRY_READ),
                rule(GET, prefix + "/vips/{vip}", REGISTRY_READ),
                rule(GET, prefix + "/svips/{vip}", REGISTRY_READ),
                rule(POST, prefix + "/apps/{app}", INSTANCE_WRITE),
                rule(PUT, prefix + "/apps/{app}/{id}", INSTANCE_RENEW),
                rule(DELETE, prefix + "/apps/{app}/{id}", INSTANCE_WRITE),
                rule(PUT, prefix + "/apps/{app}/{id}/status", INSTANCE_WRITE),
                rule(DELETE, prefix + "/apps/{app}/{id}/status", INSTANCE_WRITE),
                rule(PUT, prefix + "/apps/{app}/{id}/metadata", INSTANCE_WRITE));
    }

    private static RoutePermission rule(HttpMethod method, String template, Permission permission) {
        return new RoutePermission(method, template, permission, ResourceScope.FILTERED);
    }
}
