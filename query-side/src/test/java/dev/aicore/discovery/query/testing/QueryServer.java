package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.access.hotpath.HotPathConfiguration;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.query.QueryConfiguration;
import dev.aicore.discovery.readmodel.counts.CountStoreConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

/** Query side behind a real port, with the web layer and authentication of the server. */
public final class QueryServer implements AutoCloseable {

    /** Start time that the node reports. */
    public static final Instant STARTED = Instant.parse("2026-11-23T12:00:00Z");

    private final ConfigurableApplicationContext context;

    private QueryServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a server.
     *
     * @param url {@code r2dbc:postgresql://…}
     * @param more additional configuration, e.g. readiness indicators; may be null
     * @param arguments settings such as {@code --service-discovery.monitoring.metrics.enabled=false}
     */
    public static QueryServer start(
            String url, String user, String password, @Nullable Class<?> more, String... arguments) {
        var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .properties(Map.of(
                        // A busy machine is no outage.
                        "service-discovery.database.postgres.acquire-timeout", "10s",
                        "service-discovery.database.postgres.query-timeout", "20s",
                        "server.address", "127.0.0.1",
                        "server.port", "0",
                        "spring.main.banner-mode", "off",
                        "spring.web.resources.add-mappings", "false",
                        "spring.r2dbc.url", url,
                        "spring.r2dbc.username", user,
                        "spring.r2dbc.password", password));
        if (more != null) {
            application.sources(more);
        }
        return new QueryServer(application.run(arguments));
    }

    /** Returns a client of this server, which sends URIs unchanged. */
    public WebTestClient client() {
        var addresses = new DefaultUriBuilderFactory(address());
        addresses.setEncodingMode(EncodingMode.NONE);
        return WebTestClient.bindToServer()
                .uriBuilderFactory(addresses)
                .responseTimeout(Duration.ofSeconds(30))
                .build();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Returns the base URI, e.g. {@code http://127.0.0.1:8080}. */
    public String address() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    }

    @Configuration(proxyBeanMethods = false)
    @Import({HotPathConfiguration.class, QueryConfiguration.class, CountStoreConfiguration.class})
    @ImportAutoConfiguration({
        NettyReactiveWebServerAutoConfiguration.class,
        HttpHandlerAutoConfiguration.class,
        WebFluxAutoConfiguration.class
    })
    static class Application {
        @Bean
        NodeInfo nodeInfo() {
            return new NodeInfo("0.1.0", "development", "all", "node-1", STARTED);
        }
    }
}
