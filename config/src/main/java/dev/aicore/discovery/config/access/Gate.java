package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.Ready;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The gate as every request passes it, whichever way it then takes. */
public final class Gate {

    private final RequestGuard guard;

    Gate(RequestGuard guard) {
        this.guard = guard;
    }

    /** The caller, with the reason that the request gives; fails where they are not let in, or throws what it fails with. */
    public Mono<Caller> admit(ServerHttpRequest request) {
        var admitted = guard.admit(request);
        var known = Ready.value(admitted);
        return known == null ? later(admitted, request) : Mono.just(known.because(Reason.of(request)));
    }

    private static Mono<Caller> later(Mono<Caller> admitted, ServerHttpRequest request) {
        return admitted.switchIfEmpty(
                        Mono.error(() -> new RegistryException(ErrorCode.UNAUTHORIZED, "The caller is not let in.")))
                .map(caller -> caller.because(Reason.of(request)));
    }
}
