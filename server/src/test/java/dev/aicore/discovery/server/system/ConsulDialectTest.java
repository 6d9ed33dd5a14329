package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests Consul's protocol on the wire. */
@Tag("integration")
class ConsulDialectTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static ConsulClient consul;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
        consul = new ConsulClient(registry.address());
    }

    @AfterAll
    static void stop() {
        consul.close();
        registry.close();
    }

    private static void register(String id, String service, String more) throws IOException {
        var body =
                "{\"ID\":\"" + id + "\",\"Name\":\"" + service + "\",\"Address\":\"10.0.0.5\",\"Port\":80" + more + "}";
        var answer = consul.put("/v1/agent/service/register", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }

    private static String pass(String id) {
        return "/v1/agent/check/pass/service%3A" + id;
    }

    /** Waits until a native answer, which may be some milliseconds behind, contains some texts. */
    private static void awaitNative(String path, String... texts) {
        await().atMost(RunningRegistry.PATIENCE)
                .untilAsserted(
                        () -> assertThat(registry.get(path).body().toString()).contains(texts));
    }

    @Test
    void ttlInstance_livesAsInConsulAndNatively() throws IOException {
        register("ttl-1", "ttl", ",\"Tags\":[\"a\"],\"Meta\":{\"zone\":\"eu\"},\"Check\":{\"TTL\":\"5s\"}");
        assertThat(consul.statuses("ttl")).containsExactly("critical");
        assertThat(consul.passing("ttl")).isEmpty();

        assertThat(consul.put(pass("ttl-1")).status()).isEqualTo(200);
        assertThat(consul.passing("ttl")).containsExactly("ttl-1");
        awaitNative("/api/v1/discover?service_name=ttl", "\"id\":\"ttl-1@localhost\"", "\"zone\":\"eu\"");

        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> consul.statuses("ttl").contains("critical"));
        var check = consul.get("/v1/health/checks/ttl").json().get(0);
        assertThat(check.at("/Output").asString()).isEqualTo("TTL expired");
        assertThat(check.at("/CheckID").asString()).isEqualTo("service:ttl-1");
        assertThat(consul.get("/v1/health/service/ttl").json()).hasSize(1);

        assertThat(consul.put(pass("ttl-1")).status()).isEqualTo(200);
        assertThat(consul.passing("ttl")).containsExactly("ttl-1");
        awaitNative(
                "/api/v1/services/ttl-1@localhost/history",
                "\"protocol\":\"consul\"",
                "LeaseExpired",
                "InstanceRevived");
    }

    @Test
    void reports_changeStatusAndOutput() throws IOException {
        register("rep-1", "rep", ",\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");
        assertThat(consul.passing("rep")).containsExactly("rep-1");

        consul.put("/v1/agent/check/warn/service:rep-1?note=slow%0Adisk");
        assertThat(consul.passing("rep")).isEmpty();
        var warned = consul.get("/v1/health/service/rep").json().at("/0/Checks/0");
        assertThat(warned.at("/Status").asString()).isEqualTo("warning");
        assertThat(warned.at("/Output").asString()).isEqualTo("slow\ndisk");
        assertThat(consul.get("/v1/agent/health/service/id/rep-1?format=text").text())
                .isEqualTo("warning");

        register("rep-1", "rep", ",\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");
        assertThat(consul.statuses("rep")).containsExactly("warning");

        consul.put("/v1/agent/check/update/service:rep-1", "{\"Status\":\"critical\",\"Output\":\"gone\"}");
        assertThat(consul.statuses("rep")).containsExactly("critical");
        assertThat(consul.get("/v1/agent/health/service/id/rep-1").status()).isEqualTo(503);

        assertThat(consul.put("/v1/agent/check/pass/service:rep-1@localhost").status())
                .isEqualTo(200);
        var passed = consul.get("/v1/health/service/rep?passing=true").json().at("/0/Checks/0");
        assertThat(passed.at("/Status").asString()).isEqualTo("passing");
        assertThat(passed.at("/Output").asString()).isEmpty();
    }

    @Test
    void maintenance_isACheckThatAPassDoesNotEnd() throws IOException {
        register("mnt-1", "mnt", ",\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");

        assertThat(consul.put("/v1/agent/service/maintenance/mnt-1?enable=true&reason=new+disk")
                        .status())
                .isEqualTo(200);
        consul.put("/v1/agent/check/pass/service:mnt-1");

        var check = consul.get("/v1/agent/checks").json().path("_service_maintenance:mnt-1");
        assertThat(check.at("/Name").asString()).isEqualTo("Service Maintenance Mode");
        assertThat(check.at("/Notes").asString()).isEqualTo("new disk");
        assertThat(consul.passing("mnt")).isEmpty();
        awaitNative("/api/v1/services/mnt-1@localhost", "\"status\":\"maintenance\"");

        consul.put("/v1/agent/service/maintenance/mnt-1?enable=false");
        assertThat(consul.passing("mnt")).containsExactly("mnt-1");
    }

    @Test
    void instanceWithoutCheck_passesUntilItIsDeregistered() throws IOException {
        assertThat(consul.put("/v1/agent/service/register", "{\"Name\":\"bare\"}")
                        .status())
                .isEqualTo(200);

        var entry = consul.get("/v1/health/service/bare?passing").json().get(0);
        assertThat(entry.at("/Service/Address").asString()).isEmpty();
        assertThat(entry.at("/Service/Port").asInt()).isZero();
        assertThat(entry.at("/Node/Address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.at("/Checks")).isEmpty();

        assertThat(consul.put("/v1/agent/service/deregister/bare").status()).isEqualTo(200);
        assertThat(consul.get("/v1/health/service/bare").text()).isEqualTo("[]");
        assertThat(consul.put("/v1/agent/service/deregister/bare").status()).isEqualTo(404);
    }

    @Test
    void checkRegisteredLater_isTheInstancesCheck() throws IOException {
        register("late-1", "late", "");
        var body = "{\"ID\":\"alive\",\"Name\":\"Alive\",\"ServiceID\":\"late-1\",\"TTL\":\"60s\"}";

        assertThat(consul.put("/v1/agent/check/register", body).status()).isEqualTo(200);
        assertThat(consul.statuses("late")).containsExactly("critical");
        assertThat(consul.put("/v1/agent/check/pass/alive").status()).isEqualTo(200);
        assertThat(consul.statuses("late")).containsExactly("passing");
        assertThat(consul.put("/v1/agent/check/register", body.replace("late-1", "unknown"))
                        .status())
                .isEqualTo(404);

        assertThat(consul.put("/v1/agent/check/deregister/alive").status()).isEqualTo(200);
        assertThat(consul.statuses("late")).isEmpty();
        assertThat(consul.passing("late")).containsExactly("late-1");
    }

    @Test
    void nativeInstance_takesConsulsCalls() throws IOException {
        assertThat(registry.post(
                                "/api/v1/services",
                                "{\"id\":\"nat-1\",\"name\":\"nat\",\"address\":\"10.0.0.7\",\"port\":81,\"version\":\"2.0\",\"weight\":7,\"ttl\":60}")
                        .status())
                .isEqualTo(201);

        var entry = consul.get("/v1/health/service/nat").json().get(0);
        assertThat(entry.at("/Service/Weights/Passing").asInt()).isEqualTo(7);
        assertThat(entry.at("/Service/Meta/version").asString()).isEqualTo("2.0");
        assertThat(consul.put("/v1/agent/check/fail/service:nat-1").status()).isEqualTo(200);
        assertThat(consul.passing("nat")).isEmpty();
        assertThat(consul.put("/v1/agent/service/deregister/nat-1").status()).isEqualTo(200);
        assertThat(consul.get("/v1/health/service/nat").text()).isEqualTo("[]");
    }

    @Test
    void blockingQuery_isWokenByItsOwnServiceOnly() throws Exception {
        register("own-1", "own", ",\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");
        long index = consul.get("/v1/health/service/own").index();
        assertThat(index).isPositive();

        var waiting = consul.getLater("/v1/health/service/own?passing&index=" + index + "&wait=60s");
        register("foreign-1", "foreign", "");
        consul.put("/v1/agent/check/pass/service:own-1");
        assertThat(consul.get("/v1/health/service/foreign?passing").json()).hasSize(1);
        assertThat(waiting).isNotDone();
        consul.put("/v1/agent/check/fail/service:own-1");

        var woken = waiting.get(20, TimeUnit.SECONDS);
        assertThat(woken.index()).isGreaterThan(index);
        assertThat(woken.text()).isEqualTo("[]");
        assertThat(woken.headers().firstValue("X-Consul-KnownLeader")).hasValue("true");
        assertThat(woken.headers().firstValue("X-Consul-LastContact")).hasValue("0");
    }

    @Test
    void blockingQuery_withoutChange_answersTheSameIndex() throws IOException {
        register("calm-1", "calm", "");
        long index = consul.get("/v1/health/service/calm").index();

        var answer = consul.get("/v1/health/service/calm?index=" + index + "&wait=50ms");

        assertThat(answer.index()).isEqualTo(index);
        assertThat(answer.json()).hasSize(1);
        assertThat(consul.get("/v1/health/service/calm?index=99999999999&wait=50ms")
                        .index())
                .isEqualTo(index);
        assertThat(consul.get("/v1/health/service/absent?index=18446744073709551615&wait=50ms")
                        .index())
                .isPositive();
    }

    @Test
    void blockingQuery_ofAbsentService_isWokenWhenItAppears() throws Exception {
        long index = consul.get("/v1/health/service/later").index();
        var waiting = consul.getLater("/v1/health/service/later?index=" + index + "&wait=60s");

        register("later-1", "later", "");

        assertThat(waiting.get(20, TimeUnit.SECONDS).json()).hasSize(1);
    }

    @Test
    void catalog_movesWithNamesAndTagsOnly() throws Exception {
        register("cat-1", "cat", ",\"Tags\":[\"b\",\"a\"],\"Check\":{\"TTL\":\"60s\",\"Status\":\"passing\"}");
        var before = consul.get("/v1/catalog/services");
        assertThat(before.json().path("cat").toString()).isEqualTo("[\"a\",\"b\"]");
        long others = consul.get("/v1/health/state/any").index();

        consul.put("/v1/agent/check/fail/service:cat-1?note=x");
        assertThat(consul.get("/v1/health/state/any").index()).isGreaterThan(others);
        assertThat(consul.statuses("cat")).containsExactly("critical");

        var entry = consul.get("/v1/catalog/service/cat?tag=A").json().get(0);
        assertThat(entry.at("/ServiceID").asString()).isEqualTo("cat-1");
        assertThat(entry.at("/ServicePort").asInt()).isEqualTo(80);
        assertThat(consul.get("/v1/catalog/service/cat?tag=c").text()).isEqualTo("[]");
        assertThat(consul.get("/v1/catalog/nodes").json()).hasSize(1);
        assertThat(consul.get("/v1/catalog/node/registry")
                        .json()
                        .at("/Services")
                        .has("cat-1"))
                .isTrue();
        assertThat(consul.get("/v1/catalog/node/unknown").text()).isEqualTo("null");
        assertThat(consul.get("/v1/agent/services").json().at("/cat-1/Service").asString())
                .isEqualTo("cat");
        assertThat(consul.get("/v1/agent/service/cat-1").json().has("ContentHash"))
                .isTrue();
        assertThat(consul.get("/v1/agent/service/unknown").sentence()).isEqualTo("unknown service ID: unknown");
    }

    @Test
    void filter_selectsAndRefuses() throws IOException {
        register("fil-1", "fil", ",\"Tags\":[\"a\"],\"Meta\":{\"zone\":\"eu\"}");
        register("fil-2", "fil", ",\"Meta\":{\"zone\":\"us\"}");

        assertThat(filtered("Service.Meta.zone == eu and \"a\" in Service.Tags"))
                .isEqualTo(1);
        assertThat(filtered("Service.Meta[\"zone\"] != eu")).isEqualTo(1);
        assertThat(filtered("Checks.Status == passing")).isZero();
        assertThat(filtered("")).isEqualTo(2);
        var refused = consul.get("/v1/health/service/fil?filter=" + encode("Service.Nothing == 1"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.sentence()).contains("there is no selector 'Service.Nothing'");
        assertThat(consul.get("/v1/health/service/fil?filter=" + "(".repeat(4_000))
                        .sentence())
                .contains("more than 64 levels");
    }

    private static int filtered(String filter) throws IOException {
        var answer = consul.get("/v1/health/service/fil?filter=" + encode(filter));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().size();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Test
    void pastState_isAnswered() throws IOException {
        register("past-1", "past", "");
        awaitNative("/api/v1/services/past-1@localhost", "\"consul.id\":\"past-1\"");
        long position = registry.get("/api/v1/services/past-1@localhost").position();
        consul.put("/v1/agent/service/deregister/past-1");

        assertThat(consul.get("/v1/health/service/past").json()).isEmpty();
        assertThat(consul.get("/v1/health/service/past?at=" + position).json()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /v1/health/service/x?passing=maybe | 400 | Invalid value for ?passing",
                "GET | /v1/health/service/x?index=soon | 400 | Invalid index",
                "GET | /v1/health/service/x?index=1&wait=soon | 400 | Invalid wait time",
                "GET | /v1/health/service/x?stale&consistent | 400 | Cannot specify ?stale with ?consistent",
                "GET | /v1/health/service/x?dc=dc2 | 500 | No path to datacenter",
                "GET | /v1/health/service/x?ns=a | 400 | Namespaces are a Consul Enterprise feature",
                "GET | /v1/health/state/bad | 400 | Invalid check state",
                "PUT | /v1/kv/a/b?acquire=1 | 501 | no sessions",
                "PUT | /v1/agent/check/pass/nothing | 404 | Unknown check ID \"nothing\"",
                "PUT | /v1/agent/check/pass/service:nothing | 404 | Unknown check ID \"service:nothing\"",
                "PUT | /v1/agent/service/maintenance/x | 400 | Missing value for enable",
                "PUT | /v1/agent/service/maintenance/x?enable=perhaps | 400 | Invalid value for enable",
                "PUT | /v1/agent/service/maintenance/x?enable=true | 404 | Unknown service ID",
                "PUT | /v1/agent/service/register | 400 | The body"
            })
    void badRequest_isRefusedInASentence(String method, String path, int status, String sentence) throws IOException {
        var answer = consul.send(method, path, "X-Consul-Token", "");

        assertThat(answer.sentence()).contains(sentence);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void registryInfo_isAnswered() throws IOException {
        assertThat(consul.get("/v1/status/leader").json().asString()).isEqualTo("127.0.0.1:8300");
        assertThat(consul.get("/v1/status/peers").json()).hasSize(1);
        assertThat(consul.get("/v1/agent/self").json().at("/Config/Datacenter").asString())
                .isEqualTo("dc1");
        assertThat(consul.get("/v1/catalog/datacenters").text()).isEqualTo("[\"dc1\"]");
    }

    @Test
    void wrongToken_isRefusedAsText() throws IOException {
        var answer = consul.send("GET", "/v1/catalog/services", "X-Consul-Token", "wrong");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.sentence()).isNotEmpty();
        assertThat(consul.get("/v1/catalog/services?token=wrong").status()).isEqualTo(401);
        assertThat(consul.get("/v1/catalog/services?token=").status()).isEqualTo(200);
    }
}
