package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.dialect.DialectServer.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Verifies Eureka's protocol against a running server: documents, representations, ids and history. */
@Tag("integration")
class EurekaRoutesTest {

    private static final String JSON = "application/json";

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

    /** Registers like a client: tries again as long as the server asks for that. */
    private static Reply register(String app, EurekaDocument document) {
        return await().until(
                        () -> server.postJson("/eureka/apps/" + app, document.json()), reply -> reply.status() != 503);
    }

    /** Returns the answer of a native read that contains all writes so far. */
    private static JsonNode nativeRead(String path) {
        var answer = server.get(path + (path.contains("?") ? "&" : "?") + "min_position=" + position());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String position() {
        return json("/eureka/apps").headers().firstValue("X-Registry-Position").orElseThrow();
    }

    private static Reply json(String path) {
        return server.get(path, "Accept", JSON);
    }

    @Test
    void springRegistration_isFoundInBothDialects() {
        var posted = register("SHOP-FRONT", EurekaDocument.ofSpring("SHOP-FRONT", "192.0.2.2:Shop-Front:8080"));
        assertThat(posted.status()).as(posted.body()).isEqualTo(204);
        assertThat(posted.body()).isEmpty();

        var found = nativeRead("/api/v1/discover?service_name=Shop-Front").at("/data/services/0");
        assertThat(found.at("/id").asString()).isEqualTo("shop-front:192.0.2.2:Shop-Front:8080");
        assertThat(found.at("/address").asString()).isEqualTo("192.0.2.2");
        assertThat(found.at("/port").asInt()).isEqualTo(8080);
        assertThat(found.at("/ttl").asInt()).isEqualTo(90);
        assertThat(found.at("/metadata/management.port").asString()).isEqualTo("8080");
        assertThat(found.at("/metadata/eureka.instance-id").asString()).isEqualTo("192.0.2.2:Shop-Front:8080");

        var instance = json("/eureka/apps/shop-front/192.0.2.2%3AShop-Front%3A8080")
                .json()
                .at("/instance");
        assertThat(instance.at("/app").asString()).isEqualTo("SHOP-FRONT");
        assertThat(instance.at("/instanceId").asString()).isEqualTo("192.0.2.2:Shop-Front:8080");
        assertThat(instance.at("/vipAddress").asString()).isEqualTo("Shop-Front");
        assertThat(instance.at("/port")).hasToString("{\"$\":8080,\"@enabled\":\"true\"}");
        assertThat(instance.at("/securePort")).hasToString("{\"$\":443,\"@enabled\":\"false\"}");
        assertThat(instance.at("/homePageUrl").asString()).isEqualTo("http://192.0.2.2:8080/");
        assertThat(instance.at("/lastDirtyTimestamp")).hasToString("\"1796076353269\"");
        assertThat(instance.at("/countryId").isNumber()).isTrue();
        assertThat(instance.at("/leaseInfo/durationInSecs").asInt()).isEqualTo(90);
        assertThat(instance.at("/metadata")).hasToString("{\"management.port\":\"8080\"}");
        assertThat(instance.at("/isCoordinatingDiscoveryServer")).hasToString("\"false\"");
        assertThat(instance.at("/actionType").asString()).isEqualTo("ADDED");
        assertThat(instance.has("appGroupName")).as("member that was null").isFalse();
    }

    @Test
    void nativeInstance_appearsInEureka() {
        var registered = server.postJson("/api/v1/services", """
                {"id": "payments-1", "name": "Payments", "address": "10.0.0.9", "port": 9090, "ttl": 60}""");
        assertThat(registered.status()).isEqualTo(201);

        var instance = json("/eureka/v2/apps/PAYMENTS/payments-1").json().at("/instance");
        assertThat(instance.at("/instanceId").asString()).isEqualTo("payments-1");
        assertThat(instance.at("/hostName").asString()).isEqualTo("10.0.0.9");
        assertThat(instance.at("/ipAddr").asString()).isEqualTo("10.0.0.9");
        assertThat(instance.at("/vipAddress").asString()).isEqualTo("Payments");
        assertThat(instance.at("/secureVipAddress").asString()).isEqualTo("Payments");
        assertThat(instance.at("/dataCenterInfo/name").asString()).isEqualTo("MyOwn");
        assertThat(instance.at("/leaseInfo/durationInSecs").asInt()).isEqualTo(60);
        assertThat(instance.at("/status").asString()).isEqualTo("UP");
        assertThat(json("/eureka/vips/Payments")
                        .json()
                        .at("/applications/application/0/name")
                        .asString())
                .isEqualTo("PAYMENTS");

        assertThat(server.put("/eureka/apps/payments/payments-1").status()).isEqualTo(200);
        assertThat(server.delete("/eureka/apps/payments/payments-1").status()).isEqualTo(200);
        assertThat(server.get("/api/v1/services/payments-1?min_position=" + position())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nodeRegistration_withDefaults_hasTheHostNameAsId() {
        assertThat(register("node-desk", EurekaDocument.ofNode("node-desk", "h1"))
                        .status())
                .isEqualTo(204);

        var instance = json("/eureka/apps/NODE-DESK/h1").json().at("/instance");
        assertThat(instance.has("instanceId")).isFalse();
        assertThat(instance.at("/securePort")).hasToString("{\"$\":7002,\"@enabled\":\"false\"}");
        assertThat(instance.at("/leaseInfo/renewalIntervalInSecs").asInt()).isEqualTo(30);
        assertThat(instance.at("/metadata")).hasToString("{\"@class\":\"java.util.Collections$EmptyMap\"}");
        assertThat(json("/eureka/vips/desk.example")
                        .json()
                        .at("/applications/application/0/name")
                        .asString())
                .isEqualTo("NODE-DESK");
        assertThat(nativeRead("/api/v1/services?service_name=node-desk")
                        .at("/data/services")
                        .size())
                .isEqualTo(1);
        assertThat(server.put("/eureka/v2/apps/node-desk/h1").status()).isEqualTo(200);
        assertThat(server.delete("/eureka/v2/apps/node-desk/h1").status()).isEqualTo(200);
        assertThat(server.delete("/eureka/v2/apps/node-desk/h1").status()).isEqualTo(404);
    }

    @Test
    void sameIdInTwoApplications_areTwoInstances() {
        register("ORDERS", EurekaDocument.ofNode("ORDERS", "twin"));
        register("BILLING", EurekaDocument.ofNode("BILLING", "twin"));

        assertThat(json("/eureka/instances/twin").json().at("/instance/app").asString())
                .isEqualTo("BILLING");
        assertThat(server.delete("/eureka/apps/BILLING/twin").status()).isEqualTo(200);
        assertThat(json("/eureka/instances/twin").json().at("/instance/app").asString())
                .isEqualTo("ORDERS");
        assertThat(server.delete("/eureka/apps/ORDERS/twin").status()).isEqualTo(200);
        assertThat(json("/eureka/instances/twin").status()).isEqualTo(404);
        assertThat(json("/eureka/apps/ORDERS").status()).isEqualTo(404);
    }

    @Test
    void unusualDocument_isGivenBackAsItCame() {
        var document = EurekaDocument.ofSpring("ODD", "a b/ü:1")
                .with("hostName", "\"Host.Example\"")
                .with("port", "{\"$\": 8081, \"@enabled\": \"false\"}")
                .with("securePort", "{\"$\": \"8443\", \"@enabled\": true}")
                .with("countryId", "49")
                .with("leaseInfo", "{\"renewalIntervalInSecs\": 2, \"durationInSecs\": 3}")
                .with("appGroupName", "\"GROUP\"")
                .with("asgName", "\"asg\"")
                .with("metadata", "{\"n\": 7, \"b\": true, \"x\": null, \"eureka.status\": \"mine\", \"_a$\": \"v\"}")
                .with("dataCenterInfo", """
                        {"@class": "com.netflix.appinfo.AmazonInfo", "name": "Amazon",
                         "metadata": {"instance-id": "i-1", "local-ipv4": "10.0.0.1"}}""");
        assertThat(register("odd", document).status()).isEqualTo(204);

        var instance = json("/eureka/apps/ODD/a%20b%2F%C3%BC%3A1").json().at("/instance");
        assertThat(instance.at("/instanceId").asString()).isEqualTo("a b/ü:1");
        assertThat(instance.at("/hostName").asString()).isEqualTo("Host.Example");
        assertThat(instance.at("/port")).hasToString("{\"$\":8081,\"@enabled\":\"false\"}");
        assertThat(instance.at("/securePort")).hasToString("{\"$\":8443,\"@enabled\":\"true\"}");
        assertThat(instance.at("/countryId").asInt()).isEqualTo(49);
        assertThat(instance.at("/leaseInfo/durationInSecs").asInt()).isEqualTo(3);
        assertThat(instance.at("/appGroupName").asString()).isEqualTo("GROUP");
        assertThat(instance.at("/asgName").asString()).isEqualTo("asg");
        assertThat(instance.at("/metadata"))
                .hasToString("{\"_a$\":\"v\",\"b\":\"true\",\"eureka.status\":\"mine\",\"n\":\"7\"}");
        assertThat(instance.at("/dataCenterInfo"))
                .hasToString("{\"@class\":\"com.netflix.appinfo.AmazonInfo\",\"name\":\"Amazon\","
                        + "\"metadata\":{\"instance-id\":\"i-1\",\"local-ipv4\":\"10.0.0.1\"}}");

        var stored = nativeRead("/api/v1/services?service_name=Odd").at("/data/services/0");
        assertThat(stored.at("/id").asString()).isEqualTo("odd:a@20b@2F@C3@BC:1");
        assertThat(stored.at("/protocol").asString()).isEqualTo("https");
        assertThat(stored.at("/port").asInt()).isEqualTo(8443);
        assertThat(stored.at("/ttl").asInt()).isEqualTo(5);

        var xml = server.get("/eureka/apps/ODD").body();
        assertThat(xml).contains("<__a_->v</__a_->", "<port enabled=\"false\">8081</port>");
        server.delete("/eureka/apps/ODD/a%20b%2F%C3%BC%3A1");
    }

    @Test
    void xmlRegistration_isReadBackInXml() {
        var posted = server.send("POST", "/eureka/apps/XMLAPP", """
                <?xml version="1.0" encoding="UTF-8"?>
                <instance><instanceId>x1</instanceId><hostName>xml.example</hostName><app>XMLAPP</app>
                <ipAddr>10.1.1.1</ipAddr><status>UP</status><overriddenstatus>UNKNOWN</overriddenstatus>
                <port enabled="true">8080</port><securePort enabled="false">443</securePort><countryId>1</countryId>
                <dataCenterInfo class="com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"><name>MyOwn</name></dataCenterInfo>
                <metadata><zone__name>a&amp;b</zone__name></metadata><vipAddress>xmlapp</vipAddress></instance>""", "Content-Type", "application/xml");
        assertThat(posted.status()).as(posted.body()).isEqualTo(204);

        var xml = server.get("/eureka/apps/XMLAPP/x1");
        assertThat(xml.type()).isEqualTo("application/xml");
        assertThat(xml.body())
                .startsWith("<instance><instanceId>x1</instanceId><hostName>xml.example</hostName><app>XMLAPP</app>")
                .contains(
                        "<overriddenstatus>UNKNOWN</overriddenstatus>",
                        "<port enabled=\"true\">8080</port>",
                        "<dataCenterInfo class=\"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo\">"
                                + "<name>MyOwn</name></dataCenterInfo>",
                        "<metadata><zone__name>a&amp;b</zone__name></metadata>");
        assertThat(json("/eureka/apps/XMLAPP/x1").json().at("/instance/metadata"))
                .hasToString("{\"zone_name\":\"a&b\"}");
        server.delete("/eureka/apps/XMLAPP/x1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | application/xml          | */*
                    200 | application/xml          | application/xml
                    200 | application/json         | application/json;q=0.5
                    200 | application/json         | text/html, application/json, */*;q=.1
                    406 | text/plain;charset=UTF-8 | text/html
                    406 | text/plain;charset=UTF-8 | text/plain
                    406 | text/plain;charset=UTF-8 | application/vnd.x+json
                    """)
    void accept_decidesTheMediaType(int status, String type, String accept) {
        var answer = server.get("/eureka/apps", "Accept", accept);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo(type);
    }

    @Test
    void applications_withoutAccept_areXmlWithIntegers() {
        var answer = server.get("/eureka/apps/");

        assertThat(answer.type()).isEqualTo("application/xml");
        assertThat(answer.body()).startsWith("<applications><versions__delta>1</versions__delta><apps__hashcode>");
        assertThat(server.send("HEAD", "/eureka/apps", null).status()).isEqualTo(200);
        assertThat(server.get("/eureka/apps?regions=us", "Accept-Encoding", "gzip, x-gzip, deflate")
                        .headers()
                        .firstValue("Content-Encoding"))
                .contains("gzip");
        assertThat(server.get("/eureka/apps", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void compactApplications_haveFewMembers() {
        register("COMPACT", EurekaDocument.ofSpring("COMPACT", "c1"));

        var list = server.get("/eureka/apps", "Accept", JSON, "X-Eureka-Accept", "compact")
                .json()
                .at("/applications");
        assertThat(list.propertyNames()).containsExactly("application");
        var instance = find(list, "COMPACT").at("/instance/0");
        assertThat(instance.propertyNames())
                .containsExactlyInAnyOrder(
                        "instanceId",
                        "app",
                        "ipAddr",
                        "vipAddress",
                        "secureVipAddress",
                        "dataCenterInfo",
                        "hostName",
                        "status",
                        "lastUpdatedTimestamp",
                        "actionType",
                        "port",
                        "securePort");
        assertThat(instance.at("/lastUpdatedTimestamp").isNumber()).isTrue();
        server.delete("/eureka/apps/COMPACT/c1");
    }

    private static JsonNode find(JsonNode applications, String name) {
        return StreamSupport.stream(applications.at("/application").spliterator(), false)
                .filter(application -> application.at("/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void unknownVirtualAddress_isAnEmptyList() {
        for (var path : List.of("/eureka/vips/nobody", "/eureka/v2/svips/nobody")) {
            assertThat(json(path).body())
                    .isEqualTo(
                            "{\"applications\":{\"versions__delta\":\"-1\",\"apps__hashcode\":\"\",\"application\":[]}}");
        }
    }

    @Test
    void pastState_isAnsweredWithAt() {
        var posted = register("PAST", EurekaDocument.ofSpring("PAST", "p1"));
        assertThat(posted.status()).as(posted.body()).isEqualTo(204);
        var present = json("/eureka/apps/PAST");
        assertThat(present.status()).as(present.body()).isEqualTo(200);
        var position = present.headers().firstValue("X-Registry-Position").orElseThrow();
        var deleted = server.delete("/eureka/apps/PAST/p1");
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);

        assertThat(json("/eureka/apps/PAST").status()).isEqualTo(404);
        var past = json("/eureka/apps/PAST?at=" + position);
        assertThat(past.status()).as(past.body()).isEqualTo(200);
        assertThat(past.json().at("/application/instance/0/instanceId").asString())
                .isEqualTo("p1");
        assertThat(past.headers().firstValue("Memento-Datetime")).isPresent();
        assertThat(find(json("/eureka/apps?at=" + position).json().at("/applications"), "PAST"))
                .isNotNull();
        assertThat(json("/eureka/apps?at=nonsense").status()).isEqualTo(400);
        assertThat(json("/eureka/apps/delta?at=" + position).status()).isEqualTo(400);
    }

    @Test
    void history_namesProtocolCallerAndReason() {
        server.postJson(
                "/eureka/apps/AUDITED", EurekaDocument.ofSpring("AUDITED", "a1").json(), "X-Reason", "first start");
        server.put("/eureka/apps/AUDITED/a1/status?value=OUT_OF_SERVICE");

        var entries = StreamSupport.stream(
                        nativeRead("/api/v1/services/audited:a1/history")
                                .at("/data/entries")
                                .spliterator(),
                        false)
                .sorted((one, other) -> Long.compare(
                        one.at("/position").asLong(), other.at("/position").asLong()))
                .toList();
        var first = entries.getFirst();
        var last = entries.getLast();
        assertThat(first.at("/protocol").asString()).isEqualTo("eureka");
        assertThat(first.at("/reason").asString()).isEqualTo("first start");
        assertThat(first.at("/source_address").asString()).isEqualTo("127.0.0.1");
        assertThat(last.at("/protocol").asString()).isEqualTo("eureka");
        assertThat(last.at("/after/declared").asString()).isEqualTo("maintenance");
        server.delete("/eureka/apps/AUDITED/a1");
    }
}
