package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("integration")
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedStoreLauncherTest {

    private static final String POSTGRES = "postgresql://somebody@127.0.0.1:1/registry";
    private static final String REDIS = "redis://127.0.0.1:1";

    @TempDir
    Path data;

    @Test
    void embeddedStores_withoutUrls_areBothStarted() {
        try (var context = start(Map.of())) {
            assertThat(context.containsBean("embeddedPostgres")).isTrue();
            assertThat(context.containsBean("embeddedRedis")).isTrue();
            assertThat(context.getEnvironment().getProperty(EmbeddedStoreLauncher.POSTGRES_URL))
                    .startsWith("postgresql://registry:");
            assertThat(context.getEnvironment().getProperty(EmbeddedStoreLauncher.REDIS_URL))
                    .matches("redis://:[0-9a-f]{64}@127\\.0\\.0\\.1:\\d+");
        }
    }

    @Test
    void configuredRedis_replacesEmbeddedRedis() {
        try (var context = start(Map.of(EmbeddedStoreLauncher.REDIS_URL, REDIS))) {
            assertThat(context.containsBean("embeddedPostgres")).isTrue();
            assertThat(context.containsBean("embeddedRedis")).isFalse();
            assertThat(context.getEnvironment().getProperty(EmbeddedStoreLauncher.REDIS_URL))
                    .isEqualTo(REDIS);
        }
    }

    @Test
    void configuredDatabase_withoutRedisUrl_startsNoEmbeddedRedis(CapturedOutput output) {
        try (var context = start(Map.of(EmbeddedStoreLauncher.POSTGRES_URL, POSTGRES))) {
            assertThat(context.containsBean("embeddedPostgres")).isFalse();
            assertThat(context.containsBean("embeddedRedis")).isFalse();
            assertThat(output.getAll().lines().filter(line -> line.contains("no Redis URL")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "nothing is cached", "NOTIFY");
        }
    }

    @Test
    void configuredDatabaseAndRedis_logNoWarning(CapturedOutput output) {
        start(Map.of(EmbeddedStoreLauncher.POSTGRES_URL, POSTGRES, EmbeddedStoreLauncher.REDIS_URL, REDIS))
                .close();
        assertThat(output.getAll()).doesNotContain("WARN");
    }

    private ConfigurableApplicationContext start(Map<String, String> urls) {
        var application = new SpringApplication(Nothing.class);
        // No server listens at the URLs of these tests.
        application.addInitializers(new EmbeddedStoreLauncher((postgres, store) -> {}));
        var options = new ArrayList<>(List.of(
                "--spring.main.web-application-type=none", "--service-discovery.data-dir=" + data.resolve("data")));
        urls.forEach((key, url) -> options.add("--" + key + "=" + url));
        return application.run(options.toArray(String[]::new));
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    static class Nothing {}
}
