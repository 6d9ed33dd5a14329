package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.grpc.NamedServer;
import dev.aicore.discovery.client.grpc.RegistryNameResolverProvider;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a channel of gRPC on the lists of the server, also after the server was killed. */
@Tag("integration")
class GrpcClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS = 12;

    @TempDir
    static Path directory;

    @Test
    void channel_followsRegistrations_andOutlivesTheRegistry() throws IOException {
        try (var registry = RunningRegistry.start(directory);
                var client = RegistryClient.at(registry.address()).open();
                var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            var provider = new RegistryNameResolverProvider(client);
            NameResolverRegistry.getDefaultRegistry().register(provider);
            var channel = Grpc.newChannelBuilder("registry:///names", InsecureChannelCredentials.create())
                    .build();
            try {
                var first = register(client, a);
                register(client, b);
                awaitNames(channel, "a", "b");

                first.leave("redeployed");
                awaitNames(channel, "b");

                register(client, a);
                awaitNames(channel, "a", "b");
                registry.kill();
                assertThat(NamedServer.calls(channel, CALLS)).containsExactly("a", "b");
            } finally {
                channel.shutdownNow();
                NameResolverRegistry.getDefaultRegistry().deregister(provider);
            }
        }
    }

    private static Registration register(RegistryClient client, NamedServer server) {
        var registration = client.register(
                Instance.of("names", server.port()).address("127.0.0.1").protocol("grpc"));
        registration.ready();
        return registration;
    }

    private static void awaitNames(ManagedChannel channel, String... names) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(NamedServer.calls(channel, CALLS)).containsExactly(names));
    }
}
