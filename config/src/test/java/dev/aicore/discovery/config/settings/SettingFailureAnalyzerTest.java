package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class SettingFailureAnalyzerTest {

    @Test
    void invalidSetting_failsStartupWithOneLine(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> start("--service-discovery.registry.leases.max-silence-ttls=0"));
        assertThat(failure).isNotNull();
        assertThat(output.getErr())
                .isEqualTo("Service Discovery can't start: registry.leases.max_silence_ttls is '0', "
                        + "expected a whole number from 1 to 100\n");
        assertThat(output.getOut()).doesNotContain("APPLICATION FAILED TO START");
    }

    @Test
    void settingsRecords_areBeansOfApplicationContext() {
        try (ConfigurableApplicationContext context = start("--service-discovery.server.port=9090")) {
            assertThat(context.getBean(ServerSettings.class).port()).isEqualTo(9090);
            assertThat(context.getBean(LoggingSettings.class).format()).isEqualTo("text");
        }
    }

    private static ConfigurableApplicationContext start(String... options) {
        SpringApplication application = new SpringApplication(Bare.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(options);
    }

    @Configuration(proxyBeanMethods = false)
    @Import(SettingsConfiguration.class)
    static class Bare {}
}
