package dev.aicore.discovery.command.testing;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.RequestAuthenticator;
import dev.aicore.discovery.access.hotpath.HotPathConfiguration;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.InMemoryCommandGateway;
import dev.aicore.discovery.command.discovery.ResetPicksConfiguration;
import dev.aicore.discovery.command.health.HealthCheckConfiguration;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.RegistrationConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** Serves the routes that write on a real port, with in-memory shards. Callers name themselves in a header. */
public final class CommandServer implements AutoCloseable {

    /** Header with the name of the caller, who is then not an admin; without it the caller is an anonymous admin. */
    public static final String PRINCIPAL = "X-Test-Principal";

    private final ConfigurableApplicationContext context;

    private CommandServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static CommandServer start() {
        return start(List.of());
    }

    /**
     * Starts a server with additional configuration.
     *
     * @param more additional configuration classes
     * @param settings settings, e.g. {@code --service-discovery.server.hot-path=false}
     */
    public static CommandServer start(List<Class<?>> more, String... settings) {
        return new CommandServer(new SpringApplicationBuilder(Application.class)
                .sources(more.toArray(Class<?>[]::new))
                .web(WebApplicationType.REACTIVE)
                .properties(Map.of(
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "spring.main.banner-mode", "off",
                        "spring.web.resources.add-mappings", "false"))
                .run(settings));
    }

    public int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
                .build();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @Import({
        HotPathConfiguration.class,
        RegistrationConfiguration.class,
        ResetPicksConfiguration.class,
        HealthCheckConfiguration.class
    })
    @ImportAutoConfiguration({
        NettyReactiveWebServerAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        WebFluxAutoConfiguration.class,
        CodecsAutoConfiguration.class
    })
    static class Application {

        @Bean(initMethod = "own")
        CommandGateway commandGateway(TimeSource time) {
            return InMemoryCommandGateway.on(time);
        }

        @Bean
        IdempotentExecutor executor() {
            return new IdempotentExecutor(key -> Optional.empty(), principal -> {});
        }

        @Bean
        @Primary
        RequestAuthenticator toldWhoCalls() {
            return request -> Mono.just(caller(request));
        }

        private static Caller caller(ServerHttpRequest request) {
            var named = request.getHeaders().getFirst(PRINCIPAL);
            return named == null
                    ? new Caller("anonymous", "admin", "127.0.0.1", "rest", "req-1", null)
                    : new Caller(named, "service", "127.0.0.1", "rest", "req-1", null);
        }
    }
}
