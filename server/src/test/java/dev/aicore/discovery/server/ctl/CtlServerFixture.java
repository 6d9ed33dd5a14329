package dev.aicore.discovery.server.ctl;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Registry with some history, of which the positions {@code from} to {@code to} are exported. */
abstract class CtlServerFixture {

    static final String SCHEMA = "/api/v1/configurations/shop/schema";

    @TempDir
    static Path directory;

    static CtlServer server;
    static JsonNode schema;
    static long from;
    static long to;

    @BeforeAll
    static void start() {
        server = CtlServer.start(directory.resolve("data"));
        register("shop-0", "10.0.0.10", "\"version\":\"1.0.0\"");
        register("shop-1", "10.0.0.1", "\"version\":\"1.2.0\",\"weight\":100,\"tags\":[\"blue\"],\"zone\":\"a\"");
        register(
                "shop-2",
                "10.0.0.2",
                "\"version\":\"2.0.0\",\"weight\":50,\"metadata\":{\"region\":\"eu\"},\"zone\":\"b\"");
        server.write(
                "PUT",
                "/api/v1/configurations/shop",
                "{\"pool\":{\"size\":0.10,\"rate\":12345678901234567.89,\"most\":1e400}}");
        server.write("PUT", SCHEMA, "{\"type\":\"object\",\"minProperties\":1}");
        server.write("DELETE", "/api/v1/services/shop-0", "");
        from = server.write("PUT", "/api/v1/services/shop-1", "{\"weight\":70,\"reason\":\"slow disk\"}");
        register("shop-3", "10.0.0.3", "\"version\":\"1.9.0\",\"tags\":[\"blue\"]");
        server.write("PUT", "/api/v1/services/shop-2", "{\"status\":\"maintenance\",\"reason\":\"new disk\"}");
        server.write("PUT", "/api/v1/configurations/shop", "{\"pool\":{\"size\":30}}");
        server.write(
                "POST",
                "/api/v1/admin/api-keys",
                "{\"principal\":\"orders\",\"role\":\"viewer\",\"description\":\"in the window\"}");
        to = server.write("DELETE", "/api/v1/services/shop-1", "");
        register("later-1", "10.0.1.1", "\"version\":\"1.0.0\"", "later");
        schema = server.send(server.base(), "GET", SCHEMA, "").body().path("data");
        server.write("PUT", SCHEMA, "{}");
    }

    static void register(String id, String address, String more) {
        register(id, address, more, "shop");
    }

    static void register(String id, String address, String more, String service) {
        server.write(
                "POST",
                "/api/v1/services",
                "{\"id\":\"" + id + "\",\"name\":\"" + service + "\",\"address\":\"" + address
                        + "\",\"port\":80,\"ttl\":3600," + more + "}");
    }
}
