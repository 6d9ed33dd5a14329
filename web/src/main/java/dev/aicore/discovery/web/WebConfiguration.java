package dev.aicore.discovery.web;

import dev.aicore.discovery.config.settings.AddressRange;
import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.ServerSettings.ProxySettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ProblemWriter.ProblemHandler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.WebFilter;

/** Configures WebFlux and Netty to read requests and write answers as the API specifies. */
@Configuration(proxyBeanMethods = false)
@Import({TimeConfiguration.class, SettingsConfiguration.class})
public class WebConfiguration {
    /**
     * Added to the receive timeout of the connection, so that code that waits for a body can still answer that it is
     * late.
     */
    private static final Duration RESPONSE_MARGIN = Duration.ofSeconds(1);

    /** Maximum number of concurrent requests of one HTTP/2 connection; callers have to hold back further ones. */
    private static final int MAX_STREAMS = 100;

    @Bean
    RequestIdFilter requestIdFilter(IdGenerator idGenerator) {
        return new RequestIdFilter(idGenerator);
    }

    @Bean(initMethod = "install")
    LogContextFilter logContextFilter() {
        return new LogContextFilter();
    }

    @Bean
    WebFilter pathValidationFilter() {
        return new PathValidationFilter();
    }

    @Bean
    WebFilter hostHeaderFilter() {
        return new HostHeaderFilter();
    }

    @Bean
    ErrorWebExceptionHandler problemExceptionHandler(ObjectProvider<ErrorFormat> formats) {
        return new ProblemHandler(formats.orderedStream().toList());
    }

    @Bean(initMethod = "install")
    DroppedErrorHook droppedErrorHook() {
        return new DroppedErrorHook();
    }

    @Bean
    NettyServerCustomizer protocolErrorCustomizer(IdGenerator idGenerator, TimeSource time) {
        return new ProtocolErrorHandler(idGenerator, time)::installOn;
    }

    @Bean
    NettyServerCustomizer rejectedBodyCustomizer() {
        return RejectedBodyHandler::installOn;
    }

    @Bean
    NettyServerCustomizer lenientQueryCustomizer() {
        return LenientQueryHandler::installOn;
    }

    @Bean
    NettyServerCustomizer receiveTimeoutCustomizer(ServerSettings settings) {
        var deadline = settings.receiveTimeout().plus(RESPONSE_MARGIN);
        return server -> RequestReceiveTimeoutHandler.installOn(server.idleTimeout(settings.idleTimeout()), deadline);
    }

    @Bean
    NettyServerCustomizer writeTimeoutCustomizer(ServerSettings settings) {
        return server -> ResponseWriteTimeoutHandler.installOn(server, settings.requestTimeout());
    }

    @Bean
    ConnectionCloseHandler connectionCloseHandler() {
        return new ConnectionCloseHandler();
    }

    @Bean
    NettyServerCustomizer connectionCloseCustomizer(ConnectionCloseHandler connectionCloseHandler) {
        return connectionCloseHandler::installOn;
    }

    /** Adds the same handlers to encrypted connections, which negotiate their protocol first. */
    @Bean
    NettyServerCustomizer alpnCustomizer(
            ServerSettings settings,
            IdGenerator idGenerator,
            ConnectionTable table,
            TimeSource time,
            ConnectionCloseHandler connectionCloseHandler) {
        var failures = new ProtocolErrorHandler(idGenerator, time);
        var malformed = new MalformedFrameHandler(new ThrottledLogger(time));
        var deadline = settings.receiveTimeout().plus(RESPONSE_MARGIN);
        return server -> AlpnHandler.installOn(
                server.http2Settings(http2 -> http2.maxConcurrentStreams(MAX_STREAMS)),
                pipeline -> {
                    failures.addTo(pipeline);
                    RejectedBodyHandler.addTo(pipeline);
                    LenientQueryHandler.addTo(pipeline);
                    RequestReceiveTimeoutHandler.addTo(pipeline, deadline);
                    ResponseWriteTimeoutHandler.addTo(pipeline, settings.requestTimeout());
                    ConnectionActivityHandler.addTo(pipeline, table, time);
                    connectionCloseHandler.addTo(pipeline);
                },
                (pipeline, http2) -> {
                    ConnectionActivityHandler.addTo(pipeline.channel(), http2, table, time);
                    malformed.addTo(pipeline);
                    Http2IdleHandler.addTo(pipeline, http2, settings.idleTimeout());
                    ResponseWriteTimeoutHandler.addTo(pipeline, http2, settings.requestTimeout());
                });
    }

    @Bean
    ConnectionTable connectionTable(ConnectionSettings settings, MeterRegistry registry) {
        int max = FileDescriptorLimit.connections(settings.maxConnections());
        var table = new ConnectionTable(max, settings.maxPerAddress(max));
        Gauge.builder("service_discovery.connections.open", table, ConnectionTable::open)
                .description("Open connections.")
                .register(registry);
        return table;
    }

    @Bean
    ConnectionCounters connectionCounters(MeterRegistry registry, TimeSource time) {
        return new ConnectionCounters(registry, time);
    }

    @Bean
    NettyServerCustomizer connectionLimitCustomizer(
            ConnectionTable table,
            ConnectionSettings settings,
            ProxySettings proxies,
            ConnectionCounters counters,
            TimeSource time) {
        var trusted = proxies.trusted();
        return new ConnectionLimit(
                table,
                address -> AddressRange.anyContains(trusted, address),
                settings.firstRequestTimeout(),
                counters,
                time)::installOn;
    }

    @Bean
    NettyServerCustomizer connectionActivityCustomizer(ConnectionTable table, TimeSource time) {
        return server -> ConnectionActivityHandler.installOn(server, table, time);
    }

    @Bean
    EventLoopBarrier eventLoopBarrier() {
        return new EventLoopBarrier();
    }

    @Bean
    NettyServerCustomizer eventLoopBarrierCustomizer(EventLoopBarrier eventLoopBarrier) {
        return eventLoopBarrier::installOn;
    }

    @Bean
    ResponseTimeoutFilter responseTimeoutFilter(ServerSettings settings) {
        return new ResponseTimeoutFilter(settings.requestTimeout());
    }

    @Bean
    IncompleteBodyLimit incompleteBodyLimit(ServerSettings server, ConnectionSettings connections) {
        long max = connections.maxPendingBodies().toBytes();
        return new IncompleteBodyLimit(server.receiveTimeout(), max, connections.maxPerAddress(max));
    }

    @Bean
    WebFluxConfigurer registryWebFlux(IncompleteBodyLimit bodyLimit) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(ApiJson.mapper()));
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(ApiJson.mapper()));
                codecs.defaultCodecs().maxInMemorySize(JsonBody.MAX_BYTES);
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new RequestArgumentResolver(bodyLimit));
            }
        };
    }
}
