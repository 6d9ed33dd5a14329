package dev.aicore.discovery.config.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpEndpointTest {

    @Test
    void endpointOfOldJaeger_isOtlpPortOfItsHost() {
        assertThat(OtlpEndpoint.of("http://jaeger:14268/api/traces")).isEqualTo("http://jaeger:4318/v1/traces");
        assertThat(OtlpEndpoint.of("https://[::1]:14268/api/traces")).isEqualTo("https://[::1]:4318/v1/traces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:4318/v1/traces", "https://collector.example.org/custom/path"})
    void endpointOfOtlp_isUnchanged(String endpoint) {
        assertThat(OtlpEndpoint.of(endpoint)).isEqualTo(endpoint);
    }
}
