package dev.aicore.discovery.bridge.sync;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * File with the issuer that a bridge trusts, which an operator replaces by that of another issuer and then puts back.
 */
public final class ReplacedAuthority {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestCertificateAuthority authority;
    private final Path right;
    private final Path wrong;
    private final Path file;

    /** @param directory empty directory for certificates */
    public ReplacedAuthority(Path directory) throws IOException {
        var other = Files.createDirectories(directory.resolve("other"));
        this.authority = TestCertificateAuthority.ofServer(directory);
        var _ = new TestCertificateAuthority(other);
        this.right = directory.resolve("issuer.pem");
        this.wrong = other.resolve("issuer.pem");
        this.file = Files.copy(right, directory.resolve("trusted.pem"));
    }

    public TestCertificateAuthority authority() {
        return authority;
    }

    /** Returns the file that the bridge reads at each connection. */
    public Path file() {
        return file;
    }

    /** Change of the other side while it isn't trusted. */
    @FunctionalInterface
    public interface ForeignChange {
        void run() throws Exception;
    }

    /**
     * Tests that what a bridge has imported stays while the certificate isn't trusted, that the reason is stated, and
     * that a change meanwhile is found afterwards.
     *
     * @param proxy connections of the bridge, which are cut so that it connects again with the file
     * @param after ids here after the change
     */
    public void assertImportsStay(RunningBridge bridge, TcpProxy proxy, ForeignChange change, String... after)
            throws Exception {
        var before = bridge.local();
        Files.copy(wrong, file, REPLACE_EXISTING);
        // Until the bridge has noticed: a client may connect again by itself, and trusts what it has read before.
        proxy.cut();
        await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
        proxy.restore();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(bridge.status().state()).isEqualTo("frozen");
            assertThat(bridge.status().lastError()).contains("Signature does not match");
            assertThat(bridge.status().staleSince()).isNotNull();
        });
        change.run();
        assertThat(bridge.local()).isEqualTo(before);

        Files.copy(right, file, REPLACE_EXISTING);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(bridge.local()).containsExactlyInAnyOrder(after);
            assertThat(bridge.status().state()).isEqualTo("running");
            assertThat(bridge.status().lastError()).isNull();
        });
    }
}
