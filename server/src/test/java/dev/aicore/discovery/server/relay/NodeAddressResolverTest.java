package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAddressResolverTest {

    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1, 127.0.0.1:8080",
        "'', ::1, [::1]:8080",
        "'', localhost, localhost:8080",
        "node-1, 0.0.0.0, node-1:8080",
        "node-1:9090, 0.0.0.0, node-1:9090",
        "10.0.0.7:9090, ::, 10.0.0.7:9090",
        "[2001:db8::7], 0.0.0.0, [2001:db8::7]:8080",
        "[2001:db8::7]:9090, 0.0.0.0, [2001:db8::7]:9090",
    })
    void of_settings_returnsHostAndPort(String configured, String bound, String expected) {
        assertThat(NodeAddressResolver.of(configured, bound, 8080)).isEqualTo(expected);
    }

    @Test
    void of_wildcard_returnsAddressOfMachine() {
        assertThat(NodeAddressResolver.of("", "0.0.0.0", 8080))
                .endsWith(":8080")
                .doesNotStartWith("0.0.0.0")
                .doesNotStartWith("127.");
    }
}
