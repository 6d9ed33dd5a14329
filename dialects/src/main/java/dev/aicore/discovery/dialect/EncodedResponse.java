package dev.aicore.discovery.dialect;

import dev.aicore.discovery.web.ImmediateMono;
import dev.aicore.discovery.web.ResponseWriter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Response of a controller whose body is encoded already, for the hot path.
 *
 * @param entity response; its body is not copied and must not be modified
 */
public record EncodedResponse(ResponseEntity<byte[]> entity) implements ResponseWriter {

    /** Returns the response of a controller; without an operator if it is there already, as most are. */
    public static Mono<EncodedResponse> of(Mono<ResponseEntity<byte[]>> answer) {
        var ready = ImmediateMono.value(answer);
        return ready == null ? answer.map(EncodedResponse::new) : Mono.just(new EncodedResponse(ready));
    }

    @Override
    public String status() {
        var status = entity.getStatusCode();
        return status == HttpStatus.OK ? "200" : Integer.toString(status.value());
    }

    @Override
    public Mono<Void> to(ServerHttpResponse response) {
        response.setStatusCode(entity.getStatusCode());
        var headers = response.getHeaders();
        headers.putAll(entity.getHeaders());
        var body = entity.getBody();
        if (body == null) {
            headers.setContentLength(0);
            return response.setComplete();
        }
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
