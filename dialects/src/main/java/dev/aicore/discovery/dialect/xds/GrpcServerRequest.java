package dev.aicore.discovery.dialect.xds;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** The request of a gRPC call, in the form that access control authenticates. Has no body. */
final class GrpcServerRequest extends AbstractServerHttpRequest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ORIGIN = Metadata.Key.of("origin", Metadata.ASCII_STRING_MARSHALLER);

    private final ServerCall<?, ?> call;

    GrpcServerRequest(ServerCall<?, ?> call, Metadata metadata) {
        super(
                HttpMethod.POST,
                URI.create("/" + call.getMethodDescriptor().getFullMethodName()),
                null,
                headers(call, metadata));
        this.call = call;
    }

    private static HttpHeaders headers(ServerCall<?, ?> call, Metadata metadata) {
        var headers = new HttpHeaders();
        var authority = call.getAuthority();
        if (authority != null) {
            headers.set(HttpHeaders.HOST, authority);
        }
        add(headers, HttpHeaders.AUTHORIZATION, metadata.getAll(AUTHORIZATION));
        add(headers, HttpHeaders.ORIGIN, metadata.getAll(ORIGIN));
        return headers;
    }

    private static void add(HttpHeaders headers, String name, @Nullable Iterable<String> values) {
        if (values != null) {
            values.forEach(value -> headers.add(name, value));
        }
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address
                ? address
                : null;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.empty();
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return null;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // declared by Spring
    public <T> T getNativeRequest() {
        return (T) call;
    }
}
