package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.eventstore.IdempotencyStore.DuplicateIdempotencyKeyException;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyRecord;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that an idempotency key is durable if and only if the event of its write is. */
abstract class IdempotencyContract extends EventStoreContract {

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final String HASH = "00ff".repeat(16);

    private IdempotencyStore idempotencyStore;

    @BeforeEach
    void lookUpKeys() {
        idempotencyStore = new IdempotencyStore(store.reads(), RETENTION);
    }

    @Test
    void idempotencyKey_isDurableWithUnitOfWorkAtPositionOfEvent() {
        store.append(1, 0, new Opened("shard-1"));
        var work = begin();
        store.engine.appendEvents(TestStore.messages(1, 1, TestEvents.beats(3), TestEvents.renamed("a", "A")));
        UnitOfWorkIdempotencyKeys.attach(work, List.of(new NewIdempotencyRecord(key("k"), 1, "done")));
        assertThat(idempotencyStore.find(key("k"))).isEmpty();

        work.commit();

        assertThat(idempotencyStore.find(key("k")).map(IdempotencyContract::timeless))
                .contains(new IdempotencyRecord(HASH, 3, "done", Instant.EPOCH));
        assertThat(postgres()
                        .number("SELECT count(*) FROM store.idempotency k JOIN store.facts f"
                                + " ON k.position = f.position AND k.recorded_at = f.recorded_at"))
                .isEqualTo(1);
    }

    @Test
    void idempotencyKeys_inGroupCommit_nameOwnEvents() {
        List<CompletableFuture<Void>> group;
        try (var slow = SlowAppend.begin(postgres(), 0)) {
            var first = slow.whileLaneWaits(() -> append(0, 1, "first", 0));
            group = Stream.concat(
                            Stream.of(first),
                            Stream.of(1, 2, 4)
                                    .map(shard -> SlowAppend.inBackground(
                                            () -> append(shard, shard, "k" + shard, shard - 1))))
                    .toList();
        }
        group.forEach(CompletableFuture::join);

        for (int shard : new int[] {1, 2, 4}) {
            long last = postgres().number("SELECT max(position) FROM store.facts WHERE shard = " + shard);
            assertThat(idempotencyStore.find(key("k" + shard)))
                    .hasValueSatisfying(stored -> assertThat(stored.position()).isEqualTo(last));
        }
    }

    @Test
    void idempotencyKeys_areCountedPerPrincipalUpToLimit() {
        store.appender.append(
                List.of(opened(1, 0), beat(1, 1)),
                List.of(new NewIdempotencyRecord(key("a"), 0, ""), new NewIdempotencyRecord(key("b"), 1, "")));

        assertThat(idempotencyStore.count(key("a").principal(), 10)).isEqualTo(2);
        assertThat(idempotencyStore.count(key("a").principal(), 1)).isEqualTo(1);
        assertThat(idempotencyStore.count("nobody", 10)).isZero();
    }

    @Test
    void idempotencyKey_ofObservationOrMixedUnit_namesEvent() {
        store.appender.append(List.of(beat(1, 0)), List.of(new NewIdempotencyRecord(key("beat"), 0, "")));
        store.appender.append(List.of(opened(2, 0), beat(2, 1)), List.of(new NewIdempotencyRecord(key("both"), 1, "")));

        assertThat(idempotencyStore.find(key("beat")).map(IdempotencyContract::timeless))
                .contains(new IdempotencyRecord(HASH, 1, "", Instant.EPOCH));
        assertThat(idempotencyStore.find(key("both")).map(IdempotencyContract::timeless))
                .contains(new IdempotencyRecord(HASH, 3, "", Instant.EPOCH));
    }

    @Test
    void idempotencyKey_ofFailedUnit_isNotStored() {
        var work = begin();
        store.append(1, 0, new Opened("shard-1"));
        UnitOfWorkIdempotencyKeys.attach(work, List.of(new NewIdempotencyRecord(key("rolled back"), 0, "")));
        work.onCommit(w -> {
            throw new IllegalStateException("later handler");
        });
        assertThatThrownBy(work::commit).hasMessage("later handler");
        postgres().execute("""
                        INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, payload)
                        VALUES (99, 0, now(), 3, 1, 'Opened', '{}')""");
        assertThatThrownBy(() -> append(3, 1, "refused by the database", 0)).isInstanceOf(ConcurrencyException.class);

        assertThat(idempotencyStore.find(key("rolled back"))).isEmpty();
        assertThat(idempotencyStore.find(key("refused by the database"))).isEmpty();
        assertThat(position()).isZero();
    }

    @Test
    void duplicateIdempotencyKey_inGroupCommit_failsOnlyOneUnit() {
        CompletableFuture<Void> first;
        CompletableFuture<Void> second;
        CompletableFuture<Void> third;
        CompletableFuture<Void> waited;
        try (var slow = SlowAppend.begin(postgres(), 0)) {
            waited = slow.whileLaneWaits(() -> store.append(0, 0, new Opened("shard-0")));
            first = SlowAppend.inBackground(() -> append(1, 1, "k", 0));
            second = SlowAppend.inBackground(() -> append(2, 1, "k", 0));
            third = SlowAppend.inBackground(() -> append(4, 1, "other", 0));
        }
        assertThatCode(waited::join).doesNotThrowAnyException();
        assertThatCode(third::join).doesNotThrowAnyException();
        var both = List.of(first, second);
        both.forEach(unit -> await().until(unit::isDone));
        assertThat(both)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .singleElement()
                .satisfies(unit ->
                        assertThatThrownBy(unit::join).hasCauseInstanceOf(DuplicateIdempotencyKeyException.class));
        assertThat(postgres().number("SELECT count(*) FROM store.facts WHERE shard IN (1, 2)"))
                .isEqualTo(1);
        assertThat(position()).isEqualTo(3);
    }

    @Test
    void duplicateIdempotencyKey_isRefusedAndWriterContinues() {
        append(1, 1, "k", 0);

        assertThatThrownBy(() -> append(2, 1, "k", 0)).isInstanceOf(DuplicateIdempotencyKeyException.class);

        assertThatCode(() -> append(2, 1, "another", 0)).doesNotThrowAnyException();
        assertThat(idempotencyStore.find(key("k")).map(IdempotencyContract::timeless))
                .contains(new IdempotencyRecord(HASH, 1, "k", Instant.EPOCH));
    }

    @Test
    void idempotencyKey_ofOtherPrincipal_isIndependent() {
        append(1, 1, "k", 0);
        var others = new IdempotencyKey("bob", "k", HASH);

        assertThat(idempotencyStore.find(others)).isEmpty();
        assertThatCode(() ->
                        store.appender.append(List.of(opened(2, 0)), List.of(new NewIdempotencyRecord(others, 0, ""))))
                .doesNotThrowAnyException();
    }

    @Test
    void idempotencyKey_afterRetention_isReusable() {
        append(1, 1, "old", 0);
        append(2, 1, "young", 0);
        age("old", "24 hours");
        age("young", "23 hours 59 minutes");

        assertThat(idempotencyStore.find(key("old"))).isEmpty();
        assertThat(idempotencyStore.find(key("young"))).isPresent();
        assertThatCode(() -> append(4, 1, "old", 0)).doesNotThrowAnyException();
        assertThat(idempotencyStore.find(key("old")).map(IdempotencyContract::timeless))
                .contains(new IdempotencyRecord(HASH, 3, "old", Instant.EPOCH));
    }

    @Test
    void cleanup_deletesOnlyExpiredIdempotencyKeys() {
        append(1, 1, "kept", 0);
        postgres().execute("""
                        INSERT INTO store.idempotency (position, recorded_at, principal, key, request_hash, outcome)
                        SELECT 1, now() - interval '25 hours', 'alice', 'k' || n, '', '' FROM generate_series(1, 2500) n""");
        assertThat(idempotencyStore.deleteExpired(10)).isEqualTo(10);

        try (var expiry = new IdempotencyCleanup(idempotencyStore)) {
            expiry.run();
        }

        assertThat(postgres().number("SELECT count(*) FROM store.idempotency")).isEqualTo(1);
        assertThat(idempotencyStore.find(key("kept"))).isPresent();
    }

    /** Appends events 0 to {@code events - 1} of an empty shard, with a key for one of them. */
    private void append(int shard, int events, String key, int event) {
        var unit = Stream.iterate(0, seq -> seq + 1)
                .limit(events)
                .map(seq -> opened(shard, seq))
                .toList();
        store.appender.append(unit, List.of(new NewIdempotencyRecord(key(key), event, key)));
    }

    private void age(String key, String by) {
        postgres()
                .execute("UPDATE store.idempotency SET recorded_at = now() - interval '" + by + "' WHERE key = '" + key
                        + "'");
    }

    private static IdempotencyKey key(String key) {
        return new IdempotencyKey("alice", key, HASH);
    }

    private static NewEvent opened(int shard, long seq) {
        return new NewEvent(shard, seq, "Opened", 1, true, null, "{\"shard\":\"s\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static NewEvent beat(int shard, long seq) {
        return new NewEvent(shard, seq, "B", 1, false, null, new byte[1]);
    }

    private static UnitOfWork<EventMessage<?>> begin() {
        return DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("command"));
    }

    private static IdempotencyRecord timeless(IdempotencyRecord key) {
        return new IdempotencyRecord(key.requestHash(), key.position(), key.outcome(), Instant.EPOCH);
    }
}
