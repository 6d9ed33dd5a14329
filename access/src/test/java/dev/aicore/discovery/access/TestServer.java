package dev.aicore.discovery.access;

import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import dev.aicore.discovery.access.hotpath.HotPathConfiguration;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.SequentialIdGenerator;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
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

/** A small application on a real port, with the same web layer and access control as every side. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    NettyReactiveWebServerAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    WebFluxAutoConfiguration.class,
    ErrorWebFluxAutoConfiguration.class,
    CodecsAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@Import({HotPathConfiguration.class, TestServer.Things.class, TestServer.Health.class})
class TestServer {
    static final Instant AT = Instant.parse("2026-11-23T12:00:00.5Z");

    /** Returns an application of this class and further ones, which listens at the address on a free port. */
    static SpringApplicationBuilder on(String address, Class<?>... more) {
        return new SpringApplicationBuilder(TestServer.class)
                .sources(more)
                .properties("server.address=" + address, "server.port=0");
    }

    @Bean
    @Primary
    IdGenerator countingIds() {
        return new SequentialIdGenerator();
    }

    /** Permits the routes of this application, which the registry's table doesn't list. */
    @Bean
    RoutePermission getThings() {
        return new RoutePermission(HttpMethod.GET, "/things/**", Permission.STATUS_READ, ResourceScope.NONE);
    }

    @Bean
    RoutePermission postThings() {
        return new RoutePermission(HttpMethod.POST, "/things/**", Permission.INSTANCE_WRITE, ResourceScope.NONE);
    }

    enum Phase {
        HALF_OPEN
    }

    record Thing(String serviceName, Phase phase, Instant seenAt, Map<String, String> metadata) {}

    @RestController
    @RequestMapping(path = "/things", produces = MediaType.APPLICATION_JSON_VALUE)
    static class Things {
        private static final TextConstraint NAME = TextConstraint.nonEmpty(20);

        @PostMapping
        Mono<ResponseEntity<ApiResponse<Map<String, Object>>>> make(JsonBody jsonBody) {
            return jsonBody.required()
                    .map(jsonFields -> ApiResponse.created(URI.create("/things/1"), read(jsonFields), 7, AT));
        }

        @PostMapping("/optional")
        Mono<ResponseEntity<ApiResponse<Boolean>>> optional(JsonBody jsonBody) {
            return jsonBody.optional().map(jsonFields -> ApiResponse.ok(jsonFields.has("name"), 8, AT));
        }

        private static Map<String, Object> read(JsonFields jsonFields) {
            Map<String, Object> read = new LinkedHashMap<>();
            read.put("name", jsonFields.text("name", NAME));
            read.put("port", jsonFields.integerOr("port", 1, 65_535, 80));
            read.put("enabled", jsonFields.boolOr("enabled", true));
            read.put(
                    "protocol",
                    jsonFields.choiceOr("protocol", Choices.ofNames("http", "https", "grpc", "tcp", "udp4"), "http"));
            JsonFields check = jsonFields.objectOrNull("health_check");
            JsonFields config = check == null ? null : check.objectOrNull("config");
            if (config != null) {
                read.put("path", config.text("path"));
            }
            read.put("metadata", jsonFields.stringMap("metadata", 2, 5, 10, 20));
            read.put("tags", jsonFields.stringList("tags", 2));
            read.put("any", String.valueOf(jsonFields.jsonOrNull("any")));
            jsonFields.rejectUnknown();
            jsonFields.validate();
            return read;
        }

        @GetMapping
        ResponseEntity<ApiResponse<List<Thing>>> list(QueryParameters queryParameters) {
            int limit = queryParameters.integerOr("limit", 1, 1000, 100);
            boolean all = queryParameters.boolOr("include_unhealthy", false);
            queryParameters.durationOr("wait", Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(2));
            Map<String, String> metadata =
                    queryParameters.prefixed("metadata.", 3, TextConstraint.nonEmpty(10), TextConstraint.upTo(10));
            queryParameters.validate();
            Thing thing = new Thing("x" + limit + all, Phase.HALF_OPEN, AT, metadata);
            return ApiResponse.page(List.of(thing), 9, AT, "next");
        }

        @GetMapping("/caller")
        ApiResponse<Caller> caller(Caller caller) {
            return ApiResponse.of(caller, AT);
        }

        @GetMapping("/{number}")
        ApiResponse<Integer> one(@PathVariable("number") int number) {
            return ApiResponse.of(number, AT);
        }

        /** Answers from another thread, so that the next request arrives before this one has ended. */
        @GetMapping("/later")
        Mono<ResponseEntity<ApiResponse<String>>> later() {
            return Mono.delay(Duration.ofMillis(50)).map(passed -> ApiResponse.ok("later", 1, AT));
        }

        @GetMapping("/hanging")
        Mono<ApiResponse<String>> hanging() {
            return Mono.never();
        }

        @GetMapping("/broken")
        ApiResponse<String> broken() {
            throw new IllegalStateException("jdbc:postgresql://secret-host/password=hunter2");
        }

        @GetMapping("/reset")
        Mono<ApiResponse<String>> reset() {
            return Mono.error(new IOException("Connection reset by peer"));
        }

        @GetMapping("/busy")
        Mono<ApiResponse<String>> busy() {
            return Mono.fromFuture(CompletableFuture.<ApiResponse<String>>failedFuture(
                            new RegistryException(ErrorCode.OVERLOADED, "The queue is full.", Duration.ofMillis(1200))))
                    .contextCapture();
        }

        @GetMapping("/locked")
        ApiResponse<String> locked() {
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
        ApiResponse<String> health() {
            return ApiResponse.of("up", AT);
        }
    }
}
