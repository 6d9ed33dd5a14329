package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The gate as every request passes it, whichever way it then takes. */
public final class Gate {

    private final RequestGuard guard;

    Gate(RequestGuard guard) {
        this.guard = guard;
    }

    /** The caller, with the reason that the request gives; fails where they are not let in. */
    public Mono<Caller> admit(ServerHttpRequest request) {
        return guard.admit(request)
                .switchIfEmpty(
                        Mono.error(() -> new RegistryException(ErrorCode.UNAUTHORIZED, "The caller is not let in.")))
                .map(caller -> caller.because(Reason.of(request)));
    }
}
