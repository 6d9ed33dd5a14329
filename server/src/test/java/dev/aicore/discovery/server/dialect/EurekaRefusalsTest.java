package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.dialect.DialectServer.Reply;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies what Eureka's protocol refuses, in its own form, and that nothing is half done. */
@Tag("integration")
class EurekaRefusalsTest {

    @TempDir
    static Path directory;

    private static DialectServer server;

    @BeforeAll
    static void start() {
        server = DialectServer.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply register(String app, EurekaDocument document) {
        return server.postJson("/eureka/apps/" + app, document.json());
    }

    private static Reply json(String path) {
        return server.get(path, "Accept", "application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    hostName       | ""                   | Missing hostname
                    hostName       | -                    | Missing hostname
                    ipAddr         | -                    | Missing ip address
                    dataCenterInfo | -                    | Missing dataCenterInfo
                    dataCenterInfo | {}                   | Missing dataCenterInfo Name
                    app            | "OTHER"              | Mismatched appName, expecting BAD but was OTHER
                    app            | -                    | Missing appName
                    """)
    void incompleteRegistration_isRefusedInEurekasWords(String member, String value, String message) {
        var document = EurekaDocument.ofSpring("BAD", "b1");
        var refused = register("bad", value == null ? document.without(member) : document.with(member, value));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo(message);
        assertThat(json("/eureka/apps/BAD").status()).isEqualTo(404);
    }

    @Test
    void registrationWithoutAnyId_isRefused() {
        var refused = register("bad", EurekaDocument.ofSpring("BAD", "").without("hostName"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("Missing instanceId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"instance\":",
                "{\"instance\":[]}",
                "{\"instance\":{\"app\":\"BAD\"",
                "not json"
            })
    void unreadableBody_isRefusedAsText(String body) {
        var refused = server.postJson("/eureka/apps/BAD", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    port           | {"$": 0, "@enabled": "true"}
                    port           | {"$": 65536, "@enabled": "true"}
                    port           | {"$": "http", "@enabled": "true"}
                    securePort     | {"$": -1, "@enabled": "false"}
                    dataCenterInfo | {"name": "Nowhere"}
                    countryId      | "germany"
                    hostName       | "not a host"
                    leaseInfo      | {"durationInSecs": "long"}
                    """)
    void badValue_isRefused(String member, String value) {
        var refused = register("bad", EurekaDocument.ofSpring("BAD", "b2").with(member, value));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.type()).startsWith("text/plain");
        assertThat(json("/eureka/apps/BAD").status()).isEqualTo(404);
    }

    @Test
    void hostileBody_isRefusedAndRegistersNothing() {
        var bomb = """
                <?xml version="1.0"?><!DOCTYPE instance [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
                <instance><app>BAD</app><hostName>&b;</hostName></instance>""";
        var file = """
                <?xml version="1.0"?><!DOCTYPE instance [<!ENTITY f SYSTEM "file:///etc/passwd">]>
                <instance><app>BAD</app><hostName>&f;</hostName></instance>""";
        var undeclared = "<instance><app>BAD</app><hostName>&f;</hostName></instance>";
        var deep = "<instance>" + "<a>".repeat(1_000) + "</a>".repeat(1_000) + "</instance>";
        for (var body : List.of(bomb, file, undeclared, deep, "<instance><app>BAD", "<instance/><instance/>", "")) {
            var refused = server.send("POST", "/eureka/apps/BAD", body, "Content-Type", "application/xml");
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.type()).startsWith("text/plain");
            assertThat(refused.body()).doesNotContain("root:");
        }
        var nested = "{\"instance\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(server.postJson("/eureka/apps/BAD", nested).status()).isEqualTo(400);
        var large = server.postJson("/eureka/apps/BAD", "{\"instance\":\"" + "x".repeat(10_000_000) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.type()).startsWith("text/plain");
        assertThat(json("/eureka/apps/BAD").status()).isEqualTo(404);
    }

    @Test
    void otherMediaTypeOrMethod_isRefusedAsText() {
        var document = EurekaDocument.ofSpring("BAD", "b3").json();
        assertThat(server.send("POST", "/eureka/apps/BAD", document, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(server.send(
                                "POST",
                                "/eureka/apps/OK",
                                EurekaDocument.ofSpring("OK", "o1").json(),
                                "Content-Type",
                                "application/json;charset=UTF-8")
                        .status())
                .isEqualTo(204);
        for (var request : List.of("POST /eureka/apps", "PUT /eureka/apps/BAD", "DELETE /eureka/v2/apps/BAD")) {
            var parts = request.split(" ", -1);
            var refused = server.send(parts[0], parts[1], null);
            assertThat(refused.status()).as(request).isEqualTo(405);
            assertThat(refused.type()).startsWith("text/plain");
        }
        assertThat(server.get("/eureka/nothing").status()).isEqualTo(404);
        assertThat(server.get("/eureka/nothing").type()).startsWith("text/plain");
        assertThat(server.get("/eurekas").type()).isEqualTo("application/problem+json");
    }
}
