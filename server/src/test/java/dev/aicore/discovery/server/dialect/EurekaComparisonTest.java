package dev.aicore.discovery.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.dialect.DialectServer.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sends the same requests to Eureka's own server and to the registry, and compares statuses, media types and bodies
 * without times of the server. Needs the build of {@code bench/eureka}.
 */
@Tag("clients")
class EurekaComparisonTest {

    private static final long DIRTY = 1_796_076_353_269L;
    private static final String JSON = "application/json";
    private static final Pattern SERVER_TIMES = Pattern.compile("<(%1$s)>[^<]*</(%1$s)>"
            .formatted("lastUpdatedTimestamp|registrationTimestamp|lastRenewalTimestamp|serviceUpTimestamp"
                    + "|evictionTimestamp|versions__delta"));
    private static final Set<String> SERVER_MEMBERS = Set.of(
            "lastUpdatedTimestamp",
            "registrationTimestamp",
            "lastRenewalTimestamp",
            "serviceUpTimestamp",
            "evictionTimestamp",
            "versions__delta");

    /** Requests on which both disagree on purpose, with the reason. */
    private static final Map<String, String> DISAGREEMENTS = Map.of(
            "PUT /eureka/apps/SHOP/s1?lastDirtyTimestamp=abc", "400 instead of 500: the request is at fault",
            "PUT /eureka/apps/SHOP/s1/status", "400 instead of 500: the request is at fault",
            "PUT /eureka/apps/SHOP/s1/status?value=SLEEPY", "400 instead of 500: the request is at fault",
            "POST /eureka/apps/PORT {port}", "400: no instance has the port 0, which Eureka stores",
            "DELETE /eureka/apps/PORT/b1", "404: it was not registered",
            "POST /eureka/apps/BAD {without app}", "the body names the missing member",
            "GET the last delta", "registered as DOWN is MODIFIED: the health is a second change");

    private final List<Step> steps = new ArrayList<>();

    private record Step(
            String method, String path, @Nullable String body, String what, String header, String value) {}

    @Test
    void registryAndEureka_answerAlike(@TempDir Path directory) throws Exception {
        script();
        var different = new TreeMap<String, String>();
        try (var eureka = EurekaServerProcess.start();
                var registry = DialectServer.start(directory.resolve("data"))) {
            for (var step : steps) {
                var expected = normal(registry.sendTo(
                        eureka.address(), step.method(), step.path(), step.body(), step.header(), step.value()));
                var got = normal(registry.send(step.method(), step.path(), step.body(), step.header(), step.value()));
                if (!expected.equals(got)) {
                    different.put(step.what(), "Eureka: " + expected + "\nregistry: " + got);
                }
            }
        }
        System.out.printf("%d requests, %d disagreements%n", steps.size(), different.size());
        assertThat(steps).hasSizeGreaterThanOrEqualTo(60);
        assertThat(different.entrySet().stream()
                        .filter(entry -> !DISAGREEMENTS.containsKey(entry.getKey()))
                        .toList())
                .isEmpty();
        assertThat(different.keySet()).containsAll(DISAGREEMENTS.keySet());
    }

    private void script() {
        for (var path : List.of("apps", "apps/delta", "apps/NOBODY", "vips/nobody", "svips/nobody", "instances/none")) {
            get(path);
        }
        post("SHOP", shop(), "first");
        for (var path :
                List.of("apps", "apps/delta", "apps/SHOP", "apps/shop/s1", "instances/s1", "vips/Shop", "svips/Shop")) {
            get(path);
        }
        for (var accept : List.of("application/xml", "*/*", "text/html", "text/plain", "application/json;q=0.3")) {
            step("GET", "/eureka/apps", null, "GET apps as " + accept, "Accept", accept);
        }
        send("PUT", "apps/SHOP/s1?status=UP&lastDirtyTimestamp=" + DIRTY);
        send("PUT", "apps/SHOP/s1?status=DOWN&lastDirtyTimestamp=" + (DIRTY - 5));
        send("PUT", "apps/SHOP/s1?status=UP&lastDirtyTimestamp=" + (DIRTY + 5));
        send("PUT", "apps/SHOP/s1?lastDirtyTimestamp=abc");
        send("PUT", "apps/SHOP/nobody");
        overrides();
        send("PUT", "apps/SHOP/s1/metadata?k=v&k2=v2&k=w");
        get("apps/SHOP/s1");
        get("apps/delta");
        send("PUT", "apps/SHOP/s1/metadata");
        send("PUT", "apps/SHOP/none/metadata?a=b");
        post("SHOP", shop().with("lastDirtyTimestamp", "" + (DIRTY - 10)).with("hostName", "\"h9\""), "older");
        get("apps/SHOP/s1");
        post("SHOP", shop().with("lastDirtyTimestamp", "" + (DIRTY + 10)).with("metadata", "{}"), "newer");
        get("apps/SHOP/s1");
        step("GET", "/eureka/apps/SHOP/s1", null, "GET s1 as XML", "Accept", "application/xml");
        refusals();
        states();
        get("apps");
        send("DELETE", "apps/SHOP/s1");
        send("DELETE", "apps/SHOP/s1");
        send("PUT", "apps/SHOP/s1?status=DOWN");
        get("apps/SHOP");
        step("GET", "/eureka/apps/delta", null, "GET the last delta", "Accept", JSON);
        send("POST", "apps");
        send("PUT", "apps/SHOP");
        send("DELETE", "apps/SHOP");
    }

    private void overrides() {
        send("PUT", "apps/SHOP/s1/status?value=OUT_OF_SERVICE&lastDirtyTimestamp=" + DIRTY);
        get("apps/SHOP/s1");
        get("apps/delta");
        send("PUT", "apps/SHOP/s1?status=UP&lastDirtyTimestamp=" + DIRTY);
        get("apps/SHOP/s1");
        send("DELETE", "apps/SHOP/s1/status?value=UP");
        get("apps/SHOP/s1");
        get("apps/delta");
        send("PUT", "apps/SHOP/s1/status?value=DOWN");
        get("apps/SHOP/s1");
        send("DELETE", "apps/SHOP/s1/status");
        get("apps/SHOP/s1");
        send("PUT", "apps/SHOP/s1?status=UP&lastDirtyTimestamp=" + DIRTY);
        post("SHOP", shop(), "after the override");
        get("apps/SHOP/s1");
        send("PUT", "apps/SHOP/s1/status");
        send("PUT", "apps/SHOP/s1/status?value=SLEEPY");
        send("PUT", "apps/SHOP/none/status?value=UP");
        send("DELETE", "apps/SHOP/none/status");
        send("DELETE", "apps/SHOP/s1/status?value=UP");
    }

    private void refusals() {
        for (var member : List.of("hostName", "ipAddr", "dataCenterInfo", "app")) {
            post("BAD", EurekaDocument.ofSpring("BAD", "b1").without(member), "without " + member);
        }
        post("BAD", EurekaDocument.ofSpring("BAD", "b1").with("app", "\"OTHER\""), "of another app");
        post("PORT", EurekaDocument.ofSpring("PORT", "b1").with("port", "{\"$\": 0, \"@enabled\": \"true\"}"), "port");
        send("DELETE", "apps/PORT/b1");
        for (var body : List.of("{}", "", "[]", "{\"instance\":")) {
            step("POST", "/eureka/apps/BAD", body, "POST BAD " + body, "Content-Type", JSON);
        }
        var document = EurekaDocument.ofSpring("BAD", "b1").json();
        step("POST", "/eureka/apps/BAD", document, "POST BAD as text", "Content-Type", "text/plain");
        get("apps/BAD");
    }

    private void states() {
        var metadata = "{\"n\": 1, \"b\": true, \"foo_bar\": \"x\", \"a$b\": \"y\"}";
        for (var status : List.of("UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "SLEEPY")) {
            var document = EurekaDocument.ofSpring(status, "z").with("status", "\"" + status + "\"");
            post(status, document.with("metadata", metadata), "status " + status);
            get("apps/" + status + "/z");
        }
        step("GET", "/eureka/apps/UP", null, "GET UP as XML", "Accept", "application/xml");
        post("AMAZON", EurekaDocument.ofSpring("AMAZON", "z").with("dataCenterInfo", """
                                {"@class": "com.netflix.appinfo.AmazonInfo", "name": "Amazon",
                                 "metadata": {"instance-id": "i-1", "local-ipv4": "10.0.0.1"}}"""), "Amazon");
        get("apps/AMAZON/z");
        step("GET", "/eureka/apps/AMAZON", null, "GET AMAZON as XML", "Accept", "application/xml");
        var node = EurekaDocument.ofNode("NODE", "h1").with("lastDirtyTimestamp", "" + DIRTY);
        post("NODE", node, "without id");
        get("apps/NODE/h1");
        get("vips/desk.example");
        send("PUT", "apps/NODE/h1");
    }

    private static EurekaDocument shop() {
        return EurekaDocument.ofSpring("SHOP", "s1");
    }

    private void get(String path) {
        step("GET", "/eureka/" + path, null, "GET " + path + " at step " + steps.size(), "Accept", JSON);
    }

    private void send(String method, String path) {
        step(method, "/eureka/" + path, null, method + " /eureka/" + path, "Accept", JSON);
    }

    private void post(String app, EurekaDocument document, String what) {
        step(
                "POST",
                "/eureka/apps/" + app,
                document.json(),
                "POST /eureka/apps/" + app + " {" + what + "}",
                "Content-Type",
                JSON);
    }

    private void step(String method, String path, @Nullable String body, String what, String header, String value) {
        steps.add(new Step(method, path, body, what, header, value));
    }

    /** Returns status, media type and body in a form in which answers of equal meaning are equal. */
    private static String normal(Reply reply) {
        if (reply.status() >= 400) {
            var words = reply.body().startsWith("Mis") ? reply.body() : "";
            return reply.status() + " " + words;
        }
        var type = reply.type().replaceAll(";.*", "");
        var body = type.equals(JSON) && !reply.body().isEmpty()
                ? normal(reply.json()).toString()
                : SERVER_TIMES.matcher(reply.body().replaceAll(">\\s+<", "><")).replaceAll("");
        return reply.status() + " " + type + " " + (type.equals(JSON) ? body : sortedElements(body));
    }

    private static Object normal(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, Object>();
            node.properties().forEach(member -> {
                if (!SERVER_MEMBERS.contains(member.getKey())) {
                    members.put(member.getKey(), normal(member.getValue()));
                }
            });
            return members;
        }
        if (node.isArray()) {
            var elements = new ArrayList<String>();
            node.forEach(element -> elements.add(normal(element).toString()));
            elements.sort(null);
            return elements;
        }
        return node.toString();
    }

    /** Returns the tags and texts in alphabetical order, because the order of elements has no meaning. */
    private static List<String> sortedElements(String xml) {
        return Pattern.compile("(?<=>)(?=<)").splitAsStream(xml).sorted().toList();
    }
}
