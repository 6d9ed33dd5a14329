package dev.aicore.discovery.bridge.etcd;

import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Opens channels to members of etcd. */
final class EtcdChannels {

    /** etcd's limit of a response is its limit of a request, 1.5 MB by default, for each of the entries of a page. */
    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private EtcdChannels() {}

    /**
     * Creates a channel, which connects with its first call. It notices within two timeouts that a member is gone.
     *
     * @throws IOException if a PEM file can't be read
     */
    static ManagedChannel open(String endpoint, EtcdOptions options, Duration timeout) throws IOException {
        var uri = URI.create(endpoint);
        return Grpc.newChannelBuilder(uri.getAuthority(), credentials(uri, options))
                .keepAliveTime(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
    }

    private static ChannelCredentials credentials(URI uri, EtcdOptions options) throws IOException {
        if (uri.getScheme().equals("http")) {
            return InsecureChannelCredentials.create();
        }
        var credentials = TlsChannelCredentials.newBuilder();
        if (options.ca() != null) {
            credentials.trustManager(options.ca().toFile());
        }
        if (options.cert() != null && options.key() != null) {
            credentials.keyManager(options.cert().toFile(), options.key().toFile());
        }
        return credentials.build();
    }

    /**
     * Returns the channel with the token of the user; the channel itself without a user.
     *
     * @throws IOException if the file with the password can't be read
     */
    static Channel authenticated(ManagedChannel channel, EtcdOptions options, Duration timeout) throws IOException {
        if (options.user() == null || options.passwordFile() == null) {
            return channel;
        }
        var token = AuthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout)
                .authenticate(AuthenticateRequest.newBuilder()
                        .setName(options.user())
                        .setPassword(Files.readString(options.passwordFile()).strip())
                        .build())
                .getToken();
        var headers = new Metadata();
        headers.put(TOKEN, token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
