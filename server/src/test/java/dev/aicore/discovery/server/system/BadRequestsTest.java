package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends invalid requests of every kind to the running server: each is refused in the same form, and none has an effect.
 */
@Tag("integration")
class BadRequestsTest {

    private static final List<InvalidRequest> BODIES = List.of(
            InvalidRequest.without("name", "{'address':'10.0.0.9','port':80}", "1 to 128"),
            InvalidRequest.without("address", "{'name':'bad','port':80}", "1 to 1024 characters"),
            InvalidRequest.without("port", "{'name':'bad','address':'10.0.0.9'}", "1 to 65535"),
            InvalidRequest.registration("name null", "'name':null", "name", "null", "1 to 128"),
            InvalidRequest.registration("port null", "'port':null", "port", "null", "1 to 65535"),
            InvalidRequest.registration("unknown field", "'prot':'http'", "prot", "http", "port")
                    .coded("unknown_field"),
            InvalidRequest.registration(
                            "unknown nested field",
                            "'health_check':{'check_type':'http','intervall':5}",
                            "health_check.intervall",
                            "5",
                            "interval")
                    .coded("unknown_field"),
            InvalidRequest.registration("port 0", "'port':0", "port", "0", "1 to 65535"),
            InvalidRequest.registration("port 70000", "'port':70000", "port", "70000", "1 to 65535"),
            InvalidRequest.registration("port as text", "'port':'80'", "port", "80", "an integer"),
            InvalidRequest.registration("port a fraction", "'port':80.5", "port", "80.5", "an integer"),
            InvalidRequest.registration("port beyond every number", "'port':1e99", "port", "1", "an integer"),
            InvalidRequest.registration("name a number", "'name':7", "name", "7", "1 to 128"),
            InvalidRequest.registration(
                    "name with a hyphen first", "'name':'-web'", "name", "-web", "letter or a digit"),
            InvalidRequest.registration("name with a space", "'name':'my web'", "name", "my web", "A-Z a-z 0-9"),
            InvalidRequest.registration("name too long", "'name':'" + "n".repeat(129) + "'", "name", "nnn", "1 to 128"),
            InvalidRequest.registration("NUL in the name", "'name':'a\\u0000b'", "name", "a", "1 to 128"),
            InvalidRequest.registration("address empty", "'address':''", "address", "", "1 to 1024 characters"),
            InvalidRequest.registration("address with a space", "'address':'a b'", "address", "a b", "IP address"),
            InvalidRequest.registration(
                    "address not in range", "'address':'999.1.1.1'", "address", "999.1.1.1", "IP address"),
            InvalidRequest.registration("address half IPv6", "'address':'[::zz]'", "address", "[::zz]", "IP address"),
            InvalidRequest.registration("protocol unknown", "'protocol':'udp'", "protocol", "udp", "http"),
            InvalidRequest.registration("weight negative", "'weight':-1", "weight", "-1", "0 to 65535"),
            InvalidRequest.registration("ttl too short", "'ttl':4", "ttl", "4", "5 to 86400"),
            InvalidRequest.registration("ttl 0 without a check", "'ttl':0", "ttl", "0", "a health_check"),
            InvalidRequest.registration("metadata an array", "'metadata':['a']", "metadata", "[\"a\"]", "an object"),
            InvalidRequest.registration("metadata with a number", "'metadata':{'a':1}", "metadata.a", "1", "a string"),
            InvalidRequest.registration("tags a text", "'tags':'blue'", "tags", "blue", "an array"),
            InvalidRequest.registration(
                    "65 tags", "'tags':[" + "'t',".repeat(64) + "'t']", "tags", "[\"t\"", "at most 64 strings"),
            InvalidRequest.registration("id with a space", "'id':'a b'", "id", "a b", "1 to 256"),
            InvalidRequest.registration("namespace unknown", "'namespace':'other'", "namespace", "other", "default"),
            InvalidRequest.post("array for an object", "[1]", 400, "validation_failed", "body", "[1]", "a JSON object"),
            InvalidRequest.malformed("no body", "", "", "a JSON object"),
            InvalidRequest.malformed("broken JSON", "{\"name\":", "{\"name\":", "one JSON value"),
            InvalidRequest.malformed("more after the end", "{} {}", "{}", "nothing"),
            InvalidRequest.malformed("broken UTF-8", "{\"\u00c3(\"}", "0xC3", "UTF-8"),
            InvalidRequest.malformed(
                    "nested 40 deep", "{\"metadata\":" + "[".repeat(40) + "]".repeat(40) + "}", "[", "32 levels"),
            InvalidRequest.post(
                    "a name given twice",
                    "{\"port\":80,\"port\":81}",
                    400,
                    "malformed_json",
                    "port",
                    "81",
                    "at most once"),
            InvalidRequest.post(
                            "parameter beside a body",
                            "{}",
                            400,
                            "unknown_parameter",
                            "dry_run",
                            "true",
                            "no parameters")
                    .to("POST /api/v1/services?dry_run=true"),
            InvalidRequest.post(
                    "1 MB", " ".repeat(1 << 20), 413, "body_too_large", "body", "1048576 bytes", "65536 bytes"),
            InvalidRequest.post("text", "{}", 400, "", "Content-Type", "text/plain", "application/json")
                    .sentAs(415, "unsupported_media_type", "Content-Type: text/plain"),
            InvalidRequest.post("gzip", "{}", 400, "", "Content-Encoding", "gzip", "no content encoding")
                    .sentAs(415, "unsupported_media_type", "Content-Type: application/json", "Content-Encoding: gzip"),
            InvalidRequest.post(
                            "heartbeat of another",
                            "{\"service_id\":\"other\"}",
                            400,
                            "validation_failed",
                            "service_id",
                            "other",
                            "good")
                    .to("POST /api/v1/services/good/heartbeat"),
            InvalidRequest.post(
                            "heartbeat with a made-up status",
                            "{\"status\":\"fine\"}",
                            400,
                            "validation_failed",
                            "status",
                            "fine",
                            "healthy")
                    .to("POST /api/v1/services/good/heartbeat"));

    private static final List<InvalidRequest> REQUESTS = List.of(
            InvalidRequest.bare(
                    "no such path", "GET /api/v1/servces", 404, "not_found", "path", "/api/v1/servces", "a path"),
            InvalidRequest.bare(
                    "no such instance",
                    "GET /api/v1/services/nobody",
                    404,
                    "unknown_instance",
                    "service_id",
                    "nobody",
                    "present"),
            InvalidRequest.bare(
                    "path with a broken escape",
                    "GET /api/v1/services/%zz",
                    400,
                    "bad_request",
                    "request",
                    "",
                    "valid URI"),
            InvalidRequest.bare("path with a NUL", "GET /api/v1/services/a%00b", 400, "bad_request", "path", "%00", ""),
            InvalidRequest.bare(
                    "id with a space",
                    "GET /api/v1/services/a%20b",
                    400,
                    "validation_failed",
                    "service_id",
                    "a b",
                    "1 to 256"),
            InvalidRequest.bare(
                    "wrong method", "PUT /api/v1/discover", 405, "method_not_allowed", "method", "PUT", "GET"),
            InvalidRequest.bare(
                    "cursor of nothing",
                    "GET /api/v1/services?cursor=AAAA",
                    400,
                    "validation_failed",
                    "cursor",
                    "AAAA",
                    "next_cursor"),
            InvalidRequest.bare(
                    "limit 0", "GET /api/v1/services?limit=0", 400, "validation_failed", "limit", "0", "1 to 1000"),
            InvalidRequest.bare(
                    "limit in words",
                    "GET /api/v1/services?limit=ten",
                    400,
                    "validation_failed",
                    "limit",
                    "ten",
                    "an integer"),
            InvalidRequest.bare(
                    "limit given twice",
                    "GET /api/v1/services?limit=1&limit=2",
                    400,
                    "validation_failed",
                    "limit",
                    "1, 2",
                    "one value"),
            InvalidRequest.bare(
                    "parameter of a deregistration",
                    "DELETE /api/v1/services/any?force=true",
                    400,
                    "unknown_parameter",
                    "force",
                    "true",
                    "no parameters"),
            InvalidRequest.bare(
                    "misspelt parameter",
                    "GET /api/v1/services?servicename=web",
                    400,
                    "unknown_parameter",
                    "servicename",
                    "web",
                    "service_name"),
            InvalidRequest.bare(
                    "status that there isn't",
                    "GET /api/v1/services?status=well",
                    400,
                    "validation_failed",
                    "status",
                    "well",
                    "healthy"),
            InvalidRequest.bare(
                    "discovering nothing",
                    "GET /api/v1/discover",
                    400,
                    "validation_failed",
                    "service_name",
                    "",
                    "1 to 128"),
            InvalidRequest.bare(
                    "strategy that there isn't",
                    "GET /api/v1/discover?service_name=web&load_balancing_strategy=best",
                    400,
                    "validation_failed",
                    "load_balancing_strategy",
                    "best",
                    "round_robin"),
            InvalidRequest.bare(
                    "position below 0",
                    "GET /api/v1/services?min_position=-1",
                    400,
                    "validation_failed",
                    "min_position",
                    "-1",
                    "0 to"),
            InvalidRequest.bare(
                    "wait of a day",
                    "GET /api/v1/services?wait=24h",
                    400,
                    "validation_failed",
                    "wait",
                    "24h",
                    "0s to 30s"),
            InvalidRequest.bare(
                            "media type that nobody answers",
                            "GET /api/v1/services",
                            406,
                            "not_acceptable",
                            "Accept",
                            "text/html",
                            "application/json")
                    .sentAs(406, "not_acceptable", "Accept: text/html"),
            InvalidRequest.bare(
                    "request line too long",
                    "GET /api/v1/services?tag=" + "a".repeat(17_000),
                    414,
                    "uri_too_long",
                    "request",
                    "",
                    ""),
            InvalidRequest.bare(
                            "headers too large", "GET /api/v1/services", 431, "headers_too_large", "request", "", "")
                    .sentAs(431, "headers_too_large", "X-Large: " + "a".repeat(9_000)));

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
        port = URI.create(registry.address()).getPort();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void malformedRequests_areLoggedOncePerMinute() throws IOException {
        for (int caller = 0; caller < 50; caller++) {
            assertThat(InvalidRequestSender.answerTo(port, "NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
        // One line for each minute that this test took.
        assertThat(Files.readAllLines(directory.resolve("registry.log")))
                .filteredOn(
                        line -> line.contains("Decoding failed") || line.contains("malformed requests were refused"))
                .hasSizeBetween(1, 5);
    }

    @Test
    void invalidRequest_isRefusedWithReasonAndWithoutEffect() throws IOException {
        var good = registry.post("/api/v1/services", RegistryStoryTest.body("good", "web", 86_400));
        assertThat(good.status()).isEqualTo(201);
        registry.get("/api/v1/services/good?wait=20s&min_position="
                + good.body().at("/meta/position").asString());
        var before = storeState();

        System.out.println("| request | status | code | field | rejected | expected |");
        var invalidRequests = Stream.concat(BODIES.stream(), REQUESTS.stream()).toList();
        for (var invalidRequest : invalidRequests) {
            InvalidRequestSender.assertRefused(port, invalidRequest);
        }

        assertThat(invalidRequests).hasSizeGreaterThanOrEqualTo(40);
        assertThat(storeState()).isEqualTo(before);
    }

    /** Returns the position of the store and the number of registrations, which a refusal must not change. */
    private static String storeState() throws IOException {
        var status = registry.get("/api/v1/status").body().path("data");
        return status.at("/store/position") + " " + status.at("/registry");
    }
}
