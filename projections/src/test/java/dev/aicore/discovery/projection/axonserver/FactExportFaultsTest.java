package dev.aicore.discovery.projection.axonserver;

import static dev.aicore.discovery.projection.axonserver.FactExportFixture.exported;
import static dev.aicore.discovery.projection.axonserver.FactExportFixture.stored;
import static dev.aicore.discovery.projection.axonserver.FactExportFixture.worker;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Export while Axon Server has faults. */
@Tag("integration")
class FactExportFaultsTest {

    private static final Map<AxonServerFault, Reason> REASONS = Map.of(
            AxonServerFault.UNAVAILABLE, Reason.UNAVAILABLE,
            AxonServerFault.SLOW, Reason.TIMEOUT,
            AxonServerFault.ACKNOWLEDGEMENT_LOST, Reason.UNAVAILABLE,
            AxonServerFault.SEQUENCE_REFUSED, Reason.SEQUENCE_REFUSED,
            AxonServerFault.UNAUTHENTICATED, Reason.UNAUTHENTICATED,
            AxonServerFault.CONTEXT_MISSING, Reason.CONTEXT_MISSING,
            AxonServerFault.STREAM_CLOSED, Reason.UNAVAILABLE,
            AxonServerFault.NOT_CONFIRMED, Reason.UNCONFIRMED);

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private ReadModelStoreFixture store;
    private AxonServerDouble server;

    @BeforeEach
    void open() {
        store = new ReadModelStoreFixture(POSTGRES);
        server = new AxonServerDouble("");
    }

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    @ParameterizedTest
    @EnumSource(AxonServerFault.class)
    void fault_delaysFactsAndRepeatsNone(AxonServerFault fault) {
        append(120);
        // Three refusals in a row end an attempt.
        server.fail(fault, 3);

        // Only a server that doesn't answer lets a request reach its timeout.
        var timeout = fault == AxonServerFault.SLOW ? Duration.ofMillis(500) : Duration.ofSeconds(30);
        var settings = FactExportFixture.settings(server.address(), AxonServerDouble.CONTEXT, timeout);
        try (var worker = worker(settings, store)) {
            worker.start();
            store.awaitTrue(server::isFine);
            awaitExported(worker);

            assertThat(worker.failures()).containsOnlyKeys(requireNonNull(REASONS.get(fault)));
            assertThat(worker.status().lastError()).isNull();
        }
        assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
    }

    @Test
    void lostAcknowledgement_isSettledByReading() {
        append(40);
        server.fail(AxonServerFault.ACKNOWLEDGEMENT_LOST, 1);

        try (var worker = worker(settings(), store)) {
            worker.start();
            awaitExported(worker);

            assertThat(worker.counters().alreadyThere()).isEqualTo(40);
            assertThat(worker.counters().exported()).isZero();
        }
        assertThat(server.events()).hasSize(40);
    }

    @Test
    void wrongToken_isReportedInTheStatus() {
        append(1);
        try (var strict = new AxonServerDouble("right");
                var worker = worker(
                        new AxonServerSettings(
                                List.of(strict.address()),
                                AxonServerDouble.CONTEXT,
                                "wrong",
                                false,
                                null,
                                50,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(100)),
                        store)) {
            worker.start();
            store.awaitTrue(() -> worker.failures().containsKey(Reason.UNAUTHENTICATED));

            assertThat(worker.status().state()).isEqualTo("connecting");
            assertThat(worker.status().lastError()).contains("AXONIQ-1001").doesNotContain("wrong");
            assertThat(strict.events()).isEmpty();
        }
    }

    @Test
    void emptiedContext_receivesAllFactsAgain() {
        append(60);
        try (var worker = worker(settings(), store)) {
            worker.start();
            awaitExported(worker);
        }
        server.clear();
        append(1);

        try (var worker = worker(settings(), store)) {
            worker.start();
            store.awaitTrue(() -> worker.counters().restarts() == 1);
            awaitExported(worker);
        }
        assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
    }

    @Test
    void restoredStore_beginsAgain() {
        append(10);
        try (var worker = worker(settings(), store)) {
            worker.start();
            awaitExported(worker);
        }
        POSTGRES.execute("UPDATE store.tokens SET token = convert_to('{\"globalIndex\":1000}', 'UTF8')");

        try (var worker = worker(settings(), store)) {
            worker.start();
            store.awaitTrue(() -> worker.counters().restarts() == 1);
            awaitExported(worker);

            assertThat(worker.counters().alreadyThere()).isEqualTo(10);
        }
        assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
    }

    @Test
    void unreadableFact_stopsTheExportBeforeIt() {
        append(10);
        POSTGRES.execute("UPDATE store.facts SET payload = 'x' WHERE position = 6");

        try (var worker = worker(settings(), store)) {
            worker.start();
            store.awaitTrue(() -> worker.failures().containsKey(Reason.UNREADABLE_FACT));

            assertThat(worker.status().lastError()).contains("position 6");
        }
        assertThat(server.events()).isEmpty();
    }

    @Test
    void claimOfAnotherNode_isAwaited() {
        append(1);
        try (var worker = worker(settings(), store)) {
            worker.start();
            awaitExported(worker);
        }
        POSTGRES.execute("UPDATE store.tokens SET owner = 'other', claimed_at = '2999-01-01T00:00:00Z'");
        append(1);

        try (var worker = worker(settings(), store)) {
            worker.start();
            store.awaitTrue(() -> worker.status().state().equals("standby"));
            POSTGRES.execute("UPDATE store.tokens SET owner = NULL");
            awaitExported(worker);
        }
        assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
    }

    @Test
    void longOutage_isNoticedByNothingElse() {
        server.kill();
        try (var worker = worker(settings(), store);
                var projections = store.run()) {
            worker.start();
            append(3_000);
            projections.awaitHead();
            // An hour of attempts at the default interval would be 3,600; each must leave nothing behind.
            store.awaitTrue(() -> worker.failures().getOrDefault(Reason.UNAVAILABLE, 0L) >= 30);

            store.awaitTrue(() -> worker.status().lag() == store.head());
            assertThat(connectorThreads()).isLessThanOrEqualTo(2);
            assertThat(POSTGRES.number("SELECT count(*) FROM models.watermarks WHERE projection LIKE 'axon%'"))
                    .isZero();
            server.start();
            awaitExported(worker);
        }
        assertThat(exported(server.events())).isEqualTo(stored(POSTGRES));
    }

    private static long connectorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().toLowerCase(Locale.ROOT).contains("axon")
                        && !thread.getName().equals("axon-server-export"))
                .count();
    }

    private AxonServerSettings settings() {
        return FactExportFixture.settings(server.address(), AxonServerDouble.CONTEXT);
    }

    private void append(int facts) {
        for (int i = 0; i < facts; i++) {
            int instance = i % 7;
            store.append(instance, i < 7 ? registered("i-" + instance, instance) : updated("i-" + instance, i));
        }
    }

    private void awaitExported(FactExportWorker worker) {
        store.awaitTrue(() -> worker.status().position() == store.head()
                && worker.status().state().equals("running"));
    }
}
