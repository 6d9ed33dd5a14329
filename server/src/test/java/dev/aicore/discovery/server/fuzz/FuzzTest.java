package dev.aicore.discovery.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.ServiceDiscovery;
import dev.aicore.discovery.server.fuzz.FuzzRequestGenerator.Request;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends valid and invalid requests, {@code -Dfuzz.requests=100000} of them (2,000 by default), a quarter of them in
 * other registries' protocols, and verifies that nothing fails, leaks or accumulates. {@code -Dfuzz.seed} repeats the
 * same requests.
 */
@Tag("integration")
class FuzzTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_123);
    private static final int MOST_READ = 1 << 20;
    private static final int AT_ONCE = 16;

    /** Memory for the registrations and keys of half of the requests, and for the imprecision of heap measurements. */
    private static final long ROOM = 64L << 20;

    private static final double GROWTH = 1.25;

    /** Content types of responses that may be endless. */
    private static final Set<String> STREAMS = Set.of("text/event-stream", "application/x-ndjson");

    private static final Set<String> DIALECT_PATHS = Set.of("/eureka/", "/v1/");

    /** Implementation details that callers have no use for. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\bat [a-z]+(\\.[A-Za-z0-9$]+)+\\(|(java|javax|reactor|io\\.netty|org\\.springframework|dev\\.aicore|tools\\.jackson"
                    + "|org\\.postgresql|io\\.r2dbc|org\\.axonframework)\\.[a-z]+\\.[A-Za-z]|[A-Za-z]+(Exception|Error)\\b");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private String base = "";

    /** Response; the body of a stream is empty. */
    private record Reply(int status, HttpHeaders headers, String body) {}

    @Test
    @Timeout(1_800)
    void fuzzedRequests_causeNoFaultLeakOrHeapGrowth() throws Exception {
        System.out.printf("fuzz: %d requests, seed %d%n", REQUESTS, SEED);
        long began = System.nanoTime();
        try (ConfigurableApplicationContext server = ServiceDiscovery.application()
                .run(
                        "--service-discovery.server.port=0",
                        "--service-discovery.registry.health-checks.enabled=false",
                        "--service-discovery.data-dir=" + directory.resolve("data"))) {
            base = "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
            Supplier<Request> requests = requests();
            send(requests, REQUESTS / 2);
            long middle = heap();
            send(requests, REQUESTS - REQUESTS / 2);
            long end = heap();
            System.out.printf(
                    "fuzz: %d requests in %.0f s; statuses %s; faults: %d; heap after collection: %d MB in the middle, %d MB at"
                            + " the end%n",
                    REQUESTS, (System.nanoTime() - began) / 1e9, statuses, faults.size(), middle >> 20, end >> 20);
            faults.stream().limit(40).forEach(fault -> System.out.println("fault: " + fault));
            assertThat(faults).isEmpty();
            assertThat(end).isLessThan((long) (middle * GROWTH) + ROOM);
            assertThat(answer("GET", "/health")).isEqualTo(200);
        }
    }

    private Supplier<Request> requests() throws Exception {
        var generator = new FuzzRequestGenerator(document(), SEED);
        var dialectGenerator = new FuzzRequestGenerator(dialectDocument(), SEED);
        var count = new AtomicInteger();
        return () -> count.getAndIncrement() % 4 == 0 ? dialectGenerator.next() : generator.next();
    }

    private static JsonNode dialectDocument() throws Exception {
        try (var yaml = FuzzTest.class.getResourceAsStream("/fuzz/dialects.yaml")) {
            return JSON.valueToTree(new Yaml().load(yaml));
        }
    }

    private JsonNode document() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "/openapi")).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private int answer(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, BodyPublishers.noBody());
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Sends generated requests, some concurrently. */
    private void send(Supplier<Request> requests, int count) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sent = 0; sent < count; sent += AT_ONCE) {
                var asked = Stream.generate(requests)
                        .limit(Math.min(AT_ONCE, count - sent))
                        .toList();
                var answers = asked.stream()
                        .map(request -> threads.submit(() -> send(request)))
                        .toList();
                for (int i = 0; i < asked.size(); i++) {
                    inspect(asked.get(i), answers.get(i));
                }
            }
        }
    }

    private void inspect(Request request, Future<Reply> answer) throws InterruptedException {
        try {
            inspect(request, answer.get());
        } catch (ExecutionException failure) {
            faults.add("no answer (" + failure.getCause() + ") to " + shown(request.toString()));
        }
    }

    private void inspect(Request request, Reply reply) {
        statuses.merge(reply.status(), 1, Integer::sum);
        if (reply.status() >= 500 && !request.operation().declares(reply.status())) {
            faults.add("undeclared " + reply.status() + " " + shown(reply.body()) + " to " + shown(request.toString()));
        }
        if (reply.status() >= 400 && !isRefusal(request, reply)) {
            faults.add("no problem " + reply.status() + " " + shown(reply.body()) + " to " + shown(request.toString()));
        }
        if (reply.status() >= 400) {
            INSIDE.matcher(reply.body())
                    .results()
                    .map(MatchResult::group)
                    // Problems repeat the path and rejected values, such as the name of a logger.
                    .filter(found -> !request.toString().contains(found))
                    .findFirst()
                    .ifPresent(found -> faults.add("gives away " + found + " to " + shown(request.toString())));
        }
    }

    /**
     * Returns true if a refusal has the form of the request's protocol. In a dialect it is plain text or empty, or a
     * document whose status is declared: Consul answers a critical health with 503.
     */
    private static boolean isRefusal(Request request, Reply reply) {
        if (DIALECT_PATHS.stream().noneMatch(request.operation().path()::startsWith)) {
            return isProblem(reply);
        }
        return reply.body().isEmpty()
                || request.operation().declares(reply.status())
                || reply.headers().firstValue("Content-Type").orElse("").startsWith("text/plain")
                || isProblem(reply);
    }

    private static boolean isProblem(Reply reply) {
        try {
            var problem = JSON.readTree(reply.body());
            return reply.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")
                    && problem.path("status").asInt() == reply.status()
                    && !problem.path("code").asString("").isEmpty()
                    && problem.path("errors").isArray();
        } catch (JacksonException e) {
            return false;
        }
    }

    private Reply send(Request request) throws Exception {
        var sent = HttpRequest.newBuilder(URI.create(base + request.address())).timeout(Duration.ofSeconds(30));
        request.headers().forEach(sent::header);
        var body = request.body();
        sent.method(
                request.operation().method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        var answered = http.send(sent.build(), BodyHandlers.ofInputStream());
        try (var said = answered.body()) {
            var type = answered.headers().firstValue("Content-Type").orElse("");
            var text = STREAMS.stream().anyMatch(type::startsWith)
                    ? ""
                    : new String(said.readNBytes(MOST_READ), StandardCharsets.UTF_8);
            return new Reply(answered.statusCode(), answered.headers(), text);
        }
    }

    private static String shown(String text) {
        var line = text.replaceAll("[\\r\\n]", " ");
        return line.length() > 600 ? line.substring(0, 600) + "…" : line;
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
