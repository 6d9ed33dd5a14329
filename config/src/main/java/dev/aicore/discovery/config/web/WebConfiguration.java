package dev.aicore.discovery.config.web;

import dev.aicore.discovery.config.settings.AddressRange;
import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.ProxySettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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

/** Everything that makes WebFlux read and answer as the API contract says. */
@Configuration(proxyBeanMethods = false)
@Import({TimeConfiguration.class, SettingsConfiguration.class})
public class WebConfiguration {
    /** So that who waits for a body can still answer that it didn't come. */
    private static final Duration FOR_THE_ANSWER = Duration.ofSeconds(1);

    /** Of one connection at once; more wait with their caller. */
    private static final int MOST_STREAMS = 100;

    @Bean
    RequestId requestId(Ids ids) {
        return new RequestId(ids);
    }

    @Bean
    WebFilter cleanPath() {
        return new CleanPath();
    }

    @Bean
    WebFilter hostHeader() {
        return new HostHeader();
    }

    @Bean
    ErrorWebExceptionHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean(initMethod = "listen")
    LateFailures lateFailures() {
        return new LateFailures();
    }

    @Bean
    NettyServerCustomizer bareFailures(Ids ids, TimeSource time) {
        return new BareFailures(ids, time)::installOn;
    }

    @Bean
    NettyServerCustomizer bodyCeiling() {
        return BodyCeiling::installOn;
    }

    @Bean
    NettyServerCustomizer rawQuery() {
        return RawQuery::installOn;
    }

    @Bean
    NettyServerCustomizer receiveDeadline(ServerSettings settings) {
        var deadline = settings.receiveTimeout().plus(FOR_THE_ANSWER);
        return server -> ReceiveDeadline.installOn(server.idleTimeout(settings.idleTimeout()), deadline);
    }

    @Bean
    NettyServerCustomizer sendDeadline(ServerSettings settings) {
        return server -> SendDeadline.installOn(server, settings.requestTimeout());
    }

    /** The same for encrypted connections, which agree on their protocol first. */
    @Bean
    NettyServerCustomizer agreedProtocol(ServerSettings settings, Ids ids, ConnectionTable table, TimeSource time) {
        var failures = new BareFailures(ids, time);
        var malformed = new MalformedFrames(new RepeatedLine(time));
        var deadline = settings.receiveTimeout().plus(FOR_THE_ANSWER);
        return server -> AgreedProtocol.installOn(
                server.http2Settings(http2 -> http2.maxConcurrentStreams(MOST_STREAMS)),
                pipeline -> {
                    failures.addTo(pipeline);
                    BodyCeiling.addTo(pipeline);
                    RawQuery.addTo(pipeline);
                    ReceiveDeadline.addTo(pipeline, deadline);
                    SendDeadline.addTo(pipeline, settings.requestTimeout());
                    RequestTracker.addTo(pipeline, table, time);
                },
                (pipeline, http2) -> {
                    RequestTracker.addTo(pipeline.channel(), http2, table, time);
                    malformed.addTo(pipeline);
                    IdleStreams.addTo(pipeline, http2, settings.idleTimeout());
                    SendDeadline.addTo(pipeline, http2, settings.requestTimeout());
                });
    }

    @Bean
    ConnectionTable connectionTable(ConnectionSettings settings, MeterRegistry registry) {
        int max = DescriptorLimit.connections(settings.maxConnections());
        var table = new ConnectionTable(max, settings.maxOfAddress(max));
        Gauge.builder("service_discovery.connections.open", table, ConnectionTable::open)
                .description("Connections that are open.")
                .register(registry);
        return table;
    }

    @Bean
    ConnectionCounts connectionCounts(MeterRegistry registry, TimeSource time) {
        return new ConnectionCounts(registry, time);
    }

    @Bean
    NettyServerCustomizer connectionLimit(
            ConnectionTable table,
            ConnectionSettings settings,
            ProxySettings proxies,
            ConnectionCounts counts,
            TimeSource time) {
        var trusted = proxies.trusted();
        return new ConnectionLimit(
                table,
                address -> AddressRange.anyContains(trusted, address),
                settings.firstRequestTimeout(),
                counts,
                time)::installOn;
    }

    @Bean
    NettyServerCustomizer requestTracker(ConnectionTable table, TimeSource time) {
        return server -> RequestTracker.installOn(server, table, time);
    }

    @Bean
    EventLoopProbe eventLoopProbe() {
        return new EventLoopProbe();
    }

    @Bean
    NettyServerCustomizer probedLoops(EventLoopProbe probe) {
        return probe::installOn;
    }

    @Bean
    AnswerDeadline answerDeadline(ServerSettings settings) {
        return new AnswerDeadline(settings.requestTimeout());
    }

    @Bean
    PendingBodies pendingBodies(ServerSettings server, ConnectionSettings connections) {
        long max = connections.maxPendingBodies().toBytes();
        return new PendingBodies(server.receiveTimeout(), max, connections.maxOfAddress(max));
    }

    @Bean
    WebFluxConfigurer registryWebFlux(PendingBodies bodies) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.mapper()));
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.mapper()));
                codecs.defaultCodecs().maxInMemorySize(Body.MAX_BYTES);
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new RequestArguments(bodies));
            }
        };
    }
}
