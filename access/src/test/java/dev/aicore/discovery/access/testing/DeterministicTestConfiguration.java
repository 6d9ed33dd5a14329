package dev.aicore.discovery.access.testing;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.StoreIdHeaderHandler;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets two servers answer equal requests with equal bytes: time stands still, ids are sequential, and random numbers
 * are seeded.
 */
@Configuration(proxyBeanMethods = false)
public class DeterministicTestConfiguration {

    @Bean
    @Primary
    TimeSource standingTime() {
        return new ManualTimeSource(Instant.parse("2026-11-23T12:00:00Z"));
    }

    @Bean
    @Primary
    IdGenerator countedIds() {
        var next = new AtomicLong();
        return () -> new UUID(0, next.incrementAndGet());
    }

    @Bean
    @Primary
    RandomGenerator seeded() {
        return new Random(7);
    }

    /** Sets the same store id in the headers of both servers. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebHttpHandlerBuilderCustomizer oneStore() {
        return builder ->
                builder.httpHandlerDecorator(answers -> new StoreIdHeaderHandler(answers, new UUID(0, 0).toString()));
    }

    @Bean
    WebFluxWatch webFluxWatch() {
        return new WebFluxWatch();
    }

    /** Counts the requests that reached WebFlux. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public static final class WebFluxWatch implements WebFilter {

        private final AtomicInteger requests = new AtomicInteger();

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            requests.incrementAndGet();
            return chain.filter(exchange);
        }

        public int requests() {
            return requests.get();
        }
    }
}
