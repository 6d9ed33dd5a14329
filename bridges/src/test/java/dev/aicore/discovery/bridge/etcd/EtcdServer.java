package dev.aicore.discovery.bridge.etcd;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthRoleListRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.AuthUserRevokeRoleRequest;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KVGrpc.KVBlockingStub;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.Permission;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** The installed etcd, with one member on loopback. A test is skipped if it isn't installed. */
final class EtcdServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final @Nullable Path certificates;
    private static final String ROOT = "root";

    private final ManagedChannel channel;
    private Channel calls;
    private Process process;

    private EtcdServer(Path directory, int port, @Nullable Path certificates) throws IOException {
        this.directory = directory;
        this.port = port;
        this.certificates = certificates;
        this.channel = Grpc.newChannelBuilder("127.0.0.1:" + port, credentials(certificates))
                .build();
        this.calls = channel;
        this.process = launch();
    }

    /** Starts an empty server without TLS; returns once it answers. */
    static EtcdServer start(Path directory) throws IOException {
        return start(directory, null);
    }

    /**
     * Starts an empty server.
     *
     * @param certificates directory of a {@code TestCertificateAuthority.ofServer}; null for a server without TLS
     */
    static EtcdServer start(Path directory, @Nullable Path certificates) throws IOException {
        var server = new EtcdServer(directory, freePort(), certificates);
        server.awaitReady();
        return server;
    }

    private static ChannelCredentials credentials(@Nullable Path certificates) throws IOException {
        return certificates == null
                ? InsecureChannelCredentials.create()
                : TlsChannelCredentials.newBuilder()
                        .trustManager(certificates.resolve("issuer.pem").toFile())
                        .build();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        var program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "etcd"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                program.isPresent(), "etcd isn't installed: './registry --install --test-programs' installs it");
        var peer = "http://127.0.0.1:" + freePort();
        var command = new ArrayList<>(List.of(
                program.orElseThrow().toString(),
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync"));
        if (certificates != null) {
            command.add("--cert-file=" + certificates.resolve("c"));
            command.add("--key-file=" + certificates.resolve("k"));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("etcd.log").toFile())
                .start();
    }

    private void awaitReady() {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> put("ready", ""));
    }

    int port() {
        return port;
    }

    String endpoint() {
        return (certificates == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    void put(String key, String value) {
        var _ = kv().put(PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .setValue(ByteString.copyFromUtf8(value))
                .build());
    }

    void delete(String key) {
        var _ = kv().deleteRange(DeleteRangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .build());
    }

    /** Returns the entries with a prefix. */
    List<KeyValue> list(String prefix) {
        return range(prefix).getKvsList();
    }

    private RangeResponse range(String prefix) {
        return kv().range(RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(prefix))
                .setRangeEnd(ByteString.copyFromUtf8(prefix + "\uffff"))
                .build());
    }

    /** Removes all earlier revisions. */
    void compact() {
        long revision = range("none").getHeader().getRevision();
        var _ = kv().compact(CompactionRequest.newBuilder()
                .setRevision(revision)
                .setPhysical(true)
                .build());
    }

    /** Adds a user without permissions, and requires a user for each request. */
    void requireUsers(String name, String password) {
        var auth = AuthGrpc.newBlockingStub(channel);
        for (var user : List.of(ROOT, name)) {
            var _ = auth.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(user)
                    .setPassword(password)
                    .build());
        }
        var _ = auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser(ROOT)
                .setRole(ROOT)
                .build());
        var _ = auth.authEnable(AuthEnableRequest.getDefaultInstance());
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER),
                auth.authenticate(AuthenticateRequest.newBuilder()
                                .setName(ROOT)
                                .setPassword(password)
                                .build())
                        .getToken());
        calls = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Lets a user read the entries with a prefix. */
    void allow(String user, String prefix) {
        var auth = AuthGrpc.newBlockingStub(calls);
        var role = user + "-role";
        if (!auth.roleList(AuthRoleListRequest.getDefaultInstance())
                .getRolesList()
                .contains(role)) {
            var _ = auth.roleAdd(AuthRoleAddRequest.newBuilder().setName(role).build());
            var _ = auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                    .setName(role)
                    .setPerm(Permission.newBuilder()
                            .setPermType(Permission.Type.READ)
                            .setKey(ByteString.copyFromUtf8(prefix))
                            .setRangeEnd(ByteString.copyFromUtf8(prefix.replaceAll("/$", "0"))))
                    .build());
        }
        var _ = auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser(user)
                .setRole(role)
                .build());
    }

    /** Takes from a user what {@link #allow} gave. */
    void forbid(String user) {
        var _ = AuthGrpc.newBlockingStub(calls)
                .userRevokeRole(AuthUserRevokeRoleRequest.newBuilder()
                        .setName(user)
                        .setRole(user + "-role")
                        .build());
    }

    private KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(calls);
    }

    /** Kills the process like {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again with its data, or without. */
    void restart(boolean empty) throws IOException {
        if (empty) {
            FileSystemUtils.deleteRecursively(directory.resolve("etcd"));
        }
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        kill();
    }
}
