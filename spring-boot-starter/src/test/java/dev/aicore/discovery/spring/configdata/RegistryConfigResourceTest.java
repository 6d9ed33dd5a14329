package dev.aicore.discovery.spring.configdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigResourceTest {

    @Test
    void location_withoutName_isTheApplication() {
        var resource = RegistryConfigResource.parse("", "orders");
        assertThat(resource.service()).isEqualTo("orders");
        assertThat(resource.version()).isNull();
        assertThat(resource.ofProfile("blue").service()).isEqualTo("orders-blue");
        assertThat(resource).isNotEqualTo(resource.ofProfile("blue"));
    }

    @Test
    void location_withVersion_isFixed() {
        var resource = RegistryConfigResource.parse("shared?version=12", "orders");
        assertThat(resource.service()).isEqualTo("shared");
        assertThat(resource.version()).isEqualTo(12);
        assertThat(resource).hasToString("configuration of shared, version 12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared?version=0", "shared?version=x", "shared?label=main", "shared?"})
    void location_malformed_isRefused(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryConfigResource.parse(location, "orders"))
                .withMessageContaining(location);
    }
}
