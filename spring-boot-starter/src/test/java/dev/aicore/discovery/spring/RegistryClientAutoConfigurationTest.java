package dev.aicore.discovery.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.RegistryProperties.Health.DownWhen;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RegistryClientAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ApplicationAvailabilityAutoConfiguration.class,
                    RegistryClientAutoConfiguration.class,
                    RegistrationAutoConfiguration.class));

    @Test
    void client_withoutUrl_isAbsent() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(RegistryClient.class);
            assertThat(context).doesNotHaveBean(InstanceRegistration.class);
        });
    }

    @Test
    void client_disabled_isAbsent() {
        runner.withPropertyValues("service-discovery.url=http://127.0.0.1:1", "service-discovery.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(RegistryClient.class));
    }

    @Test
    void client_withUrl_isPresent() {
        runner.withPropertyValues(
                        "service-discovery.url=http://127.0.0.1:1,http://127.0.0.1:2",
                        "service-discovery.cache-directory=")
                .run(context -> {
                    assertThat(context).hasSingleBean(RegistryClient.class);
                    assertThat(context.getBean(RegistryProperties.class).url()).hasSize(2);
                });
    }

    @Test
    void client_ofTheUser_wins() {
        var own = RegistryClient.at("http://127.0.0.1:1").open();
        runner.withPropertyValues("service-discovery.url=http://127.0.0.1:2")
                .withBean(RegistryClient.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(RegistryClient.class)).isSameAs(own));
    }

    @Test
    void properties_absent_haveTheirDefaults() {
        runner.run(context -> {
            var properties = context.getBean(RegistryProperties.class);
            assertThat(properties.drain().duration()).isEqualTo(Duration.ofSeconds(2));
            assertThat(properties.discovery().idle()).isEqualTo(Duration.ofMinutes(10));
            assertThat(properties.health().downWhen()).isEqualTo(DownWhen.MISSING_LIST);
        });
    }

    @Test
    void property_unknown_failsTheStartWithTheNearestName() {
        runner.withPropertyValues("service-discovery.registration.prot=80").run(context -> {
            assertThat(context).hasFailed();
            var failure = requireNonNull(context.getStartupFailure());
            assertThat(failure).hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class);
            var analysis = new UnknownPropertyFailureAnalyzer().analyze(failure);
            assertThat(requireNonNull(analysis).getDescription())
                    .contains(
                            "'service-discovery.registration.prot' is unknown",
                            "'service-discovery.registration.port'");
        });
    }

    @Test
    void credentials_ofTwoKinds_areRefusedWithoutTheirValues() {
        runner.withPropertyValues(
                        "service-discovery.url=http://127.0.0.1:1",
                        "service-discovery.api-key=secret-key",
                        "service-discovery.token=secret-token")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("at most one of")
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void registration_disabled_isAbsent() {
        runner.withPropertyValues(
                        "service-discovery.url=http://127.0.0.1:1",
                        "spring.cloud.service-registry.auto-registration.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(RegistryClient.class)
                        .doesNotHaveBean(InstanceRegistration.class));
    }
}
