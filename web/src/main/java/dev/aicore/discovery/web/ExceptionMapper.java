package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.Exceptions;

/**
 * Maps every exception to a refusal in the registry's own words, because the framework's messages name classes and
 * method parameters.
 */
final class ExceptionMapper {
    private ExceptionMapper() {}

    /** Returns the refusal for an exception; {@code internal} if the exception has no meaning for the caller. */
    static RegistryException of(Throwable thrown, ServerHttpRequest request) {
        return switch (unwrap(thrown)) {
            case RegistryException refusal -> refusal;
            case MethodNotAllowedException e ->
                refusal(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "method",
                        "is not allowed here",
                        e.getHttpMethod(),
                        list(e.getSupportedMethods()));
            case NotAcceptableStatusException e ->
                refusal(
                        ErrorCode.NOT_ACCEPTABLE,
                        HttpHeaders.ACCEPT,
                        "has no media type that this path produces",
                        request.getHeaders().getFirst(HttpHeaders.ACCEPT),
                        list(e.getSupportedMediaTypes()));
            case UnsupportedMediaTypeStatusException e ->
                refusal(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        HttpHeaders.CONTENT_TYPE,
                        "is not supported here",
                        request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                        list(e.getSupportedMediaTypes()));
            case DataBufferLimitException e ->
                refusal(
                        ErrorCode.BODY_TOO_LARGE,
                        "body",
                        "is too large",
                        null,
                        "at most " + JsonBody.MAX_BYTES + " bytes");
            case MissingRequestValueException e ->
                refusal(ErrorCode.VALIDATION_FAILED, e.getName(), "is required", null, typeName(e.getType()));
            case DecodingException e -> refusal(ErrorCode.MALFORMED_JSON, "body", "cannot be read", null, "valid JSON");
            case ServerWebInputException e -> input(e, request);
            case ErrorResponse e -> byStatus(e.getStatusCode().value(), request);
            case Throwable e -> new RegistryException(ErrorCode.INTERNAL, "The request failed with an internal error.");
        };
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable inner = Exceptions.unwrap(thrown);
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static RegistryException input(ServerWebInputException e, ServerHttpRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DataBufferLimitException || cause instanceof DecodingException) {
                return of(cause, request);
            }
            if (cause instanceof TypeMismatchException mismatch) {
                String expected = typeName(mismatch.getRequiredType());
                Object given = mismatch.getValue();
                return refusal(
                        ErrorCode.VALIDATION_FAILED,
                        name(e.getMethodParameter()),
                        "must be " + expected,
                        given == null ? null : DisplayText.abbreviate(given.toString()),
                        expected);
            }
        }
        return new RegistryException(ErrorCode.BAD_REQUEST, "The request cannot be read.");
    }

    private static String name(@Nullable MethodParameter parameter) {
        String name = parameter == null ? null : parameter.getParameterName();
        return name == null ? "request" : name;
    }

    private static RegistryException byStatus(int status, ServerHttpRequest request) {
        if (status == ErrorCode.NOT_FOUND.status()) {
            String path = request.getURI().getRawPath();
            return refusal(ErrorCode.NOT_FOUND, "path", "does not exist", path, "a path of the API");
        }
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.status() == status)
                .findFirst()
                .orElse(status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL);
        return new RegistryException(code, code.title() + ".");
    }

    private static RegistryException refusal(
            ErrorCode code, String field, String message, @Nullable String rejected, String expected) {
        String sentence = field.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + field.substring(1) + " " + message;
        return new RegistryException(
                code,
                sentence + ".",
                new FieldError(field, message, rejected == null ? null : DisplayText.abbreviate(rejected), expected));
    }

    private static String list(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String typeName(@Nullable Class<?> type) {
        if (type == null) {
            return "a value";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
        return number ? "a number" : type == java.util.UUID.class ? "a UUID" : "a value of another type";
    }
}
