package dev.aicore.discovery.command.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyRecord;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.JsonBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class IdempotentExecutorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.120Z");
    private static final Outcome OUT = new Outcome.Deregistered(new Lease("a", -1, Phase.REMOVED, Long.MAX_VALUE));
    private static final String STORED =
            "{\"at\":\"2026-11-23T12:00:00.120Z\",\"deregistered\":{\"lease\":{\"id\":\"a\",\"slot\":-1,"
                    + "\"phase\":\"removed\",\"due_at\":9223372036854775807}}}";

    private final Map<String, IdempotencyRecord> store = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger places = new AtomicInteger();
    private final IdempotentExecutor executor = new IdempotentExecutor(
            key -> Optional.ofNullable(store.get(key.principal() + " " + key.key())),
            principal -> places.incrementAndGet());

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void run_withoutKey_onlyWrites() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.delete("/x"));
        var broken = new IdempotentExecutor(
                key -> {
                    throw new AssertionError("Nobody asked for a key.");
                },
                principal -> {});

        var reply = broken.run(exchange, caller("alice"), body(exchange), key -> {
            assertThat(key).isNull();
            return written(7);
        });

        assertThat(reply).isCompletedWithValue(new CommandReply(OUT, 7, AT));
        assertThat(exchange.getResponse().getHeaders().headerNames()).isEmpty();
    }

    @Test
    void run_withUnusedKey_passesKeyToWrite() {
        var exchange = keyed("k");

        var reply = executor.run(exchange, caller("alice"), body(exchange), key -> {
            var carried = Objects.requireNonNull(key);
            assertThat(carried.principal()).isEqualTo("alice");
            assertThat(carried.key()).isEqualTo("k");
            return written(7);
        });

        assertThat(reply.join().position()).isEqualTo(7);
        assertThat(exchange.getResponse().getHeaders().containsHeader(IdempotentExecutor.REPLAYED))
                .isFalse();
    }

    @Test
    void run_withKeyOfSameRequest_replaysStoredOutcome() {
        remember("alice k", "aa", STORED);
        var replayed = new AtomicInteger();

        var commandReply = executor.run(key("k", "aa"), this::write, replayed::incrementAndGet)
                .join();

        assertThat(commandReply).isEqualTo(new CommandReply(OUT, 42, AT, AT));
        assertThat(replayed).hasValue(1);
        assertThat(writes).hasValue(0);
    }

    @Test
    void replay_setsReplayedHeader() {
        var exchange = keyed("k");
        var first = new CompletableFuture<IdempotencyKey>();
        executor.run(exchange, caller("alice"), body(exchange), key -> {
                    first.complete(Objects.requireNonNull(key));
                    return written(1);
                })
                .join();
        remember("alice k", first.join().requestHash(), STORED);
        var again = keyed("k");

        executor.run(again, caller("alice"), body(again), this::write).join();

        assertThat(again.getResponse().getHeaders().getFirst(IdempotentExecutor.REPLAYED))
                .isEqualTo("true");
        assertThat(writes).hasValue(0);
    }

    @Test
    void quota_isTakenOnlyByNewKeys() {
        remember("alice k", "aa", STORED);
        executor.run(key("k", "aa"), this::write, () -> {}).join();
        assertThat(places).hasValue(0);
        executor.run(key("new", "aa"), this::write, IdempotentExecutorTest::neverReplayed)
                .join();
        assertThat(places).hasValue(1);

        var full = new IdempotentExecutor(key -> Optional.empty(), principal -> {
            throw new RegistryException(ErrorCode.RATE_LIMITED, "Too many keys.");
        });
        refused(full.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed), ErrorCode.RATE_LIMITED);
        assertThat(writes).hasValue(1);
        full.close();
    }

    @Test
    void run_withKeyOfDifferentRequest_isRefused() {
        remember("alice k", "bb", STORED);

        refused(
                executor.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed),
                ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(writes).hasValue(0);
    }

    @Test
    void run_withKeyInFlight_isRefusedUntilWriteCompletes() {
        var slow = new CompletableFuture<CommandReply>();
        var first = executor.run(key("k", "aa"), key -> slow, IdempotentExecutorTest::neverReplayed);

        var second = executor.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed);
        assertThat(refused(second, ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT).retryAfter())
                .isPositive();
        refused(
                executor.run(key("k", "bb"), this::write, IdempotentExecutorTest::neverReplayed),
                ErrorCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(executor.run(key("other", "aa"), this::write, IdempotentExecutorTest::neverReplayed)
                        .join()
                        .position())
                .isEqualTo(1);
        slow.complete(new CommandReply(OUT, 7, AT));
        first.join();

        assertThat(executor.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed)
                        .join()
                        .position())
                .isEqualTo(2);
    }

    @Test
    void failedWrite_releasesKey() {
        var failed = executor.run(
                key("k", "aa"),
                key -> CompletableFuture.failedFuture(new RegistryException(ErrorCode.OVERLOADED, "Too much.")),
                IdempotentExecutorTest::neverReplayed);
        refused(failed, ErrorCode.OVERLOADED);

        assertThat(executor.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed))
                .succeedsWithin(PATIENCE)
                .extracting(CommandReply::position)
                .isEqualTo(1L);
    }

    @Test
    void run_withFailedKeyLookup_doesNotWrite() {
        var away = new IdempotentExecutor(
                key -> {
                    throw StoreUnavailableException.nothingDone("away", null);
                },
                principal -> {});

        var failure = refused(
                away.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed),
                ErrorCode.STORE_UNAVAILABLE);

        assertThat(failure.retryAfter()).isPositive();
        assertThat(writes).hasValue(0);
        away.close();
    }

    @Test
    void replay_ofUnknownForm_isRefused() {
        remember("alice k", "aa", "{\"at\":\"2026-11-23T12:00:00.120Z\",\"split\":{}}");

        refused(
                executor.run(key("k", "aa"), this::write, IdempotentExecutorTest::neverReplayed),
                ErrorCode.NEWER_EVENT);
        assertThat(writes).hasValue(0);
    }

    private void remember(String name, String hash, String outcome) {
        store.put(name, new IdempotencyRecord(hash, 42, outcome, AT));
    }

    private CompletableFuture<CommandReply> write(@Nullable IdempotencyKey key) {
        return written(writes.incrementAndGet());
    }

    private static CompletableFuture<CommandReply> written(long position) {
        return CompletableFuture.completedFuture(new CommandReply(OUT, position, AT));
    }

    private static void neverReplayed() {
        throw new AssertionError("Nothing was done before.");
    }

    private static IdempotencyKey key(String key, String hash) {
        return new IdempotencyKey("alice", key, hash);
    }

    private static MockServerWebExchange keyed(String key) {
        return MockServerWebExchange.from(MockServerHttpRequest.delete("/x").header("Idempotency-Key", key));
    }

    private static JsonBody body(MockServerWebExchange exchange) {
        return new IncompleteBodyLimit(Duration.ofSeconds(5), 1 << 20, 1 << 20).of(exchange.getRequest());
    }

    private static Caller caller(String principal) {
        return new Caller(principal, "service", "127.0.0.1", "rest", "r1", null);
    }

    private static RegistryException refused(CompletableFuture<CommandReply> reply, ErrorCode code) {
        var seen = new CompletableFuture<RegistryException>();
        assertThatThrownBy(reply::join).cause().isInstanceOfSatisfying(RegistryException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            seen.complete(refusal);
        });
        return seen.join();
    }
}
