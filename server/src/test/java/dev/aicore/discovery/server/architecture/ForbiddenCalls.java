package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/** Calls and method references that only some classes may contain. */
final class ForbiddenCalls {

    private static final List<Call> TIME = List.of(
            new Call("java.lang.System", "currentTimeMillis", "nanoTime"),
            new Call("java.time.Clock", "system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds"),
            new Call("java.time.Clock", "tickMinutes"),
            new Call("java.time.InstantSource", "system"),
            new Call("java.time.Instant", "now"),
            new Call("java.time.chrono.ChronoLocalDate", "now"),
            new Call("java.time.chrono.ChronoLocalDateTime", "now"),
            new Call("java.time.chrono.ChronoZonedDateTime", "now"),
            new Call("java.time.LocalTime", "now"),
            new Call("java.time.OffsetDateTime", "now"),
            new Call("java.time.OffsetTime", "now"),
            new Call("java.time.Year", "now"),
            new Call("java.time.YearMonth", "now"),
            new Call("java.util.Calendar", "getInstance"),
            new Call("java.util.UUID", "randomUUID"),
            new Call("java.util.Random", "<init>"),
            new Call("java.util.SplittableRandom", "<init>"),
            new Call("java.util.concurrent.ThreadLocalRandom", "current"),
            new Call("java.util.random.RandomGenerator", "of", "getDefault"),
            new Call("java.lang.Math", "random"),
            new Call("java.security.SecureRandom", "getInstance", "getInstanceStrong"),
            new Call("org.axonframework.common.IdentifierFactory", "getInstance"),
            new Call("java.lang.Thread", "sleep"),
            new Call("java.util.concurrent.TimeUnit", "sleep"));

    private static final List<Call> NETWORK = List.of(
            new Call("java.net.URL", "openConnection", "openStream", "getContent"),
            new Call("java.net.InetAddress", "getByName", "getAllByName"));

    /** Calls that execute SQL. Creating and passing on a client is allowed elsewhere. */
    private static final List<Call> SQL = List.of(
            new Call("java.sql.Connection", "prepareStatement", "prepareCall"),
            new Call("org.springframework.jdbc.core.JdbcOperations", "execute", "query", "queryForObject", "update"),
            new Call("org.springframework.jdbc.core.JdbcOperations", "queryForList", "queryForMap", "queryForRowSet"),
            new Call("org.springframework.jdbc.core.JdbcOperations", "queryForStream", "batchUpdate", "call"),
            new Call(
                    "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
                    "execute",
                    "query",
                    "update"),
            new Call("org.springframework.jdbc.core.simple.JdbcClient", "sql"),
            new Call("org.springframework.r2dbc.core.DatabaseClient", "sql"));

    private static final List<Call> PUBLISHER = List.of(
            new Call("reactor.core.publisher.Mono", "block", "blockOptional"),
            new Call("reactor.core.publisher.Flux", "blockFirst", "blockLast", "toIterable", "toStream"));

    private static final List<Call> BLOCKING = List.of(
            new Call("java.util.concurrent.Future", "get", "join"),
            new Call("java.util.concurrent.ExecutorService", "invokeAll", "invokeAny", "awaitTermination", "close"),
            new Call("java.util.concurrent.CountDownLatch", "await"),
            new Call("java.util.concurrent.CyclicBarrier", "await"),
            new Call("java.util.concurrent.locks.Condition", "await", "awaitNanos", "awaitUntil"),
            new Call("java.util.concurrent.locks.LockSupport", "park", "parkNanos", "parkUntil"),
            new Call("java.util.concurrent.Semaphore", "acquire", "acquireUninterruptibly"),
            new Call("java.util.concurrent.BlockingQueue", "put", "take"),
            new Call("java.lang.Thread", "join", "sleep"),
            new Call("java.lang.Process", "waitFor"),
            new Call(
                    "java.nio.file.Files",
                    "readAllBytes",
                    "readString",
                    "lines",
                    "write",
                    "writeString",
                    "newInputStream"),
            new Call("org.axonframework.commandhandling.gateway.CommandGateway", "sendAndWait"));

    private ForbiddenCalls() {}

    static DescribedPredicate<AccessTarget> readAClockMakeARandomIdOrSleep() {
        return DescribedPredicate.describe(
                "that reads a clock, makes a random id or sleeps", target -> anyOf(TIME, target) || isNewDate(target));
    }

    static DescribedPredicate<AccessTarget> connectOrResolve() {
        return DescribedPredicate.describe("that connects or resolves a name", target -> anyOf(NETWORK, target));
    }

    static DescribedPredicate<AccessTarget> giveAStatement() {
        return DescribedPredicate.describe("that gives a statement to the database", target -> anyOf(SQL, target));
    }

    static DescribedPredicate<AccessTarget> blockOnAPublisher() {
        return DescribedPredicate.describe("that blocks on a publisher", target -> anyOf(PUBLISHER, target));
    }

    static DescribedPredicate<AccessTarget> block() {
        return DescribedPredicate.describe("that blocks", target -> anyOf(BLOCKING, target));
    }

    private static boolean anyOf(List<Call> calls, AccessTarget target) {
        return calls.stream().anyMatch(call -> call.matches(target));
    }

    /** Returns true for a date of the current time; a date of a known instant is allowed. */
    private static boolean isNewDate(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget unit
                && unit.getName().equals("<init>")
                && unit.getRawParameterTypes().isEmpty()
                && (unit.getOwner().isEquivalentTo(java.util.Date.class)
                        || unit.getOwner().isEquivalentTo(java.util.GregorianCalendar.class));
    }

    /** Methods of a type and of its subtypes. */
    private record Call(String type, Set<String> names) {

        Call(String type, String... names) {
            this(type, Set.of(names));
        }

        boolean matches(AccessTarget target) {
            JavaClass owner = target.getOwner();
            return names.contains(target.getName()) && owner.isAssignableTo(type);
        }
    }
}
