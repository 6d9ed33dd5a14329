package dev.aicore.discovery.spring.configdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlattenedConfigurationTest {

    @Test
    void nesting_becomesNames() {
        assertThat(FlattenedConfiguration.of(Map.of(
                        "pool", Map.of("size", new BigDecimal("20"), "hosts", List.of(Map.of("name", "a"), "b")),
                        "debug", true,
                        "empty", List.of(),
                        "routes", Map.of("/api/*", "orders"))))
                .containsOnly(
                        Map.entry("pool.size", new BigDecimal("20")),
                        Map.entry("pool.hosts[0].name", "a"),
                        Map.entry("pool.hosts[1]", "b"),
                        Map.entry("debug", true),
                        Map.entry("empty", ""),
                        Map.entry("routes[/api/*]", "orders"));
    }
}
