package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsulInstanceIdTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5",
        "127.0.0.1, localhost",
        "127.0.0.53, localhost",
        "::1, localhost",
        "0:0:0:0:0:0:0:1, localhost",
        "2001:db8::7, 2001:db8::7",
        "unknown, unknown"
    })
    void agent_sourceAddress_isItsHost(String sourceAddress, String agent) {
        assertThat(ConsulInstanceId.agent(sourceAddress)).isEqualTo(agent);
    }

    @Test
    void of_plainId_isReadable() {
        assertThat(ConsulInstanceId.of("orders-8080", "10.0.0.5")).isEqualTo("orders-8080@10.0.0.5");
    }

    @Test
    void of_otherCharacters_staysDifferentAndStable() {
        var slash = ConsulInstanceId.of("orders/8080", "10.0.0.5");
        var blank = ConsulInstanceId.of("orders 8080", "10.0.0.5");

        assertThat(slash).startsWith("orders-8080.").endsWith("@10.0.0.5").isNotEqualTo(blank);
        assertThat(slash).isEqualTo(ConsulInstanceId.of("orders/8080", "10.0.0.5"));
        assertThat(InstanceIdGenerator.isId(slash)).isTrue();
    }

    @Test
    void of_longId_fits() {
        var first = ConsulInstanceId.of("x".repeat(400) + 1, "10.0.0.5");
        var second = ConsulInstanceId.of("x".repeat(400) + 2, "10.0.0.5");

        assertThat(InstanceIdGenerator.isId(first)).isTrue();
        assertThat(first).isNotEqualTo(second);
    }
}
