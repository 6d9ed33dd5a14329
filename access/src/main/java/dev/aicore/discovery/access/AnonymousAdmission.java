package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** Decides which requests without credentials are admitted as {@code anonymous}. */
@FunctionalInterface
interface AnonymousAdmission {

    /** Admits no request without credentials. */
    AnonymousAdmission NONE = _ -> false;

    /** Returns true if the request is admitted without credentials, whatever its path. Never blocks. */
    boolean isAdmitted(ServerHttpRequest request);
}
