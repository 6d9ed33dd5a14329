package dev.aicore.discovery.access.hotpath;

import dev.aicore.discovery.access.AccessConfiguration;
import dev.aicore.discovery.access.AccessControl;
import dev.aicore.discovery.access.Authorizer;
import dev.aicore.discovery.access.OwnerRelay;
import dev.aicore.discovery.config.settings.CorsSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.telemetry.RequestMetrics;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.config.telemetry.TracingConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ErrorFormat;
import dev.aicore.discovery.web.RequestIdFilter;
import dev.aicore.discovery.web.ResponseTimeoutFilter;
import dev.aicore.discovery.web.SecurityHeadersHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Puts the hot path in front of WebFlux, and the handler of security headers in front of both. Imported by every
 * application that serves HTTP; imports access control.
 */
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, TracingConfiguration.class})
public class HotPathConfiguration {

    @Bean
    RequestInstrumentation requestInstrumentation(RequestMetrics metrics, RequestTracer tracer, TimeSource time) {
        return new RequestInstrumentation(metrics, tracer, time);
    }

    @Bean
    RequestInstrumentationFilter requestInstrumentationFilter(RequestInstrumentation instrumentation) {
        return new RequestInstrumentationFilter(instrumentation);
    }

    @Bean
    WebHttpHandlerBuilderCustomizer hotPathCustomizer(
            ObjectProvider<HotRoute> routes,
            ServerSettings settings,
            CorsSettings cors,
            TlsSettings tls,
            RequestIdFilter ids,
            AccessControl accessControl,
            Authorizer authorizer,
            ResponseTimeoutFilter timeoutFilter,
            RequestInstrumentation instrumentation,
            ObjectProvider<OwnerRelay> ownerRelay,
            ObjectProvider<ErrorFormat> formats) {
        return builder -> builder.httpHandlerDecorator(others -> new SecurityHeadersHandler(
                settings.hotPath()
                        ? new HotPathHandler(
                                routes.orderedStream().toList(),
                                ids,
                                accessControl,
                                authorizer,
                                timeoutFilter,
                                instrumentation,
                                ownerRelay.getIfAvailable(() -> OwnerRelay.NONE),
                                formats.orderedStream().toList(),
                                others)
                        : others,
                cors,
                tls));
    }
}
