package dev.aicore.discovery.config.web;

import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
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
    ErrorWebExceptionHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean(initMethod = "listen")
    LateFailures lateFailures() {
        return new LateFailures();
    }

    @Bean
    NettyServerCustomizer bareFailures(Ids ids) {
        return new BareFailures(ids)::installOn;
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
    NettyServerCustomizer agreedProtocol(ServerSettings settings, Ids ids) {
        var failures = new BareFailures(ids);
        var deadline = settings.receiveTimeout().plus(FOR_THE_ANSWER);
        return server -> AgreedProtocol.installOn(
                server.http2Settings(http2 -> http2.maxConcurrentStreams(MOST_STREAMS)),
                pipeline -> {
                    failures.addTo(pipeline);
                    BodyCeiling.addTo(pipeline);
                    RawQuery.addTo(pipeline);
                    ReceiveDeadline.addTo(pipeline, deadline);
                    SendDeadline.addTo(pipeline, settings.requestTimeout());
                },
                (pipeline, http2) -> {
                    IdleStreams.addTo(pipeline, http2, settings.idleTimeout());
                    SendDeadline.addTo(pipeline, http2, settings.requestTimeout());
                });
    }

    @Bean
    NettyServerCustomizer connectionLimit(ConnectionSettings settings, MeterRegistry registry, TimeSource time) {
        return new ConnectionLimit(settings.maxConnections(), registry, time)::installOn;
    }

    @Bean
    AnswerDeadline answerDeadline(ServerSettings settings) {
        return new AnswerDeadline(settings.requestTimeout());
    }

    @Bean
    WebFluxConfigurer registryWebFlux(ServerSettings settings) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.mapper()));
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.mapper()));
                codecs.defaultCodecs().maxInMemorySize(Body.MAX_BYTES);
            }

            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new RequestArguments(settings.receiveTimeout()));
            }
        };
    }
}
