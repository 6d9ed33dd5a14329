package dev.aicore.discovery.spring.cloud;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.spring.testing.RecordedRegistration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RegistryServiceRegistryTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final RegistryServiceRegistry registry =
            new RegistryServiceRegistry(instance -> new RecordedRegistration(instance, requests));
    private final RegistryRegistration registration = new RegistryRegistration(Instance.of("orders", 8080));

    @Test
    void registration_withChangedMetadata_isRegisteredOnceAndLeft() {
        registration.getMetadata().put("team", "blue");
        registry.register(registration);
        registry.register(registration);
        assertThat(requireNonNull(registration.active()).instance().metadata()).containsEntry("team", "blue");
        registry.deregister(registration);
        registry.deregister(registration);
        assertThat(requests).containsExactly("register orders", "ready", "leave");
    }

    @Test
    void statuses_ofSpringCloud_becomeThoseOfTheRegistry() {
        registry.register(registration);
        assertThat(registry.<String>getStatus(registration)).isEqualTo("UP");
        registry.setStatus(registration, "OUT_OF_SERVICE");
        registry.setStatus(registration, "DOWN");
        assertThat(registry.<String>getStatus(registration)).isEqualTo("DOWN");
        registry.setStatus(registration, "up");
        registry.setStatus(registration, "DRAINING");
        assertThat(registry.<String>getStatus(registration)).isEqualTo("DRAINING");
        assertThat(requests)
                .containsExactly(
                        "register orders",
                        "ready",
                        "maintenance true",
                        "not ready",
                        "maintenance false",
                        "ready",
                        "drain");
    }

    @Test
    void status_unknownOrWithoutRegistration_isRefused() {
        assertThat(registry.<String>getStatus(registration)).isEqualTo("UNKNOWN");
        assertThatIllegalStateException().isThrownBy(() -> registry.setStatus(registration, "UP"));
        registry.register(registration);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.setStatus(registration, "SLEEPING"))
                .withMessageContaining("UP, DOWN, OUT_OF_SERVICE or DRAINING");
    }
}
