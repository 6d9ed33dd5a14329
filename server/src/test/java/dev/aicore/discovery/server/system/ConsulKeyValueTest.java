package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.system.ConsulClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests Consul's key/value store on the wire. */
@Tag("integration")
class ConsulKeyValueTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static ConsulClient consul;

    @BeforeAll
    static void start() throws IOException {
        registry =
                RunningRegistry.start(directory, List.of("--service-discovery.registry.key-values.max-read-bytes=1MB"));
        consul = new ConsulClient(registry.address());
    }

    @AfterAll
    static void stop() {
        consul.close();
        registry.close();
    }

    private static Answer get(String key) throws IOException {
        return consul.get("/v1/kv/" + key);
    }

    private static Answer put(String key, String value) throws IOException {
        return consul.put("/v1/kv/" + key, value);
    }

    private static void store(String key, String value) throws IOException {
        var answer = put(key, value);
        assertThat(answer.text()).as("%s", answer).isEqualTo("true");
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Answer delete(String key) throws IOException {
        return consul.send("DELETE", "/v1/kv/" + key, "X-Reason", "clean up");
    }

    private static String raw(String key) throws IOException {
        return get(key + "?raw").text();
    }

    private static long modifyIndex(String key) throws IOException {
        return get(key).json().at("/0/ModifyIndex").asLong();
    }

    @Test
    void key_isStoredReadAndDeleted() throws IOException {
        store("single/größe?flags=18446744073709551615".replace("ö", "%C3%B6").replace("ß", "%C3%9F"), "value");
        var first = get("single/gr%C3%B6%C3%9Fe");
        var entry = first.json().get(0);
        assertThat(entry.propertyNames())
                .containsExactly("LockIndex", "Key", "Flags", "Value", "CreateIndex", "ModifyIndex");
        assertThat(entry.at("/Key").asString()).isEqualTo("single/größe");
        assertThat(entry.at("/Flags").bigIntegerValue()).isEqualTo("18446744073709551615");
        assertThat(new String(Base64.getDecoder().decode(entry.at("/Value").asString()), UTF_8))
                .isEqualTo("value");
        assertThat(entry.at("/CreateIndex").asLong())
                .isEqualTo(entry.at("/ModifyIndex").asLong())
                .isEqualTo(first.index());

        store("single%2Fgr%C3%B6%C3%9Fe", "");
        var second = get("single/gr%C3%B6%C3%9Fe");
        assertThat(second.json().at("/0/Value").isNull()).isTrue();
        assertThat(second.json().at("/0/Flags").asInt()).isZero();
        assertThat(second.json().at("/0/CreateIndex").asLong()).isEqualTo(first.index());
        assertThat(second.json().at("/0/ModifyIndex").asLong()).isGreaterThan(first.index());
        store("single/gr%C3%B6%C3%9Fe", "");
        assertThat(modifyIndex("single/gr%C3%B6%C3%9Fe")).isEqualTo(second.index());

        assertThat(delete("single/gr%C3%B6%C3%9Fe").text()).isEqualTo("true");
        var gone = get("single/gr%C3%B6%C3%9Fe");
        assertThat(gone.status() + gone.text()).isEqualTo("404");
        assertThat(gone.index()).isGreaterThan(second.index());
        assertThat(delete("single/gr%C3%B6%C3%9Fe").text()).isEqualTo("true");
        var never = get("single/never");
        assertThat(never.status() + never.text()).isEqualTo("404");
        assertThat(never.index()).isPositive();
    }

    @Test
    void rawValue_isReturnedAsStored() throws IOException {
        store("raw", "<script>\u0000ä");
        var raw = get("raw?raw");
        assertThat(raw.text()).isEqualTo("<script>\u0000ä");
        assertThat(raw.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(raw.headers().firstValue("Content-Security-Policy")).hasValue("sandbox");
    }

    @Test
    void prefix_selectsEntriesAndNames() throws IOException {
        for (var key : new String[] {"tree/b/2", "tree/a", "tree/b/1", "tree/B", "treetop"}) {
            store(key, key);
        }
        assertThat(get("tree/?recurse")
                        .json()
                        .valueStream()
                        .map(entry -> entry.path("Key").asString()))
                .containsExactly("tree/B", "tree/a", "tree/b/1", "tree/b/2");
        assertThat(get("tree?keys").json().toString())
                .isEqualTo("[\"tree/B\",\"tree/a\",\"tree/b/1\",\"tree/b/2\",\"treetop\"]");
        assertThat(get("tree/?keys&separator=/").json().toString()).isEqualTo("[\"tree/B\",\"tree/a\",\"tree/b/\"]");
        assertThat(get("?keys&separator=/").json().valueStream().map(Object::toString))
                .contains("\"tree/\"", "\"treetop\"");
        assertThat(get("branch/?keys").status()).isEqualTo(404);
        assertThat(get("branch/?recurse").status()).isEqualTo(404);

        assertThat(delete("tree/?recurse").text()).isEqualTo("true");
        assertThat(get("tree?keys").json().toString()).isEqualTo("[\"treetop\"]");
    }

    @Test
    void cas_requiresTheIndex() throws IOException {
        assertThat(put("cas/a?cas=5", "x").text()).isEqualTo("false");
        assertThat(put("cas/a?cas=0", "1").text()).isEqualTo("true");
        assertThat(put("cas/a?cas=0", "2").text()).isEqualTo("false");
        long index = modifyIndex("cas/a");
        assertThat(put("cas/a?cas=" + index, "2").text()).isEqualTo("true");
        assertThat(put("cas/a?cas=" + index, "3").text()).isEqualTo("false");
        assertThat(raw("cas/a")).isEqualTo("2");

        assertThat(delete("cas/a?cas=" + index).text()).isEqualTo("false");
        assertThat(delete("cas/a?cas=0").text()).isEqualTo("false");
        assertThat(delete("cas/a?cas=" + modifyIndex("cas/a")).text()).isEqualTo("true");
        assertThat(delete("cas/a?cas=1").text()).isEqualTo("true");
        assertThat(put("cas/a?cas=" + index, "4").text()).isEqualTo("false");
    }

    @Test
    void blockingQuery_isWokenByItsKeysOnly() throws Exception {
        store("wait/a", "1");
        store("wait/b", "1");
        long index = get("wait/a").index();
        var ofKey = consul.getLater("/v1/kv/wait/a?raw&wait=60s&index=" + index);
        var ofPrefix = consul.getLater("/v1/kv/wait/sub/?recurse&wait=60s&index="
                + get("wait/sub/?recurse").index());
        var ofConfiguration = consul.getLater("/v1/kv/config/waiter/data?wait=60s&index=1");
        var ofFuture = consul.getLater("/v1/kv/wait/a?raw&wait=60s&index=900000000");
        store("wait/b", "2");
        store("wait/ab", "1");
        assertThat(get("wait/b?wait=100ms&index=" + get("wait/b").index()).status())
                .isEqualTo(200);
        assertThat(List.of(ofKey, ofPrefix, ofConfiguration, ofFuture)).noneMatch(waiting -> waiting.isDone());

        store("wait/sub/1", "1");
        assertThat(ofPrefix.get(20, TimeUnit.SECONDS).json().at("/0/Key").asString())
                .isEqualTo("wait/sub/1");
        assertThat(ofKey).isNotDone();
        registry.put("/api/v1/configurations/waiter", "{\"a\":1}");
        assertThat(ofConfiguration.get(20, TimeUnit.SECONDS).json()).hasSize(1);
        assertThat(ofKey).isNotDone();

        delete("wait/a");
        var woken = ofKey.get(20, TimeUnit.SECONDS);
        assertThat(woken.status()).isEqualTo(404);
        assertThat(woken.index()).isGreaterThan(index);
        assertThat(ofFuture.get(20, TimeUnit.SECONDS).index()).isEqualTo(woken.index());
    }

    @Test
    void changes_areAuditedAndReadableInThePast() throws IOException {
        store("past/a", "1");
        long before = modifyIndex("past/a");
        store("past/a", "2");
        long after = modifyIndex("past/a");
        delete("past/a");
        long deleted = get("past/a").index();

        assertThat(get("past/a?raw&at=" + before).text()).isEqualTo("1");
        assertThat(get("past/a?raw&at=" + after).text()).isEqualTo("2");
        assertThat(get("past/a?raw&at=" + deleted).status()).isEqualTo(404);

        var entries = registry.get("/api/v1/audit?action=configure&limit=1000&wait=20s&min_position=" + deleted)
                .body()
                .at("/data/entries");
        assertThat(entries.valueStream()
                        .filter(entry -> entry.path("summary").asString().contains("past/a"))
                        .map(entry -> entry.path("type").asString()
                                + ' '
                                + entry.path("actor").asString()
                                + ' '
                                + entry.path("protocol").asString()
                                + ' '
                                + entry.path("reason").asString("-")))
                .containsExactly(
                        "KeyValueStored anonymous consul -",
                        "KeyValueStored anonymous consul -",
                        "KeyValueDeleted anonymous consul clean up");
    }

    @Test
    void configuration_isTheSameInBothProtocols() throws IOException {
        store("config/shop/data", "pool:\n  size: 20\n  wait: 0.10\nfeatures: [a, b]\n");
        var stored = get("config/shop/data");
        var text = "{\"pool\":{\"size\":20,\"wait\":0.10},\"features\":[\"a\",\"b\"]}";
        assertThat(raw("config/shop/data")).isEqualTo(text);
        var view = registry.get("/api/v1/configurations/shop?min_position=" + stored.index());
        assertThat(view.body().at("/data/configuration/pool/size").asInt()).isEqualTo(20);
        assertThat(view.body().at("/data/version").asInt()).isEqualTo(1);

        registry.put("/api/v1/configurations/shop", "{\"pool\":{\"size\":21}}");
        assertThat(get("config/shop/?recurse").json()).hasSize(1);
        assertThat(raw("config/shop/data")).isEqualTo("{\"pool\":{\"size\":21}}");
        assertThat(get("config/?keys").json().toString()).contains("\"config/shop/data\"");
        assertThat(get("config/shop/data").json().at("/0/CreateIndex").asLong())
                .isEqualTo(stored.json().at("/0/CreateIndex").asLong());
        assertThat(put("config/shop/data?cas=" + stored.index(), "{}").text()).isEqualTo("false");
        assertThat(put("config/shop/data?cas=" + modifyIndex("config/shop/data"), "{\"a\":1}")
                        .text())
                .isEqualTo("true");

        registry.put("/api/v1/configurations/shop/schema", "{\"required\":[\"a\"]}");
        var refused = put("config/shop/data", "{}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.sentence()).contains("a");
        store("config/shop,prod/data", "anything: goes");
        assertThat(delete("config/shop?recurse").text()).isEqualTo("true");
        assertThat(get("config/shop?keys").status()).isEqualTo(404);
        assertThat(registry.get("/api/v1/configurations/shop?min_position="
                                + get("config/shop/data").index())
                        .status())
                .isEqualTo(404);
        assertThat(get("config/shop/data?raw&at=" + stored.index()).text()).isEqualTo(text);
        var versions = registry.get("/api/v1/audit?service_name=shop&limit=100&wait=20s&min_position="
                        + get("config/shop/data").index())
                .body()
                .at("/data/entries");
        assertThat(versions.findValuesAsString("protocol")).startsWith("consul", "rest", "consul", "rest", "consul");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, lock?acquire=1, 501, sessions",
        "PUT, lock?release=1, 501, sessions",
        "PUT, x?cas=1&acquire=2, 400, Conflicting flags",
        "PUT, x?cas=soon, 400, Invalid cas",
        "PUT, x?flags=-1, 400, Invalid flags",
        "PUT, '', 400, Missing key name",
        "GET, '', 400, Missing key name",
        "DELETE, '', 400, Missing key name",
        "DELETE, x?recurse&cas=1, 400, Conflicting flags",
        "PUT, /x, 400, must not begin",
        "PUT, a/../x, 400, segment",
        "PUT, config/orders/data?flags=1, 400, no flags",
        "PUT, config/-/data, 400, JSON object",
        "GET, x?dc=other, 500, No path to datacenter"
    })
    void request_isRefusedWithASentence(String method, String path, int status, String sentence) throws IOException {
        var answer = consul.send(method, "/v1/kv/" + path, "X-Reason", "test");
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.sentence()).contains(sentence);
    }

    @Test
    void sessionsAndTransactions_areRefusedWithASentence() throws IOException {
        assertThat(consul.put("/v1/session/create", "{}").sentence()).contains("no sessions");
        assertThat(consul.put("/v1/txn", "[]").sentence()).contains("no transactions");
    }

    @Test
    void largeValues_areBounded() throws IOException {
        var largest = "x".repeat(512 * 1024);
        store("large/1", largest);
        store("large/2", largest);
        assertThat(put("large/3", largest + "x").status()).isEqualTo(413);
        assertThat(raw("large/1")).isEqualTo(largest);
        store("large/3", "x");
        assertThat(get("large/?recurse").status()).isEqualTo(422);
        assertThat(get("large/?keys").json()).hasSize(3);
        assertThat(put("config/large/data", "x".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
    }

    @Test
    void yaml_isRefusedWithItsPlace() throws IOException {
        var answer = put("config/yaml/data", "a: 1\na: 2\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("duplicate key a", "line 2");
        assertThat(get("config/yaml/data").status()).isEqualTo(404);
    }
}
