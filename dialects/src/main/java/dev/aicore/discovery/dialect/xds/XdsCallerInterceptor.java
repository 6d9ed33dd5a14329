package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.access.RequestAuthenticator;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Admits callers as the REST API does: by {@code authorization} metadata, or without it where the API requires no
 * credentials. Blocks its thread, which must be a virtual one, while a token is verified.
 */
final class XdsCallerInterceptor implements ServerInterceptor {

    private static final Context.Key<Caller> CALLER = Context.key("caller");

    private final RequestAuthenticator authenticator;
    private final Duration timeout;

    /**
     * Creates an interceptor.
     *
     * @param timeout maximum time to verify credentials; after it, the call ends with {@code UNAVAILABLE}
     */
    XdsCallerInterceptor(RequestAuthenticator authenticator, Duration timeout) {
        this.authenticator = authenticator;
        this.timeout = timeout;
    }

    /** Returns the caller of the present call. */
    static Caller caller() {
        return Objects.requireNonNull(CALLER.get());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            var caller = authenticate(new GrpcServerRequest(call, headers));
            return Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
        } catch (RegistryException refusal) {
            call.close(status(refusal.code()).withDescription(refusal.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private Caller authenticate(GrpcServerRequest request) {
        @Nullable Caller caller;
        try {
            caller = authenticator.authenticate(request).toFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RegistryException refusal
                    ? refusal
                    : new RegistryException(ErrorCode.INTERNAL, "The credentials could not be verified.");
        } catch (TimeoutException e) {
            throw new RegistryException(ErrorCode.NOT_READY, "The credentials could not be verified in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(ErrorCode.NOT_READY, "This node is stopping.");
        }
        if (caller == null || !caller.isGranted(Permission.REGISTRY_READ)) {
            throw new RegistryException(ErrorCode.FORBIDDEN, "The caller's role doesn't include registry.read.");
        }
        return caller;
    }

    private static Status status(ErrorCode code) {
        return switch (code) {
            case UNAUTHORIZED -> Status.UNAUTHENTICATED;
            case FORBIDDEN -> Status.PERMISSION_DENIED;
            case RATE_LIMITED -> Status.RESOURCE_EXHAUSTED;
            default -> Status.UNAVAILABLE;
        };
    }
}
