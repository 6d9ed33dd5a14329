package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyNamesTest {

    @ParameterizedTest
    @CsvSource({
        "service-discovery.ulr, service-discovery.url",
        "service-discovery.registration.prot, service-discovery.registration.port",
        "service-discovery.registration.meta-data, service-discovery.registration.metadata",
        "service-discovery.loadbalancer.strategy, service-discovery.load-balancer.strategy",
        "service-discovery.load-balancer.services.payments.stratgy,"
                + " service-discovery.load-balancer.services.payments.strategy"
    })
    void name_misspelt_hasTheKnownOneAsNearest(String unknown, String known) {
        assertThat(PropertyNames.known().nearest(unknown)).isEqualTo(known);
    }

    @Test
    void names_ofAllRecords_areInKebabCase() {
        assertThat(PropertyNames.known().names())
                .contains(
                        "service-discovery.api-key-file",
                        "service-discovery.drain.wait",
                        "service-discovery.load-balancer.services.*.zone-preference")
                .allMatch(name -> name.matches("service-discovery\\.[a-z.*-]+"));
    }
}
