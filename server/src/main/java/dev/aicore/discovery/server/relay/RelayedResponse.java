package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.web.RelayMark;
import dev.aicore.discovery.web.ResponseWriter;
import io.netty.handler.codec.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Response of the owner, which this node writes to its caller as it is. */
final class RelayedResponse implements ResponseWriter {

    private final int code;
    private final HttpHeaders headers;
    private final byte[] body;

    RelayedResponse(int code, HttpHeaders headers, byte[] body) {
        this.code = code;
        this.headers = headers;
        this.body = body;
    }

    /** Returns true if the receiver has certainly done nothing. */
    boolean isNothingDone() {
        var value = headers.get(RelayMark.HEADER);
        return value != null && RelayMark.isNothingDone(value);
    }

    @Override
    public String status() {
        return Integer.toString(code);
    }

    @Override
    public Mono<Void> to(ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(code));
        var own = response.getHeaders();
        headers.names().stream().filter(RelayClient::isPassedOn).forEach(name -> own.put(name, headers.getAll(name)));
        return body.length == 0
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
