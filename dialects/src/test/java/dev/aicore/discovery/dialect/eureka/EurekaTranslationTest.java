package dev.aicore.discovery.dialect.eureka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ActionType;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleInstance;
import dev.aicore.discovery.web.StrictJsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EurekaTranslationTest {

    private static final long NOW = 1_796_076_353_269L;

    private static final String DOCUMENT = """
            {"instance": {"instanceId": "h:orders:8080", "app": "orders", "hostName": "Host.Example", "ipAddr": "10.0.0.5",
             "status": "UP", "port": {"$": 8080, "@enabled": "true"}, "vipAddress": "orders",
             "dataCenterInfo": {"name": "MyOwn"}, "metadata": {"zone": "eu", "consul.x": "y"},
             "leaseInfo": {"renewalIntervalInSecs": 10, "durationInSecs": 30}, "sid": "na", "unknown": [1]}}""";

    private static EurekaInstance parse(String json) {
        return EurekaDocumentParser.parse("Orders", StrictJsonParser.read(json.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    @Test
    void registration_isTheNativeDocument() {
        var document = NativeDocumentFactory.registration(parse(DOCUMENT), "orders:1", "orders", null);

        assertThat(document)
                .hasToString("{\"id\":\"orders:1\",\"name\":\"orders\",\"address\":\"Host.Example\",\"port\":8080,"
                        + "\"protocol\":\"http\",\"ttl\":30,\"initial_status\":\"healthy\",\"metadata\":{"
                        + "\"eureka.host-name\":\"Host.Example\",\"eureka.instance-id\":\"h:orders:8080\","
                        + "\"eureka.ip-address\":\"10.0.0.5\",\"eureka.last-dirty-timestamp\":\"1796076353269\","
                        + "\"eureka.metadata.consul.x\":\"y\",\"eureka.renewal-interval\":\"10\","
                        + "\"eureka.status\":\"UP\",\"eureka.vip-address\":\"orders\",\"zone\":\"eu\"}}");
    }

    @Test
    void registration_withOverride_isNotDiscoveredAtFirst() {
        var document =
                NativeDocumentFactory.registration(parse(DOCUMENT), "orders:1", "orders", EurekaStatus.OUT_OF_SERVICE);

        assertThat(document.at("/initial_status").asString()).isEqualTo("starting");
        assertThat(document.at("/metadata/eureka.overridden-status").asString()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void xmlForm_isParsedLikeTheJsonForm() {
        var json = parse(DOCUMENT);
        var written = EurekaXmlWriter.write(new SingleInstance(new ListedInstance(json, ActionType.ADDED)));
        var xml = EurekaDocumentParser.parse("ORDERS", EurekaXmlParser.parse(written), NOW);

        assertThat(xml).usingRecursiveComparison().isEqualTo(json);
    }

    @Test
    void jsonForm_isParsedLikeTheOriginal() {
        var original = parse(DOCUMENT);
        var written = EurekaJsonWriter.write(new SingleInstance(new ListedInstance(original, ActionType.ADDED)));

        assertThat(EurekaDocumentParser.parse("ORDERS", StrictJsonParser.read(written), NOW))
                .usingRecursiveComparison()
                .isEqualTo(original);
    }

    @Test
    void xmlWithADocumentType_isRefused() {
        for (var xml : new String[] {
            "<!DOCTYPE instance><instance/>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><instance><app>&x;</app></instance>",
            "<instance><app>&unknown;</app></instance>",
            "<instance>" + "<a>".repeat(20) + "</a>".repeat(20) + "</instance>",
            "<instance>" + "<a/>".repeat(2) + "</instance>"
        }) {
            assertThatExceptionOfType(RegistryException.class)
                    .as(xml)
                    .isThrownBy(() -> EurekaXmlParser.parse(xml.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
