package dev.aicore.discovery.config.lane;

import dev.aicore.discovery.config.access.AccessConfiguration;
import dev.aicore.discovery.config.access.Authorizer;
import dev.aicore.discovery.config.access.Gate;
import dev.aicore.discovery.config.metrics.RequestMeter;
import dev.aicore.discovery.config.settings.CorsSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.tracing.RequestTracing;
import dev.aicore.discovery.config.tracing.TracingConfiguration;
import dev.aicore.discovery.config.web.AnswerDeadline;
import dev.aicore.discovery.config.web.RequestId;
import dev.aicore.discovery.config.web.SafeAnswers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the fast lane in front of WebFlux, and what makes answers safe in front of both. Whatever serves HTTP imports this one, which brings the gate. */
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, TracingConfiguration.class})
public class LaneConfiguration {

    @Bean
    Bookkeeping bookkeeping(RequestMeter meter, RequestTracing tracing, TimeSource time) {
        return new Bookkeeping(meter, tracing, time);
    }

    @Bean
    BookkeepingFilter bookkeepingFilter(Bookkeeping books) {
        return new BookkeepingFilter(books);
    }

    @Bean
    WebHttpHandlerBuilderCustomizer fastLane(
            ObjectProvider<HotRoute> routes,
            ServerSettings settings,
            CorsSettings cors,
            TlsSettings tls,
            RequestId ids,
            Gate gate,
            Authorizer authorizer,
            AnswerDeadline deadline,
            Bookkeeping books) {
        return builder -> builder.httpHandlerDecorator(others -> new SafeAnswers(
                settings.fastLane()
                        ? new FastLane(routes.orderedStream().toList(), ids, gate, authorizer, deadline, books, others)
                        : others,
                cors,
                tls));
    }
}
