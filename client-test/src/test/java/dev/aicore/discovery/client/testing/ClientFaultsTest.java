package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.ClientStatus.Transport;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.NoInstanceException;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the registry and of the connection that watches survive. */
public class ClientFaultsTest {

    private static final String WATCH = "/api/v1/watch";

    @Test
    void outage_keepsThePicks_andTheWatchContinuesAfterIt() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.away();
            fixture.time.advance(Duration.ofMinutes(10));
            fixture.eventually(() -> payments.freshness() == Freshness.STALE);

            assertThat(payments.instances()).hasSize(1);
            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
            assertThat(payments.isStale()).isTrue();
            assertThat(payments.age()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
            assertThat(fixture.client.status().connected()).isFalse();

            fixture.registry.back();
            fixture.registry.has("payments", "10.0.0.2:80");
            fixture.eventually(() -> payments.instances().size() == 2);
            assertThat(payments.freshness()).isEqualTo(Freshness.LIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void refusals_keepThePicks(int status) {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.refuse(status);
            long before = fixture.requests("GET", WATCH);
            fixture.eventually(() -> fixture.requests("GET", WATCH) > before + 1);

            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
            fixture.registry.back();
            fixture.registry.has("payments", "10.0.0.2:80");
            fixture.eventually(() -> payments.instances().size() == 2);
        }
    }

    @Test
    void cutStream_isResumedWithoutLoss() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.away();
            String id = fixture.registry.has("payments", "10.0.0.2:80");
            fixture.registry.has("payments", "10.0.0.3:80");
            fixture.registry.deregister(id, "alice", "moved");
            fixture.registry.back();
            // The missed changes arrive one after the other.
            fixture.eventually(() -> addresses(payments).equals(Set.of("10.0.0.1", "10.0.0.3")));

            var watches = fixture.registry.requests("GET", WATCH);
            assertThat(watches.get(watches.size() - 1).headers()).containsKey("last-event-id");
        }
    }

    private static Set<String> addresses(Service service) {
        return service.instances().stream().map(RegisteredInstance::address).collect(Collectors.toSet());
    }

    @Test
    void silentStream_isReplaced() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.muteStreams();
            fixture.registry.has("payments", "10.0.0.2:80");
            long before = fixture.requests("GET", WATCH);
            fixture.time.advance(Duration.ofSeconds(41));
            fixture.eventually(() -> fixture.requests("GET", WATCH) > before);

            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
            fixture.registry.back();
            fixture.eventually(() -> payments.instances().size() == 2);
        }
    }

    @Test
    void otherStore_keepsTheListUntilTheSnapshot() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            var sizes = new CopyOnWriteArrayList<Integer>();
            try (var subscription =
                    payments.onChange(change -> sizes.add(payments.instances().size()))) {
                fixture.registry.away();
                fixture.registry.otherStore();
                assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
                fixture.registry.has("payments", "10.0.0.7:80");
                fixture.registry.back();
                fixture.eventually(() -> ClientFixture.pickedAddress(payments).equals("10.0.0.7"));
                assertThat(subscription).isNotNull();
            }
            assertThat(sizes).doesNotContain(0);
            assertThat(fixture.client.status().store()).isEqualTo(fixture.registry.storeId());
        }
    }

    @Test
    void emptyList_isBelieved() {
        try (var fixture = new ClientFixture()) {
            String id = fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.deregister(id, "alice", "closed");
            fixture.eventually(() -> payments.instances().isEmpty());

            assertThatThrownBy(payments::pick)
                    .isInstanceOf(NoInstanceException.class)
                    .hasMessageContaining("0 are registered");
        }
    }

    @Test
    void clockJump_hasNoEffect() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.time.jump(Duration.ofHours(-1));
            assertThat(payments.freshness()).isEqualTo(Freshness.LIVE);
            fixture.time.jump(Duration.ofHours(2));

            assertThat(payments.freshness()).isEqualTo(Freshness.LIVE);
            assertThat(payments.age()).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void maxAge_boundsThePicks() {
        try (var fixture = new ClientFixture(options -> options.maxAge(Duration.ofMinutes(5)))) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.registry.away();
            fixture.time.advance(Duration.ofMinutes(6));

            assertThatThrownBy(payments::pick).hasMessageContaining("older than");
        }
    }

    @Test
    void deadNode_isLeftForTheNextOne() throws IOException {
        int unused;
        try (var socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (var registry = new TestRegistry()) {
            registry.has("payments", "10.0.0.1:80");
            // The first node is drawn at random, so one of several clients begins with the dead one.
            for (int i = 0; i < 6; i++) {
                var time = new ManualTime();
                var nodes = List.of(URI.create("http://127.0.0.1:" + unused), registry.url());
                try (var client = ClientFixture.open(nodes, time, options -> options)) {
                    var payments = client.service("payments");
                    ClientFixture.eventually(time, () -> payments.instances().size() == 1);
                    assertThat(client.serviceNames()).containsExactly("payments");
                    assertThat(client.status().node()).isEqualTo(registry.url());
                }
            }
        }
    }

    /** The JDK's HTTP client completes its futures there. */
    @Test
    void commonPool_blockedByTheApplication_delaysNoAnswer() {
        var unblocked = new CompletableFuture<Boolean>();
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool()
                    .execute(() -> assertThat(untilDone(unblocked)).isTrue());
        }
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");

            assertThat(fixture.client.serviceNames()).containsExactly("payments");
            assertThat(fixture.listed("payments").instances()).hasSize(1);
        } finally {
            unblocked.complete(true);
        }
    }

    /** Blocks without the compensation by which the pool would start another thread. */
    private static boolean untilDone(CompletableFuture<Boolean> future) {
        while (!future.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        return future.join();
    }

    @Test
    void manyServices_shareOneStream() {
        try (var fixture = new ClientFixture()) {
            var services = new ArrayList<Service>();
            for (int i = 0; i < 5; i++) {
                fixture.registry.has("service-" + i, "10.0.0.1:80");
                services.add(fixture.listed("service-" + i));
            }
            fixture.registry.has("service-2", "10.0.0.2:80");
            fixture.eventually(() -> services.get(2).instances().size() == 2);

            assertThat(services)
                    .allSatisfy(service -> assertThat(service.instances()).isNotEmpty());
            assertThat(fixture.client.status().transport()).isEqualTo(Transport.STREAM);
            var watches = fixture.registry.requests("GET", WATCH);
            assertThat(watches.get(watches.size() - 1).query())
                    .contains("service_name=service-0", "service_name=service-4");
            assertThat(watches.get(watches.size() - 1).query())
                    .contains("snapshot_of=service-4")
                    .doesNotContain("snapshot_of=service-0");
        }
    }

    @Test
    void olderRegistry_isWatchedByOneStreamPerService() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.likeFirstVersion();
            fixture.registry.has("payments", "10.0.0.1:80");
            fixture.registry.has("orders", "10.0.0.2:80");
            var payments = fixture.listed("payments");
            var orders = fixture.listed("orders");
            fixture.registry.has("payments", "10.0.0.3:80");
            fixture.eventually(() -> payments.instances().size() == 2);

            assertThat(orders.instances()).hasSize(1);
            assertThat(fixture.client.status().transport()).isEqualTo(Transport.STREAM_PER_SERVICE);
        }
    }

    @Test
    void proxyWithoutStreams_isPassedByLongPolls() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.withoutStreams();
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.client.service("payments");
            fixture.eventually(() -> payments.instances().size() == 1);
            fixture.registry.has("payments", "10.0.0.2:80");
            fixture.eventually(() -> payments.instances().size() == 2);

            assertThat(fixture.client.status().transport()).isEqualTo(Transport.LONG_POLL);
        }
    }

    @Test
    void listeners_areCalledInOrder() {
        try (var fixture = new ClientFixture()) {
            String id = fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            var seen = new CopyOnWriteArrayList<String>();
            var subscription = payments.onChange(change -> seen.add(change.type() + " " + change.id()));
            String other = fixture.registry.has("payments", "10.0.0.2:80");
            fixture.registry.health(other, "unhealthy");
            fixture.registry.deregister(other, "alice", "moved");
            fixture.eventually(() -> seen.size() == 4);
            subscription.close();
            fixture.registry.deregister(id, "alice", "moved");
            fixture.eventually(() -> payments.instances().isEmpty());

            assertThat(seen)
                    .containsExactly("SNAPSHOT null", "REGISTERED " + other, "CHANGED " + other, "GONE " + other);
        }
    }

    @Test
    void idleService_isNotWatched_untilItIsUsedAgain() {
        try (var fixture = new ClientFixture()) {
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            fixture.time.advance(Duration.ofMinutes(10));
            fixture.eventually(() -> {
                fixture.time.advance(Duration.ofMinutes(10));
                return fixture.client.status().services().isEmpty();
            });
            fixture.registry.has("payments", "10.0.0.2:80");

            fixture.eventually(() -> payments.instances().size() == 2);
        }
    }

    @Test
    void closedClient_leavesNoThread() {
        var before = Thread.getAllStackTraces().keySet();
        var registry = new TestRegistry();
        var client = RegistryClient.at(List.of(registry.url()))
                .firstAnswer(Duration.ofSeconds(20))
                .open();
        registry.has("payments", "10.0.0.1:80");
        assertThat(ClientFixture.pickedAddress(client.service("payments"))).isEqualTo("10.0.0.1");
        assertThat(newThreads(before)).allMatch(Thread::isDaemon);
        client.close();
        client.close();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> newThreads(before).stream()
                        .noneMatch(thread -> thread.getName().startsWith("registry-client")
                                || thread.getName().startsWith("HttpClient")));
        registry.close();
    }

    private static List<Thread> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread)
                        && !thread.getName().equals("test-registry")
                        && !thread.getName().startsWith("HTTP-Dispatcher"))
                .toList();
    }
}
