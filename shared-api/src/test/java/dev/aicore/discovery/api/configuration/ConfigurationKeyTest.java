package dev.aicore.discovery.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationKeyTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "config/orders/data, orders, orders",
                "'config/orders,prod/data', -, orders",
                "config/orders/data/x, -, orders",
                "config/orders/url, -, orders",
                "config/orders/, -, orders",
                "config/orders, -, -",
                "config, -, -",
                "other/orders/data, -, -",
                "'', -, -"
            })
    void key_belongsToService(String key, String serviceOf, String ownerOf) {
        assertThat(ConfigurationKey.serviceOf(key)).isEqualTo(serviceOf);
        assertThat(ConfigurationKey.ownerOf(key)).isEqualTo(ownerOf);
    }

    @ParameterizedTest
    @CsvSource({"orders", "a.b-c_d"})
    void configuration_hasKey(String service) {
        assertThat(ConfigurationKey.serviceOf(ConfigurationKey.of(service))).isEqualTo(service);
    }
}
