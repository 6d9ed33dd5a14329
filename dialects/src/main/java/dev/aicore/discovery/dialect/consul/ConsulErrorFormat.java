package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ErrorFormat;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Writes refusals as Consul does: a sentence as plain text, which clients print. */
final class ConsulErrorFormat implements ErrorFormat {

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");

    @Override
    public boolean covers(String rawPath) {
        return rawPath.startsWith("/v1/") || rawPath.equals("/v1");
    }

    @Override
    public ErrorBody format(RegistryException refusal, ServerHttpRequest request) {
        return new ErrorBody(status(refusal), TEXT, sentence(refusal));
    }

    private static int status(RegistryException refusal) {
        if (refusal.detail().equals(ConsulRefusals.NO_PATH)) {
            return ErrorCode.INTERNAL.status();
        }
        return switch (refusal.code()) {
            case INSTANCE_DEREGISTERED -> ErrorCode.NOT_FOUND.status();
            case NAME_IMMUTABLE -> ErrorCode.BAD_REQUEST.status();
            default -> refusal.code().status();
        };
    }

    private static String sentence(RegistryException refusal) {
        var errors = refusal.errors();
        if (errors.isEmpty()) {
            return refusal.detail();
        }
        return refusal.detail()
                + ' '
                + errors.stream()
                        .map(ConsulErrorFormat::sentence)
                        .distinct()
                        .collect(Collectors.joining("; ", "(", ")"));
    }

    private static String sentence(FieldError error) {
        return error.field() + ' ' + error.message();
    }
}
