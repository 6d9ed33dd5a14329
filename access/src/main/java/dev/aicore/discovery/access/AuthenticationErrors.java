package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.http.HttpHeaders;

/** Makes refusals of callers who aren't known. What they showed is never in them. */
final class AuthenticationErrors {

    private static final String EXPECTED =
            "Authorization: Bearer TOKEN, Authorization: ApiKey KEY, or " + Credentials.KEY_HEADER + ": KEY";

    private AuthenticationErrors() {}

    /** One of the credentials that the request shows, or doesn't. */
    static RegistryException of(String detail) {
        return of(detail, HttpHeaders.AUTHORIZATION, "names no caller who is known", EXPECTED);
    }

    /**
     * One of something else that it shows.
     *
     * @param message what is wrong with the field
     */
    static RegistryException of(String detail, String field, String message, String expected) {
        return new RegistryException(ErrorCode.UNAUTHORIZED, detail, new FieldError(field, message, null, expected));
    }
}
