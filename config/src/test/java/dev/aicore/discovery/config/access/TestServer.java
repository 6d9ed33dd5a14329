package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.lane.LaneConfiguration;
import dev.aicore.discovery.config.time.CountingIds;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A small application on a real port, with the web and the gate as every side gets them. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    NettyReactiveWebServerAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    ErrorWebFluxAutoConfiguration.class,
    CodecsAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@Import({LaneConfiguration.class, TestServer.Things.class, TestServer.Health.class})
class TestServer {
    static final Instant AT = Instant.parse("2026-11-23T12:00:00.5Z");

    /** An application of it, and of more, that listens there on a free port. */
    static SpringApplicationBuilder on(String address, Class<?>... more) {
        return new SpringApplicationBuilder(TestServer.class)
                .sources(more)
                .properties("server.address=" + address, "server.port=0");
    }

    @Bean
    @Primary
    Ids countingIds() {
        return new CountingIds();
    }

    /** Its routes aren't the registry's. */
    @Bean
    RouteRule getThings() {
        return new RouteRule(HttpMethod.GET, "/things/**", Permission.STATUS_READ, Subject.NONE);
    }

    @Bean
    RouteRule postThings() {
        return new RouteRule(HttpMethod.POST, "/things/**", Permission.INSTANCE_WRITE, Subject.NONE);
    }

    enum Phase {
        HALF_OPEN
    }

    record Thing(String serviceName, Phase phase, Instant seenAt, Map<String, String> metadata) {}

    @RestController
    @RequestMapping(path = "/things", produces = MediaType.APPLICATION_JSON_VALUE)
    static class Things {
        private static final Text NAME = Text.filled(20);

        @PostMapping
        Mono<ResponseEntity<Answer<Map<String, Object>>>> make(Body body) {
            return body.required().map(fields -> Answer.created(URI.create("/things/1"), read(fields), 7, AT));
        }

        @PostMapping("/optional")
        Mono<ResponseEntity<Answer<Boolean>>> optional(Body body) {
            return body.optional().map(fields -> Answer.ok(fields.has("name"), 8, AT));
        }

        private static Map<String, Object> read(Fields fields) {
            Map<String, Object> read = new LinkedHashMap<>();
            read.put("name", fields.text("name", NAME));
            read.put("port", fields.integerOr("port", 1, 65_535, 80));
            read.put("enabled", fields.boolOr("enabled", true));
            read.put("protocol", fields.choiceOr("protocol", Map.of("http", "http"), "http"));
            Fields check = fields.objectOrNull("health_check");
            Fields config = check == null ? null : check.objectOrNull("config");
            if (config != null) {
                read.put("path", config.text("path"));
            }
            read.put("metadata", fields.stringMap("metadata", 2, 5, 10, 20));
            read.put("tags", fields.stringList("tags", 2));
            read.put("any", String.valueOf(fields.jsonOrNull("any")));
            fields.rejectUnknown();
            fields.orThrow();
            return read;
        }

        @GetMapping
        ResponseEntity<Answer<List<Thing>>> list(Query query) {
            int limit = query.integerOr("limit", 1, 1000, 100);
            boolean all = query.boolOr("include_unhealthy", false);
            query.durationOr("wait", Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(2));
            Map<String, String> metadata = query.prefixed("metadata.", 3, Text.filled(10), Text.upTo(10));
            query.orThrow();
            Thing thing = new Thing("x" + limit + all, Phase.HALF_OPEN, AT, metadata);
            return Answer.page(List.of(thing), 9, AT, "next");
        }

        @GetMapping("/caller")
        Answer<Caller> caller(Caller caller) {
            return Answer.of(caller, AT);
        }

        @GetMapping("/{number}")
        Answer<Integer> one(@PathVariable("number") int number) {
            return Answer.of(number, AT);
        }

        /** Answers from another thread, so that the next request comes before this one has ended. */
        @GetMapping("/later")
        Mono<ResponseEntity<Answer<String>>> later() {
            return Mono.delay(Duration.ofMillis(50)).map(passed -> Answer.ok("later", 1, AT));
        }

        @GetMapping("/hanging")
        Mono<Answer<String>> hanging() {
            return Mono.never();
        }

        @GetMapping("/broken")
        Answer<String> broken() {
            throw new IllegalStateException("jdbc:postgresql://secret-host/password=hunter2");
        }

        @GetMapping("/reset")
        Mono<Answer<String>> reset() {
            return Mono.error(new IOException("Connection reset by peer"));
        }

        @GetMapping("/busy")
        Mono<Answer<String>> busy() {
            return Mono.fromFuture(CompletableFuture.<Answer<String>>failedFuture(
                            new RegistryException(ErrorCode.OVERLOADED, "The queue is full.", Duration.ofMillis(1200))))
                    .contextCapture();
        }

        @GetMapping("/locked")
        Answer<String> locked() {
            throw new ResponseStatusException(HttpStatus.LOCKED, "dev.aicore.Secret");
        }

        @GetMapping(path = "/cut", produces = MediaType.APPLICATION_NDJSON_VALUE)
        Flux<Map<String, Integer>> cut() {
            return Flux.just(Map.of("n", 1)).concatWith(Flux.error(new IllegalStateException("in the middle")));
        }
    }

    @RestController
    static class Health {
        @GetMapping("/health")
        Answer<String> health() {
            return Answer.of("up", AT);
        }
    }
}
