package dev.aicore.discovery.bridge.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.bridge.sync.ReplacedAuthority;
import dev.aicore.discovery.bridge.sync.RunningBridge;
import dev.aicore.discovery.bridge.sync.TlsProxy;
import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.config.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the suite with the double, and the faults that only a double can have at will. */
class ConsulRegistryTest extends ConsulSuite {

    @TempDir
    Path directory;

    private ConsulDouble consul;

    @BeforeEach
    void start() throws IOException {
        consul = new ConsulDouble();
    }

    @AfterEach
    void stop() {
        consul.close();
    }

    @Override
    String address() {
        return "http://127.0.0.1:" + consul.port();
    }

    @Test
    void consulAway_whatCameFromItStaysAndChangesMeanwhileAreFound() throws Exception {
        register("orders", "o1", "10.0.0.1", "");
        try (var proxy = TcpProxy.to(consul.port());
                var bridge = RunningBridge.start(
                        "b consul both address=http://127.0.0.1:" + proxy.port(),
                        (parsed, _, timeout, _) -> new ConsulRegistry(parsed, timeout))) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
            proxy.cut();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
            assertThat(bridge.local()).hasSize(1);
            put("/v1/agent/service/deregister/o1", "");
            register("orders", "o2", "10.0.0.2", "");
            proxy.restore();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).containsExactly("b:orders:agent-1:o2"));
        }
    }

    @Test
    void emptyConsulWhoseIndexIsBackAtTheBeginning_nothingIsRemovedHere() throws Exception {
        for (int i = 0; i < 20; i++) {
            register("orders", "o" + i, "10.0.0." + i, "");
        }
        try (var bridge = bridge("in")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 20);
            consul.reset();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("blocked"));
            assertThat(bridge.local()).hasSize(20);

            for (int i = 0; i < 19; i++) {
                register("orders", "o" + i, "10.0.0." + i, "");
            }
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 19);
            assertThat(bridge.status().state()).isEqualTo("running");
        }
    }

    @Test
    void missingToken_isReportedAndAFileWithItHelps() throws Exception {
        var file = Files.writeString(directory.resolve("token"), "wrong\n");
        register("orders", "o1", "10.0.0.1", "");
        consul.requireToken("secret");
        try (var bridge = bridge("in", "token-file=" + file)) {
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
            assertThat(bridge.status().lastError()).contains("403", "ACL not found");
            Files.writeString(file, "secret\n");
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
        }
    }

    @Test
    void tokenRequiredLater_whatCameFromConsulStaysUntilItIsAllowedAgain() throws Exception {
        register("orders", "o1", "10.0.0.1", "");
        try (var bridge = bridge("in")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
            consul.requireToken("secret");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.status().state()).isEqualTo("frozen");
                assertThat(bridge.status().lastError()).contains("403", "ACL not found");
            });
            assertThat(bridge.local()).containsExactly("b:orders:agent-1:o1");
            consul.requireToken(null);
            register("orders", "o2", "10.0.0.2", "");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.local()).hasSize(2);
                assertThat(bridge.status().state()).isEqualTo("running");
            });
        }
    }

    @Test
    void authorityReplaced_whatCameFromConsulStaysUntilItIsTrustedAgain() throws Exception {
        var authority = new ReplacedAuthority(Files.createDirectory(directory.resolve("certificates")));
        register("orders", "o1", "10.0.0.1", "");
        try (var tls = TlsProxy.to(consul.port(), authority.authority());
                var proxy = TcpProxy.to(tls.port());
                var bridge = RunningBridge.start(
                        "b consul in address=https://127.0.0.1:" + proxy.port() + " ca=" + authority.file(),
                        (parsed, _, timeout, _) -> new ConsulRegistry(parsed, timeout))) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);

            authority.assertImportsStay(
                    bridge,
                    proxy,
                    () -> {
                        put("/v1/agent/service/deregister/o1", "");
                        register("orders", "o2", "10.0.0.2", "");
                    },
                    "b:orders:agent-1:o2");
        }
    }

    @Test
    void definitionWithTwoTargets_isRefused() {
        assertThatThrownBy(() -> bridge("out", "datacenter=dc1", "datacenter=dc2"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("one datacenter");
        assertThatThrownBy(() -> bridge("out", "register=nowhere"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("catalog or agent");
    }
}
