package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.query.consistency.AsOfResolver.StoreHorizon;
import java.time.Instant;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Turns a query side into a replay: its clock stands at the end of the bundle, and writes are refused. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /**
     * Returns the end of the bundle as the horizon: facts after it are unknown, so a later time counts as the future.
     */
    @Bean
    StoreHorizon bundleHorizon(Bundle bundle) {
        return new StoreHorizon(bundle.header().to().at());
    }

    @Bean
    @Primary
    TimeSource bundleTimeSource(Bundle bundle) {
        var machine = new SystemTimeSource();
        return new TimeSource() {
            @Override
            public Instant now() {
                return bundle.header().to().at();
            }

            @Override
            public long nanos() {
                return machine.nanos();
            }
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 20)
    WebFilter readOnlyFilter() {
        return (exchange, chain) ->
                READING.contains(exchange.getRequest().getMethod()) || isOfSession(exchange.getRequest())
                        ? chain.filter(exchange)
                        : Mono.error(() -> new RegistryException(
                                ErrorCode.METHOD_NOT_ALLOWED, "The replay of a bundle is read-only."));
    }

    /** Returns true for requests by which a browser begins and ends a session, which write nothing. */
    private static boolean isOfSession(ServerHttpRequest request) {
        return request.getPath().value().startsWith("/ui/session");
    }

    /** Replaces {@code unknown_schema} for a bundle of an older version, which lacks schemas that may have existed. */
    @Bean
    WebFilter missingSchemaFilter(Bundle bundle) {
        boolean known = bundle.header().hasSchemas();
        return (exchange, chain) -> chain.filter(exchange)
                .onErrorMap(
                        failure -> !known
                                && failure instanceof RegistryException refusal
                                && refusal.code() == ErrorCode.UNKNOWN_SCHEMA,
                        _ -> new RegistryException(
                                ErrorCode.HISTORY_COMPACTED,
                                "A bundle of this version lacks the schemas that were declared before its start."));
    }
}
