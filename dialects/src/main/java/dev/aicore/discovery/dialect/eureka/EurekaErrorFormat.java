package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ErrorFormat;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Writes errors as plain text. Eureka's clients read the status only: an instance that the registry doesn't know must
 * be 404, because any other status counts as a broken server.
 */
final class EurekaErrorFormat implements ErrorFormat {

    static final String PATH = "/eureka";

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    @Override
    public boolean covers(String rawPath) {
        return rawPath.startsWith(PATH) && (rawPath.length() == PATH.length() || rawPath.charAt(PATH.length()) == '/');
    }

    @Override
    public ErrorBody format(RegistryException refusal, ServerHttpRequest request) {
        var text = new StringBuilder(refusal.detail());
        refusal.errors()
                .forEach(error ->
                        text.append('\n').append(error.field()).append(' ').append(error.message()));
        return new ErrorBody(status(refusal), TEXT, text.toString());
    }

    private static int status(RegistryException refusal) {
        return switch (refusal.code()) {
            case INSTANCE_DEREGISTERED -> 404;
            case OWNED_BY_ANOTHER -> 403;
            case NAME_IMMUTABLE -> 400;
            case NOT_YET_VISIBLE, ANSWER_TOO_LARGE -> 503;
            default -> refusal.code().status();
        };
    }
}
