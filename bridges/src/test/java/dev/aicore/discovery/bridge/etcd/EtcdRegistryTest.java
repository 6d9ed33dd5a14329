package dev.aicore.discovery.bridge.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.aicore.discovery.bridge.sync.ForeignCatalog;
import dev.aicore.discovery.bridge.sync.ReplacedAuthority;
import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import io.etcd.jetcd.api.KeyValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows and writes the installed etcd, which the tests share; each has key prefixes of its own. */
@Tag("integration")
class EtcdRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static EtcdServer etcd;

    @BeforeAll
    static void start() throws IOException {
        etcd = EtcdServer.start(directory);
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void presentAndLaterEntries_areFollowed() {
        etcd.put("/follow/orders/1", document("10.0.0.1"));
        etcd.put("/follow/invalid", "text");
        etcd.put("/followed/orders/1", document("10.0.0.1"));
        try (var bridge = EtcdBridge.start("in", etcd, "/follow/")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).containsExactly("b:orders:1"));
            assertThat(bridge.status().refused()).isEqualTo(1);

            etcd.put("/follow/orders/2", document("10.0.0.2"));
            etcd.delete("/follow/orders/1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).containsExactly("b:orders:2"));
            assertThat(bridge.reasons()).allMatch(reason -> reason.startsWith("etcd revision "));
        }
    }

    @Test
    void moreEntriesThanAPage_areAllRead() {
        for (int i = 0; i < 2_500; i++) {
            etcd.put("/pages/orders/" + i, document("10.0." + i / 250 + "." + i % 250));
        }
        try (var bridge = EtcdBridge.start("in", etcd, "/pages/")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).hasSize(2_500));
        }
    }

    @Test
    @Tag("clients")
    void exportedInstances_haveALeaseAndVanishWithoutTheBridge() {
        try (var bridge = EtcdBridge.start("out", etcd, "/lease/", "lease-ttl=5")) {
            bridge.register("orders", "a", "10.0.0.1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(keys("/lease/")).containsExactly("orders/a"));
            assertThat(etcd.list("/lease/").getFirst().getLease()).isPositive();
            long lease = etcd.list("/lease/").getFirst().getLease();
            await().during(Duration.ofSeconds(7))
                    .atMost(PATIENCE)
                    .until(() -> keys("/lease/").equals(List.of("orders/a")));
            assertThat(etcd.list("/lease/").getFirst().getLease()).isEqualTo(lease);
        }
        await().atMost(PATIENCE).until(() -> etcd.list("/lease/").isEmpty());
    }

    @Test
    void nextSession_takesTheEntriesOverBeforeTheOldLeaseEnds() {
        try (var first = EtcdBridge.start("out", etcd, "/takeover/", "lease-ttl=5")) {
            first.register("orders", "a", "10.0.0.1");
            await().atMost(PATIENCE).until(() -> !etcd.list("/takeover/").isEmpty());
        }
        long before = etcd.list("/takeover/").getFirst().getLease();
        try (var second = EtcdBridge.start("out", etcd, "/takeover/", "lease-ttl=5")) {
            second.register("orders", "a", "10.0.0.1");
            await().atMost(PATIENCE)
                    .until(() -> etcd.list("/takeover/").getFirst().getLease() != before);
            assertThat(etcd.list("/takeover/").getFirst().getVersion()).isEqualTo(2);
        }
    }

    @Test
    void grpcLayout_isThatOfTheNamingPackageAndOnlyOfHealthyInstances() {
        try (var bridge = EtcdBridge.start("both", etcd, "/naming/", "layout=grpc")) {
            etcd.put("/naming/orders/x", "{\"Op\":0,\"Addr\":\"10.0.0.9:80\",\"Metadata\":null}");
            bridge.register("billing", "b", "10.0.0.1");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.local()).containsExactlyInAnyOrder("b", "b:orders:x");
                assertThat(keys("/naming/")).containsExactlyInAnyOrder("billing/b", "orders/x");
            });
            assertThat(etcd.list("/naming/billing/").getFirst().getValue().toStringUtf8())
                    .startsWith("{\"Op\":0,\"Addr\":\"10.0.0.1:80\",\"Metadata\":{");
        }
    }

    @Test
    @Tag("clients") // gRPC looks for silent connections every 10 s at most.
    void connectionSilent_changesAndCompactionsMeanwhileAreFound() {
        etcd.put("/silent/orders/1", document("10.0.0.1"));
        try (var proxy = TcpProxy.to(etcd.port());
                var bridge = EtcdBridge.start("in", "http://127.0.0.1:" + proxy.port(), "/silent/")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
            proxy.silence();
            etcd.put("/silent/orders/2", document("10.0.0.2"));
            etcd.delete("/silent/orders/1");
            etcd.compact();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).containsExactly("b:orders:2"));
        }
    }

    @Test
    void compactedRevision_endsTheWatchForANewRead() throws Exception {
        etcd.put("/compact/orders/1", document("10.0.0.1"));
        etcd.compact();
        var options = EtcdOptions.of(EtcdBridge.definition("in", etcd.endpoint(), "/compact/"));
        var codec = new EtcdInstanceCodec("/compact/", false);
        try (var session = EtcdSession.open(etcd.endpoint(), options, codec, null, PATIENCE, new SystemTimeSource())) {
            assertThatCode(() -> session.watchFrom(1, new ForeignCatalog(10, new SystemTimeSource(), () -> {})))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void etcdKilledAndStartedAgain_setsAreEqualAndNothingIsLostMeanwhile() throws IOException {
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("killed")));
                var bridge = EtcdBridge.start("both", ownEtcd, "/services/")) {
            ownEtcd.put("/services/orders/1", document("10.0.0.1"));
            bridge.register("billing", "a", "10.0.0.2");
            await().atMost(PATIENCE)
                    .until(() -> bridge.local().size() == 2
                            && ownEtcd.list("/services/").size() == 2);
            ownEtcd.kill();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
            assertThat(bridge.local()).containsExactlyInAnyOrder("a", "b:orders:1");
            bridge.register("billing", "c", "10.0.0.3");
            ownEtcd.restart(false);
            ownEtcd.delete("/services/orders/1");

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.local()).containsExactlyInAnyOrder("a", "c");
                assertThat(ownEtcd.list("/services/")).hasSize(2);
            });
            assertThat(bridge.status().state()).isEqualTo("running");
        }
    }

    @Test
    void etcdEmptyAfterARestart_nothingIsRemovedHere() throws IOException {
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("empty")));
                var bridge = EtcdBridge.start("in", ownEtcd, "/services/")) {
            for (int i = 0; i < 20; i++) {
                ownEtcd.put("/services/orders/" + i, document("10.0.0." + i));
            }
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 20);
            ownEtcd.kill();
            ownEtcd.restart(true);

            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("blocked"));
            assertThat(bridge.local()).hasSize(20);
        }
    }

    @Test
    void tls_isVerifiedWithTheAuthorityOfTheOption() throws IOException {
        var certificates = Files.createDirectory(directory.resolve("certificates"));
        var _ = TestCertificateAuthority.ofServer(certificates);
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("tls")), certificates);
                var trusting =
                        EtcdBridge.start("in", ownEtcd, "/services/", "ca=" + certificates.resolve("issuer.pem"));
                var wrong = EtcdBridge.start("in", ownEtcd, "/services/", "ca=" + other(certificates))) {
            ownEtcd.put("/services/orders/1", document("10.0.0.1"));

            await().atMost(PATIENCE).until(() -> trusting.local().size() == 1);
            await().atMost(PATIENCE).until(() -> wrong.status().state().equals("frozen"));
            assertThat(wrong.status().lastError()).contains("Signature does not match");
            assertThat(wrong.local()).isEmpty();
        }
    }

    private static Path other(Path certificates) throws IOException {
        var directory = Files.createDirectory(certificates.resolve("other"));
        var _ = new TestCertificateAuthority(directory);
        return directory.resolve("issuer.pem");
    }

    @Test
    void userWithoutPermission_isReported() throws IOException {
        var password = Files.writeString(directory.resolve("password"), "secret\n");
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("users")))) {
            ownEtcd.requireUsers("nobody", "secret");
            try (var bridge =
                    EtcdBridge.start("in", ownEtcd, "/services/", "user=nobody", "password-file=" + password)) {
                await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
                assertThat(bridge.status().lastError()).contains("PERMISSION_DENIED");
            }
        }
    }

    @Test
    void authorityReplaced_whatCameFromEtcdStaysUntilItIsTrustedAgain() throws Exception {
        var certificates = Files.createDirectory(directory.resolve("replaced"));
        var authority = new ReplacedAuthority(certificates);
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("trust")), certificates);
                var proxy = TcpProxy.to(ownEtcd.port());
                var bridge = EtcdBridge.start(
                        "in", "https://127.0.0.1:" + proxy.port(), "/services/", "ca=" + authority.file())) {
            ownEtcd.put("/services/orders/1", document("10.0.0.1"));
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);

            authority.assertImportsStay(
                    bridge,
                    proxy,
                    () -> {
                        ownEtcd.put("/services/orders/2", document("10.0.0.2"));
                        ownEtcd.delete("/services/orders/1");
                    },
                    "b:orders:2");
        }
    }

    @Test
    void permissionRevoked_whatCameFromEtcdStaysUntilItIsGrantedAgain() throws IOException {
        var password = Files.writeString(directory.resolve("reader"), "secret\n");
        try (var ownEtcd = EtcdServer.start(Files.createDirectory(directory.resolve("revoked")));
                var proxy = TcpProxy.to(ownEtcd.port())) {
            ownEtcd.requireUsers("reader", "secret");
            ownEtcd.allow("reader", "/services/");
            ownEtcd.put("/services/orders/1", document("10.0.0.1"));
            try (var bridge = EtcdBridge.start(
                    "in",
                    "http://127.0.0.1:" + proxy.port(),
                    "/services/",
                    "user=reader",
                    "password-file=" + password)) {
                await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
                ownEtcd.forbid("reader");
                proxy.cut();
                proxy.restore();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(bridge.status().state()).isEqualTo("frozen");
                    assertThat(bridge.status().lastError()).contains("PERMISSION_DENIED");
                });
                ownEtcd.put("/services/orders/2", document("10.0.0.2"));
                assertThat(bridge.local()).containsExactly("b:orders:1");

                ownEtcd.allow("reader", "/services/");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(bridge.local()).containsExactlyInAnyOrder("b:orders:1", "b:orders:2"));
                assertThat(bridge.status().state()).isEqualTo("running");
            }
        }
    }

    private static List<String> keys(String prefix) {
        return etcd.list(prefix).stream()
                .map(KeyValue::getKey)
                .map(ByteString::toStringUtf8)
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    static String document(String address) {
        return "{\"address\": \"" + address + "\", \"port\": 80}";
    }
}
