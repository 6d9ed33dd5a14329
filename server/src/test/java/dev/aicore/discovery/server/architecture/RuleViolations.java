package dev.aicore.discovery.server.architecture;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Minimal programs that break a rule each. All of them compile. */
final class RuleViolations {

    static final List<Violation> ALL = Stream.of(
                    dependencies(),
                    handlers(),
                    List.of(time(), outbound(), blocking()),
                    SqlViolations.ALL,
                    events(),
                    names())
            .flatMap(List::stream)
            .toList();

    private RuleViolations() {}

    private static List<Violation> dependencies() {
        return List.of(
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "the query side uses a projection",
                                "package dev.aicore.discovery.query.instance; class Listing { void list() { dev.aicore.discovery.projection.instance.Rows.read(); } }")
                        .with(
                                "package dev.aicore.discovery.projection.instance; public class Rows { public static void read() {} }"),
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "the command side extends the query side",
                                "package dev.aicore.discovery.command.instance; class Shard extends dev.aicore.discovery.query.instance.View {}")
                        .with("package dev.aicore.discovery.query.instance; public class View {}"),
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "config knows a side",
                                "package dev.aicore.discovery.web; class Guard { dev.aicore.discovery.command.lease.Lease lease; }")
                        .with("package dev.aicore.discovery.command.lease; public class Lease {}"),
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "the language knows config",
                                "package dev.aicore.discovery.api.lease; record Lease(dev.aicore.discovery.config.time.Time time) {}")
                        .with("package dev.aicore.discovery.config.time; public interface Time {}"),
                new Violation(
                                ArchitectureRule.MODULES_DEPEND_ONE_WAY,
                                "the server knows the benchmarks",
                                "package dev.aicore.discovery.server; class Main { dev.aicore.discovery.bench.Bench bench; }")
                        .with("package dev.aicore.discovery.bench; public class Bench {}"),
                new Violation(
                                ArchitectureRule.PACKAGES_HAVE_NO_CYCLES,
                                "two features know each other",
                                "package dev.aicore.discovery.command.health; public class Health { dev.aicore.discovery.command.lease.Lease lease; }")
                        .with(
                                "package dev.aicore.discovery.command.lease; public class Lease { dev.aicore.discovery.command.health.Health health; }"),
                new Violation(
                        ArchitectureRule.PACKAGES_ARE_NAMED_AFTER_FEATURES,
                        "a word that no other side uses",
                        "package dev.aicore.discovery.query.listing; class Listing {}"),
                new Violation(
                        ArchitectureRule.THE_QUERY_SIDE_KNOWS_NO_AXON,
                        "the query side sends a command",
                        "package dev.aicore.discovery.query.instance; class Lookup { org.axonframework.commandhandling.CommandBus bus; }"),
                new Violation(
                        ArchitectureRule.THE_COMMAND_SIDE_KNOWS_NO_REDIS,
                        "the command side asks the cache",
                        "package dev.aicore.discovery.command.lease; class Lease { io.lettuce.core.RedisClient client; }"),
                new Violation(
                        ArchitectureRule.THE_LANGUAGE_IS_PURE,
                        "a view is a component",
                        "package dev.aicore.discovery.api.instance; @org.springframework.stereotype.Component class View {}"),
                new Violation(
                        ArchitectureRule.BALANCING_NEEDS_NO_LIBRARY,
                        "a rule logs",
                        "package dev.aicore.discovery.balancing; class Chooser { org.slf4j.Logger log; }"));
    }

    private static List<Violation> handlers() {
        return List.of(
                new Violation(
                        ArchitectureRule.COMMANDS_ARE_HANDLED_ON_THE_COMMAND_SIDE,
                        "a command handler in a projection",
                        "package dev.aicore.discovery.projection.instance; class Late { @org.axonframework.commandhandling.CommandHandler void handle(String command) {} }"),
                new Violation(
                        ArchitectureRule.COMMANDS_ARE_HANDLED_ON_THE_COMMAND_SIDE,
                        "a constructor that handles a command, in config",
                        "package dev.aicore.discovery.web; class Made { @org.axonframework.commandhandling.CommandHandler Made(String command) {} }"),
                new Violation(
                        ArchitectureRule.COMMANDS_ARE_HANDLED_ON_THE_COMMAND_SIDE,
                        "state from events on the query side",
                        "package dev.aicore.discovery.query.instance; class State { @org.axonframework.eventsourcing.EventSourcingHandler void on(String event) {} }"),
                new Violation(
                        ArchitectureRule.COMMANDS_ARE_HANDLED_ON_THE_COMMAND_SIDE,
                        "an aggregate on the query side",
                        "package dev.aicore.discovery.query.instance; @org.axonframework.spring.stereotype.Aggregate class Shard {}"),
                new Violation(
                        ArchitectureRule.EVENTS_ARE_HANDLED_IN_PROJECTIONS,
                        "an event handler on the command side",
                        "package dev.aicore.discovery.command.instance; class Echo { @org.axonframework.eventhandling.EventHandler void on(String event) {} }"),
                new Violation(
                        ArchitectureRule.QUERIES_ARE_HANDLED_ON_THE_QUERY_SIDE,
                        "a query handler in a projection",
                        "package dev.aicore.discovery.projection.instance; class Answers { @org.axonframework.queryhandling.QueryHandler String answer(String query) { return query; } }"));
    }

    private static Violation time() {
        return each(
                ArchitectureRule.ONLY_TIME_KNOWS_THE_TIME,
                "reads a clock, makes a random id or sleeps",
                """
                package dev.aicore.discovery.command.lease;

                class Guilty%d {
                    interface Nap { void take() throws Exception; }

                    Object now(java.time.Clock clock) throws Exception {
                        return %s;
                    }

                    static Object sleep(Nap nap) { return nap; }
                }
                """,
                "System.currentTimeMillis()",
                "System.nanoTime()",
                "java.time.Instant.now()",
                "java.time.Instant.now(clock)",
                "java.time.Clock.systemUTC()",
                "java.time.Clock.systemDefaultZone()",
                "java.time.Clock.tickSeconds(java.time.ZoneOffset.UTC)",
                "java.time.InstantSource.system()",
                "java.time.LocalDate.now()",
                "java.time.LocalDateTime.now()",
                "java.time.ZonedDateTime.now()",
                "java.time.OffsetDateTime.now()",
                "java.time.LocalTime.now()",
                "java.time.Year.now()",
                "new java.util.Date()",
                "new java.util.GregorianCalendar()",
                "java.util.Calendar.getInstance()",
                "java.util.UUID.randomUUID()",
                "new java.util.Random()",
                "new java.util.Random(1)",
                "new java.security.SecureRandom()",
                "java.security.SecureRandom.getInstance(\"DRBG\")",
                "new java.util.SplittableRandom()",
                "java.util.concurrent.ThreadLocalRandom.current()",
                "java.util.random.RandomGenerator.getDefault()",
                "Math.random()",
                "org.axonframework.common.IdentifierFactory.getInstance()",
                "(java.util.function.LongSupplier) System::nanoTime",
                "(java.util.function.Supplier<java.util.UUID>) java.util.UUID::randomUUID",
                "sleep(() -> Thread.sleep(1))",
                "sleep(() -> java.util.concurrent.TimeUnit.SECONDS.sleep(1))");
    }

    private static Violation outbound() {
        return each(
                ArchitectureRule.ONLY_OUTBOUND_CONNECTS,
                "opens a connection",
                """
                package dev.aicore.discovery.command.health;

                class Guilty%d {
                    Object open() throws Exception {
                        return %s;
                    }
                }
                """,
                "java.net.http.HttpClient.newHttpClient()",
                "new java.net.Socket(\"10.0.0.1\", 80)",
                "java.nio.channels.SocketChannel.open()",
                "java.nio.channels.AsynchronousSocketChannel.open()",
                "new java.net.DatagramSocket()",
                "java.net.URI.create(\"http://10.0.0.1\").toURL().openStream()",
                "java.net.InetAddress.getByName(\"example.org\")",
                "reactor.netty.http.client.HttpClient.create()",
                "reactor.netty.tcp.TcpClient.create()",
                "new io.netty.bootstrap.Bootstrap()",
                "org.springframework.web.reactive.function.client.WebClient.create()",
                "org.springframework.web.client.RestClient.create()");
    }

    private static Violation blocking() {
        return each(
                        ArchitectureRule.NOTHING_BLOCKS_AN_EVENT_LOOP,
                        "waits where requests are served",
                        "package dev.aicore.discovery.query.instance;\n%2$s",
                        "class Guilty%1$dController { Object get(java.util.concurrent.CompletableFuture<?> f) { return f.join(); } }",
                        "class Guilty%1$dHandler { Object get(java.util.concurrent.Future<?> f) throws Exception { return f.get(); } }",
                        "class Guilty%1$dHandler { Object get() { return new Object() { Object in(java.util.concurrent.CompletableFuture<?> f) { return f.join(); } }; } }",
                        "class Guilty%1$dController { java.util.function.Function<java.util.concurrent.CompletableFuture<?>, Object> f = java.util.concurrent.CompletableFuture::join; }",
                        "class Guilty%1$dAuthenticator { void enter(java.util.concurrent.Semaphore s) throws Exception { s.acquire(); } }",
                        "class Guilty%1$dController { Object send(org.axonframework.commandhandling.gateway.CommandGateway g) { return g.sendAndWait(1); } }",
                        "class Guilty%1$dController { javax.sql.DataSource source; }",
                        "class Guilty%1$dController { InstanceRows rows; }",
                        "class Guilty%1$d implements org.springframework.web.server.WebFilter { "
                                + "public reactor.core.publisher.Mono<Void> filter(org.springframework.web.server.ServerWebExchange e, org.springframework.web.server.WebFilterChain c) { "
                                + "java.util.concurrent.locks.LockSupport.park(); return c.filter(e); } }",
                        "@org.springframework.web.bind.annotation.RestController class Guilty%1$d { Object get(java.util.concurrent.CountDownLatch l) throws Exception { l.await(); return l; } }",
                        "class Guilty%1$d { Object get(reactor.core.publisher.Mono<?> m) { return m.block(); } }",
                        "class Guilty%1$d { Object get(reactor.core.publisher.Flux<?> f) { return f.blockFirst(); } }")
                .with("package dev.aicore.discovery.query.instance; class InstanceRows {}");
    }

    private static List<Violation> events() {
        return List.of(
                new Violation(
                        ArchitectureRule.EVENTS_ARE_RECORDS_WITH_A_REVISION,
                        "a fact that is a class",
                        "package dev.aicore.discovery.api.instance; @org.axonframework.serialization.Revision(\"1\") abstract class Renamed implements dev.aicore.discovery.api.Fact {}"),
                new Violation(
                        ArchitectureRule.EVENTS_ARE_RECORDS_WITH_A_REVISION,
                        "an event without a revision",
                        "package dev.aicore.discovery.api.shard; public record ShardOpened(String shard) {}"),
                new Violation(
                        ArchitectureRule.EVENTS_HAVE_A_WIRE_NAME,
                        "a fact that WireTypes doesn't list",
                        "package dev.aicore.discovery.api.instance; @org.axonframework.serialization.Revision(\"1\") abstract class Renamed implements dev.aicore.discovery.api.Fact {}"),
                new Violation(
                        ArchitectureRule.EVENTS_HAVE_A_WIRE_NAME,
                        "a revision that WireTypes doesn't know",
                        "package dev.aicore.discovery.api.shard; @org.axonframework.serialization.Revision(\"99\") public record ShardOpened(String shard) {}"),
                new Violation(
                        ArchitectureRule.EVENTS_HAVE_GOLDEN_FILES,
                        "a new revision without its golden file",
                        "package dev.aicore.discovery.api.shard; @org.axonframework.serialization.Revision(\"99\") public record ShardOpened(String shard) {}"));
    }

    private static List<Violation> names() {
        return List.of(
                each(
                        ArchitectureRule.NAMES_SAY_WHAT_IT_IS,
                        "a name that says nothing",
                        "package dev.aicore.discovery.command.lease; class Lease%d%s {}",
                        "Impl",
                        "Manager",
                        "Helper",
                        "Util",
                        "Utils",
                        "Dto",
                        "DTO"),
                each(
                        ArchitectureRule.NAMES_ARE_NOUN_PHRASES,
                        "a participle, a gerund, a pronoun or a superlative",
                        "package dev.aicore.discovery.command.lease%d; class %s {}",
                        "Asked",
                        "Filling",
                        "Then",
                        "MostWatchers"),
                new Violation(
                                ArchitectureRule.NAMES_ARE_UNIQUE,
                                "two classes of one simple name",
                                "package dev.aicore.discovery.command.lease; class Window {}")
                        .with("package dev.aicore.discovery.query.history; class Window {}"),
                new Violation(
                        ArchitectureRule.NAMES_SAY_WHAT_IT_IS,
                        "a nested one",
                        "package dev.aicore.discovery.command.lease; class Lease { record Dto(int ttl) {} }"),
                new Violation(
                        ArchitectureRule.PACKAGES_ARE_NULL_MARKED,
                        "a package without package-info",
                        "package dev.aicore.discovery.command.unmarked; class Lease {}"));
    }

    /** Creates one program of many classes, each of which must be found. {@code template} takes a number and a body. */
    static Violation each(ArchitectureRule architectureRule, String what, String template, String... bodies) {
        List<String> guilty = IntStream.range(0, bodies.length)
                .mapToObj(i -> template.formatted(i, bodies[i].formatted(i)))
                .toList();
        return new Violation(architectureRule, what, guilty, List.of());
    }

    /**
     * Program that breaks a rule.
     *
     * @param guilty sources each of which must be found
     * @param accomplices sources that they need to compile
     */
    record Violation(ArchitectureRule rule, String what, List<String> guilty, List<String> accomplices) {

        Violation(ArchitectureRule rule, String what, String guilty) {
            this(rule, what, List.of(guilty), List.of());
        }

        Violation with(String accomplice) {
            return new Violation(rule, what, guilty, List.of(accomplice));
        }

        List<String> sources() {
            return Stream.concat(guilty.stream(), accomplices.stream()).toList();
        }

        @Override
        public String toString() {
            return rule + ": " + what;
        }
    }
}
