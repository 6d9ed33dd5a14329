package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import dev.aicore.discovery.web.StrictJsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationDocumentTest {

    private static RegistrationDocument parse(String json) {
        return RegistrationDocument.of(StrictJsonParser.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void of_springRegistration_isRead() {
        var service = parse("""
                {"ID":"orders-8080","Name":"orders","Tags":[],"Address":"10.0.0.5","Meta":{"secure":"false"},"Port":8080,
                 "EnableTagOverride":null,"Check":{"Args":null,"DockerContainerID":null,"Shell":null,"Interval":"10s",
                 "TTL":null,"HTTP":"http://10.0.0.5:8080/actuator/health","Method":null,"Header":{},"TCP":null,"Timeout":null,
                 "DeregisterCriticalServiceAfter":null,"TLSSkipVerify":null,"Status":null,"GRPC":null,"GRPCUseTLS":null},
                 "Checks":null}""");

        assertThat(service.id()).isEqualTo("orders-8080");
        assertThat(service.checks()).singleElement().satisfies(check -> {
            assertThat(check.type()).isEqualTo(CheckType.HTTP);
            assertThat(check.period()).isEqualTo(Duration.ofSeconds(10));
            assertThat(check.deregisterAfter()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Id\":\"a\",\"Name\":\"b\",\"check\":{\"Ttl\":\"20s\",\"DeregisterCriticalServiceAfter\":\"90m\"}}",
                "{\"id\":\"a\",\"name\":\"b\",\"check\":{\"ttl\":\"20s\",\"deregister_critical_service_after\":\"90m\"}}",
                "{\"ID\":\"a\",\"Name\":\"b\",\"Checks\":[{\"TTL\":\"20s\",\"deregistercriticalserviceafter\":\"90m\"}]}"
            })
    void of_otherSpellings_areTheSame(String json) {
        var service = parse(json);

        assertThat(service.id()).isEqualTo("a");
        assertThat(service.checks().getFirst().period()).isEqualTo(Duration.ofSeconds(20));
        assertThat(service.checks().getFirst().deregisterAfter()).isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Name\":\"b\"}",
                "{\"Name\":\"b\",\"Check\":{}}",
                "{\"Name\":\"b\",\"Check\":null,\"Checks\":[null]}",
                "{\"Name\":\"b\",\"Check\":{\"Name\":\"alive\"}}"
            })
    void of_noCheck_hasNone(String json) {
        var service = parse(json);

        assertThat(service.id()).isEqualTo("b");
        assertThat(service.checks()).isEmpty();
    }

    @Test
    void of_shortDeregistrationTime_isRaisedToAMinute() {
        var service = parse("{\"Name\":\"b\",\"Check\":{\"TTL\":\"10s\",\"DeregisterCriticalServiceAfter\":\"10s\"}}");

        assertThat(service.checks().getFirst().deregisterAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void of_fieldsWithoutNativeEquivalent_areKept() {
        var service = parse("""
                {"Name":"b","Kind":"","TaggedAddresses":{"lan":{"address":"10.0.0.5","port":80}},"Connect":{},
                 "EnableTagOverride":true,"Weights":{"Passing":10,"Warning":2}}""");

        assertThat(service.rest().toString())
                .isEqualTo("{\"Kind\":\"\",\"TaggedAddresses\":{\"lan\":{\"address\":\"10.0.0.5\",\"port\":80}},"
                        + "\"EnableTagOverride\":true,\"Weights\":{\"Warning\":2}}");
        assertThat(service.passingWeight()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"ID\":\"a\"} | Missing service name",
                "{\"Name\":\"b\",\"Prot\":80} | Request decode failed: json: unknown field \"Prot\"",
                "{\"Name\":\"b\",\"Check\":{\"TLL\":\"1s\"}} | Request decode failed: json: unknown field \"TLL\"",
                "{\"Name\":\"b\",\"Port\":\"80\"} | Request decode failed: field Port is a string, but an integer is expected",
                "{\"Name\":\"b\",\"Port\":70000} | Invalid port 70000: must be between 0 and 65535",
                "[] | Request decode failed: expected a JSON object, but found an array",
                "{\"Name\":\"b\",\"Check\":{\"TTL\":\"1\"}} | Request decode failed: time: missing unit in duration \"1\"",
                "{\"Name\":\"b\",\"Check\":{\"TTL\":\"soon\"}} | Request decode failed: time: invalid duration \"soon\"",
                "{\"Name\":\"b\",\"Check\":{\"TTL\":\"-1s\"}} | Invalid check: TTL must be > 0 for TTL checks",
                "{\"Name\":\"b\",\"Check\":{\"HTTP\":\"http://a/\"}} | Invalid check: Interval must be > 0",
                "{\"Name\":\"b\",\"Check\":{\"TCP\":\"a:1\"}} | Invalid check: Interval must be > 0",
                "{\"Name\":\"b\",\"Check\":{\"Interval\":\"1s\"}} | Invalid check: Interval is given, but none",
                "{\"Name\":\"b\",\"Check\":{\"TTL\":\"1s\",\"Interval\":\"1s\"}} | Invalid check: Interval and TTL cannot both",
                "{\"Name\":\"b\",\"Check\":{\"Status\":\"passing\"}} | Invalid check: TTL must be > 0",
                "{\"Name\":\"b\",\"Check\":{\"TTL\":\"9s\",\"Status\":\"fine\"}} | Invalid check status: 'fine'",
                "{\"Name\":\"b\",\"Check\":{\"Args\":[\"sh\"],\"Interval\":\"1s\"}} | Invalid check: Args is not supported",
                "{\"Name\":\"b\",\"Check\":{\"HTTP\":\"http://a/\",\"TCP\":\"a:1\",\"Interval\":\"1s\"}} | Invalid check: only one of",
                "{\"Name\":\"b\",\"Weights\":{\"Passing\":0}} | Invalid Weights: Passing must be between 1 and 65535",
                "{\"Name\":\"b\",\"Weights\":{\"Passing\":65536}} | Invalid Weights: Passing must be between 1 and 65535",
                "{\"Name\":\"b\",\"Meta\":{\"a.b\":\"c\"}} | Invalid Service Meta: Key 'a.b'"
            })
    void of_invalidRegistration_isRefusedInASentence(String json, String sentence) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> parse(json.strip()))
                .withMessageStartingWith(sentence);
    }

    @Test
    void of_longMeta_isRefused() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> parse("{\"Name\":\"b\",\"Meta\":{\"a\":\"" + "x".repeat(513) + "\"}}"))
                .withMessageContaining("Value of 'a' is too long");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> parse("{\"Name\":\"b\",\"Meta\":{\"" + "x".repeat(129) + "\":\"a\"}}"))
                .withMessageContaining("Invalid Service Meta: Key");
    }
}
