package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import org.springframework.http.HttpHeaders;

/** Creates refusals of unauthenticated callers. Never includes their credentials. */
final class AuthenticationErrors {

    private static final String EXPECTED =
            "Authorization: Bearer TOKEN, Authorization: ApiKey KEY, or " + Credentials.KEY_HEADER + ": KEY";

    private AuthenticationErrors() {}

    /** Creates a refusal because of missing or invalid credentials. */
    static RegistryException of(String detail) {
        return of(detail, HttpHeaders.AUTHORIZATION, "does not identify a known caller", EXPECTED);
    }

    /**
     * Creates a refusal because of another field of the request.
     *
     * @param message problem of the field
     */
    static RegistryException of(String detail, String field, String message, String expected) {
        return new RegistryException(ErrorCode.UNAUTHORIZED, detail, new FieldError(field, message, null, expected));
    }
}
