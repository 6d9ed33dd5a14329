package dev.aicore.discovery.spring.cloud;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.spring.testing.RecordedRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.discovery.event.InstancePreRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;

class CloudRegistrationHookTest {
    private final List<String> calls = new ArrayList<>();
    private final RegistryRegistration registration = new RegistryRegistration(Instance.of("orders", 0));
    private final CloudRegistrationHook hook =
            new CloudRegistrationHook(registration, List.of(new RecordedLifecycle()), event -> {
                calls.add(event.getClass().getSimpleName());
                if (event instanceof InstancePreRegisteredEvent before) {
                    requireNonNull(before.getRegistration().getMetadata()).put("team", "blue");
                }
            });

    @Test
    void events_andLifecycles_areCalledAroundTheRegistration() {
        var declared = hook.beforeRegister(Instance.of("orders", 8080).metadata("region", "eu"));
        assertThat(declared.port()).isEqualTo(8080);
        assertThat(declared.metadata()).containsEntry("team", "blue").containsEntry("region", "eu");
        assertThat(registration.getPort()).isEqualTo(8080);

        var registered = new RecordedRegistration(declared.id("orders-1"));
        hook.afterRegister(registered);
        assertThat(registration.getInstanceId()).isEqualTo("orders-1");
        hook.beforeLeave(registered);
        hook.afterLeave(registered);
        assertThat(calls)
                .containsExactly(
                        "InstancePreRegisteredEvent",
                        "before start",
                        "after start",
                        "InstanceRegisteredEvent",
                        "before stop",
                        "after stop");
    }

    private final class RecordedLifecycle implements RegistrationLifecycle<RegistryRegistration> {

        @Override
        public void postProcessBeforeStartRegister(RegistryRegistration registered) {
            calls.add("before start");
        }

        @Override
        public void postProcessAfterStartRegister(RegistryRegistration registered) {
            calls.add("after start");
        }

        @Override
        public void postProcessBeforeStopRegister(RegistryRegistration registered) {
            calls.add("before stop");
        }

        @Override
        public void postProcessAfterStopRegister(RegistryRegistration registered) {
            calls.add("after stop");
        }
    }
}
