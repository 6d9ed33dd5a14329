package dev.aicore.discovery.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.spring.testing.RecordedRegistration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class RegistrationLifeTest {

    @Test
    void phases_ofBothLifecycles_encloseThoseOfTheWebServer() {
        assertThat(AnnounceLifecycle.PHASE).isEqualTo(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1);
        assertThat(LeaveLifecycle.PHASE).isEqualTo(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1);
    }

    @Test
    void application_fromStartToEnd_isStartingReadyDrainingGone() {
        var requests = new CopyOnWriteArrayList<String>();
        var context = start(requests);
        var port = requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        assertThat(requests).containsExactly("register orders", "ready");
        assertThat(requireNonNull(context.getBean(InstanceRegistration.class).current())
                        .instance()
                        .port())
                .isEqualTo(port);
        context.close();
        assertThat(requests)
                .containsExactly(
                        "register orders", "ready", "drain", "graceful shutdown", "web server closed", "leave");
        context.close();
        assertThat(requests).hasSize(6);
    }

    @Test
    void registration_refusedWithFailFast_failsTheStart() {
        var registered = new RecordedRegistration(Instance.of("orders", 80)).in(RegistrationState.REFUSED);
        var registration =
                new InstanceRegistration(instance -> registered, () -> Instance.of("orders", 80), List.of(), true);
        assertThatIllegalStateException().isThrownBy(registration::register);
        assertThat(registered.requests()).containsExactly("register orders", "leave");
    }

    @Test
    void registration_withoutPort_hasNoEffect() {
        var registration =
                new InstanceRegistration(RecordedRegistration::new, () -> Instance.of("orders", 0), List.of(), false);
        registration.register();
        assertThat(registration.current()).isNull();
        assertThat(registration.drain()).isFalse();
        registration.leave();
    }

    private static ConfigurableApplicationContext start(List<String> requests) {
        return new SpringApplicationBuilder(Application.class)
                .initializers(
                        context -> context.getBeanFactory().registerSingleton("requestLog", new RequestLog(requests)))
                .properties(
                        "server.port=0",
                        "spring.application.name=orders",
                        "spring.main.banner-mode=off",
                        "service-discovery.url=http://127.0.0.1:1",
                        "service-discovery.cache-directory=",
                        "service-discovery.drain.wait=10ms")
                .run();
    }

    record RequestLog(List<String> requests) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        InstanceRegistration instanceRegistration(InstanceDeclaration declaration, RequestLog log) {
            return new InstanceRegistration(
                    instance -> new RecordedRegistration(instance, log.requests()),
                    declaration::instance,
                    List.of(),
                    false);
        }

        /** Stops together with the graceful shutdown. */
        @Bean
        SmartLifecycle gracefulShutdown(RequestLog log) {
            return new StopRecorder(
                    WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE,
                    () -> log.requests().add("graceful shutdown"));
        }

        /** Stops together with the web server. */
        @Bean
        SmartLifecycle webServerStop(RequestLog log) {
            return new StopRecorder(
                    WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE,
                    () -> log.requests().add("web server closed"));
        }
    }

    private static final class StopRecorder implements SmartLifecycle {
        private final int phase;
        private final Runnable onStop;
        private volatile boolean running;

        StopRecorder(int phase, Runnable onStop) {
            this.phase = phase;
            this.onStop = onStop;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            onStop.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
