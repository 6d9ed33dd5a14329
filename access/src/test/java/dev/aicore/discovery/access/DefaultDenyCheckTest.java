package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aicore.discovery.config.testing.RawHttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tests that a route that the table of permissions doesn't list is closed. */
class DefaultDenyCheckTest {

    /** A route that its author forgot to list. */
    @RestController
    static class Careless {
        @GetMapping("/forgotten")
        String forgotten() {
            return "secret";
        }
    }

    @Test
    void unlistedRoute_isDeniedToAdmin() {
        try (var server = TestServer.on("127.0.0.1", Careless.class).run()) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            for (var path : List.of("/forgotten", "/forgotten;x=y", "/%66orgotten")) {
                assertThat(ask(port, "GET", path))
                        .as(path)
                        .startsWith("HTTP/1.1 403 ")
                        .contains("\"forbidden\"")
                        .doesNotContain("secret");
            }
            assertThat(ask(port, "HEAD", "/forgotten")).startsWith("HTTP/1.1 403 ");
            assertThat(ask(port, "OPTIONS", "/forgotten")).startsWith("HTTP/1.1 403 ");
            assertThat(ask(port, "POST", "/forgotten")).startsWith("HTTP/1.1 405 ");
            assertThat(ask(port, "GET", "/nowhere")).startsWith("HTTP/1.1 404 ");
            assertThat(ask(port, "GET", "/things/caller")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void permission_isIndependentOfPathSpelling() {
        var authorizer = new Authorizer(PermissionTable.ROUTES);
        for (var path : List.of("/api/v1/services", "/api/v1/services;x=y", "/%61pi/v1/services")) {
            assertThat(authorizer.find(HttpMethod.POST, PathContainer.parsePath(path)))
                    .as(path)
                    .extracting(RoutePermission::permission)
                    .isEqualTo(Permission.INSTANCE_WRITE);
            assertThat(authorizer.find(HttpMethod.HEAD, PathContainer.parsePath(path)))
                    .as(path)
                    .extracting(RoutePermission::permission)
                    .isEqualTo(Permission.REGISTRY_READ);
        }
        assertThat(authorizer.find(HttpMethod.DELETE, PathContainer.parsePath("/api/v1/admin/api-keys/%2e%2e")))
                .extracting(RoutePermission::permission)
                .isEqualTo(Permission.KEY_ADMIN);
        assertThat(authorizer.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/services/")))
                .isNull();
    }

    @Test
    void unlistedHotRoute_isRefused() {
        var authorizer = new Authorizer(PermissionTable.ROUTES);
        assertThatIllegalStateException().isThrownBy(() -> authorizer.required(HttpMethod.GET, "/hot"));
    }

    @Test
    void unknownRole_hasOnlyOpenPermissions() {
        assertThat(PermissionTable.OPEN).containsExactly(Permission.HEALTH_READ, Permission.UI_READ);
        for (var permission : Permission.values()) {
            boolean open = PermissionTable.OPEN.contains(permission);
            assertThat(Authorizer.isGranted("root", permission)).isEqualTo(open);
            assertThat(Authorizer.isGranted(Identity.NO_ROLE, permission)).isEqualTo(open);
            assertThat(Authorizer.isGranted("admin", permission)).isTrue();
        }
    }

    private static String ask(int port, String method, String path) {
        return RawHttpClient.send(port, method + " " + path + " HTTP/1.1", "Host: localhost", "Connection: close");
    }
}
