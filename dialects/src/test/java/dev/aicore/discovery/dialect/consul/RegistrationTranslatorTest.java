package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.StrictJsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RegistrationTranslatorTest {

    private static ObjectNode translate(String json) {
        var service = RegistrationDocument.of(StrictJsonParser.read(json.getBytes(StandardCharsets.UTF_8)));
        return RegistrationTranslator.toNative(service, "web-1@10.0.0.9", "10.0.0.9", null);
    }

    @Test
    void toNative_ttlCheck_becomesALeaseThatNeverRemoves() {
        var document = translate("""
                {"ID":"web-1","Name":"web","Address":"10.0.0.5","Port":80,"Tags":["a"],"Meta":{"zone":"eu","version":"1.2.0"},
                 "Check":{"TTL":"30s"}}""");

        assertThat(document.get("ttl").intValue()).isEqualTo(30);
        assertThat(document.get("initial_status").stringValue()).isEqualTo("starting");
        assertThat(document.get("health_check").toString())
                .isEqualTo("{\"check_type\":\"ttl\",\"success_threshold\":1,\"failure_threshold\":1,"
                        + "\"config\":{\"deregister_after\":0}}");
        assertThat(document.get("zone").stringValue()).isEqualTo("eu");
        assertThat(document.get("version").stringValue()).isEqualTo("1.2.0");
        assertThat(document.get("metadata").toString())
                .isEqualTo("{\"zone\":\"eu\",\"version\":\"1.2.0\",\"consul.id\":\"web-1\"}");
    }

    @Test
    void toNative_noCheck_isHealthyWithoutLease() {
        var document = translate("{\"Name\":\"web\",\"Port\":80}");

        assertThat(document.get("ttl").intValue()).isZero();
        assertThat(document.get("initial_status").stringValue()).isEqualTo("healthy");
        assertThat(document.get("health_check").toString()).isEqualTo("{\"check_type\":\"none\"}");
    }

    @Test
    void toNative_noAddressAndPort_areMarkedAndFilled() {
        var document = translate("{\"Name\":\"web\"}");

        assertThat(document.get("address").stringValue()).isEqualTo("10.0.0.9");
        assertThat(document.get("port").intValue()).isEqualTo(RegistrationTranslator.NO_PORT);
        assertThat(document.get("metadata").toString())
                .isEqualTo("{\"consul.id\":\"web\",\"consul.address\":\"\",\"consul.port\":\"0\"}");
    }

    @Test
    void toNative_httpCheck_isRunByTheRegistry() {
        var document = translate("""
                {"Name":"web","Address":"10.0.0.5","Port":80,"Check":{"HTTP":"https://10.0.0.5:8443/health?deep=1","Interval":"1500ms",
                 "Timeout":"2s","TLSSkipVerify":true,"Header":{"X-A":["b","c"]},"SuccessBeforePassing":2,
                 "DeregisterCriticalServiceAfter":"90m"}}""");

        assertThat(document.get("protocol").stringValue()).isEqualTo("https");
        assertThat(document.get("health_check").toString())
                .isEqualTo(
                        "{\"check_type\":\"composite\",\"config\":{\"deregister_after\":5400,\"checks\":{\"service:web\":"
                                + "{\"check_type\":\"http\",\"success_threshold\":2,\"failure_threshold\":1,"
                                + "\"config\":{\"port\":8443,\"path\":\"/health?deep=1\",\"method\":\"GET\","
                                + "\"expected_status\":\"2xx\",\"tls\":true,\"tls_skip_verify\":true,\"headers\":{\"X-A\":\"b, c\"}},"
                                + "\"interval\":2,\"timeout\":2,\"status\":\"starting\",\"name\":\"\",\"notes\":\"\"}}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"TCP\":\"localhost:81\"', 'tcp', 81, ",
        "'\"GRPC\":\"10.0.0.5:82/orders.Api\",\"GRPCUseTLS\":true', 'grpc', 82, orders.Api"
    })
    void toNative_tcpAndGrpcChecks_areRunByTheRegistry(String target, String type, int port, String service) {
        var check = translate("{\"Name\":\"web\",\"Address\":\"10.0.0.5\",\"Port\":80,\"Check\":{" + target
                        + ",\"Interval\":\"10s\"}}")
                .get("health_check");

        assertThat(check.get("check_type").stringValue()).isEqualTo(type);
        assertThat(check.at("/config/port").intValue()).isEqualTo(port);
        assertThat(check.at("/config/service").asString(null)).isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"HTTP\":\"http://10.9.9.9/\",\"Interval\":\"1s\"} | the target 10.9.9.9 is not the service's address 10.0.0.5",
                "{\"HTTP\":\"ftp://10.0.0.5/\",\"Interval\":\"1s\"} | 'ftp://10.0.0.5/' is no URL of http or https",
                "{\"HTTP\":\"http://u:p@10.0.0.5/\",\"Interval\":\"1s\"} | is no URL of http or https without user",
                "{\"HTTP\":\"http://10.0.0.5/ x\",\"Interval\":\"1s\"} | 'http://10.0.0.5/ x' is no valid target",
                "{\"TCP\":\"10.0.0.5\",\"Interval\":\"1s\"} | '10.0.0.5' is not of the form host:port"
            })
    void toNative_targetThatCannotBeChecked_isRefused(String check, String sentence) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> translate(
                        "{\"Name\":\"web\",\"Address\":\"10.0.0.5\",\"Port\":80,\"Check\":" + check.strip() + "}"))
                .withMessageContaining(sentence);
    }

    @Test
    void toNative_severalChecks_areOneCompositeWithIdsByPlace() {
        var document = translate("""
                {"ID":"web-1","Name":"web","Address":"10.0.0.5","Port":80,
                 "Check":{"TTL":"30s","Notes":"alive","DeregisterCriticalServiceAfter":"2m"},
                 "Checks":[{"CheckID":"db","Name":"Database","TCP":"localhost:5432","Interval":"5s","Status":"warning",
                            "DeregisterCriticalServiceAfter":"3m"},
                           {"GRPC":"10.0.0.5:82","Interval":"5s","Status":"passing","DeregisterCriticalServiceAfter":"1m"}]}""");

        assertThat(document.get("ttl").intValue()).isEqualTo(30);
        assertThat(document.at("/health_check/check_type").stringValue()).isEqualTo("composite");
        assertThat(document.at("/health_check/config/deregister_after").intValue())
                .isEqualTo(180);
        var checks = document.at("/health_check/config/checks");
        assertThat(checks.propertyNames()).containsExactly("service:web-1:1", "db", "service:web-1:3");
        assertThat(checks.at("/service:web-1:1/status").stringValue()).isEqualTo("starting");
        assertThat(checks.at("/service:web-1:1/notes").stringValue()).isEqualTo("alive");
        assertThat(checks.at("/db/status").stringValue()).isEqualTo("warning");
        assertThat(checks.at("/db/name").stringValue()).isEqualTo("Database");
        assertThat(checks.at("/service:web-1:3/status").stringValue()).isEqualTo("passing");
    }

    @Test
    void toNative_oneOfSeveralChecksWithoutDeregistration_keepsTheInstanceListed() {
        var document = translate("""
                {"Name":"web","Address":"10.0.0.5","Port":80,
                 "Checks":[{"TTL":"30s","DeregisterCriticalServiceAfter":"2m"},{"TCP":"localhost:5432","Interval":"5s"}]}""");

        assertThat(document.at("/health_check/config/deregister_after").intValue())
                .isZero();
    }

    @Test
    void toNative_severalTtlChecks_haveTheLongestForLeaseAndTheirOwnForInterval() {
        var document =
                translate("{\"Name\":\"web\",\"Checks\":[{\"TTL\":\"10s\"},{\"TTL\":\"20s\"},{\"TTL\":\"1s\"}]}");

        assertThat(document.get("ttl").intValue()).isEqualTo(20);
        assertThat(document.at("/health_check/config/checks")
                        .valueStream()
                        .map(check -> check.get("interval").intValue()))
                .containsExactly(10, 20, 5);
    }

    @Test
    void toNative_keptFieldsOfMoreThanAValue_areRefused() {
        var longText = "x".repeat(1_100);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> translate("{\"Name\":\"web\",\"Proxy\":{\"a\":\"" + longText + "\"}}"))
                .withMessageContaining("at most 1024 are allowed");
    }

    @ParameterizedTest
    @CsvSource({"1s, 5", "30s, 30", "90500ms, 91"})
    void toNative_ttl_isRoundedUpToTheShortestLease(String ttl, int seconds) {
        assertThat(translate("{\"Name\":\"web\",\"Check\":{\"TTL\":\"" + ttl + "\"}}")
                        .get("ttl")
                        .intValue())
                .isEqualTo(seconds);
    }

    @Test
    void toNative_sameRegistrationAgain_keepsTheLastResult() {
        var service = RegistrationDocument.of(StrictJsonParser.read(
                "{\"Name\":\"web\",\"Check\":{\"TTL\":\"30s\"}}".getBytes(StandardCharsets.UTF_8)));
        var present = ConsulInstanceTest.view(
                Map.of(ConsulMetadata.STATUS, "warning", ConsulMetadata.OUTPUT, "slow", "other", "gone"));

        var metadata = RegistrationTranslator.toNative(service, "web@a", "10.0.0.9", present)
                .get("metadata");

        assertThat(metadata.get(ConsulMetadata.STATUS).stringValue()).isEqualTo("warning");
        assertThat(metadata.get(ConsulMetadata.OUTPUT).stringValue()).isEqualTo("slow");
        assertThat(metadata.has("other")).isFalse();
    }
}
