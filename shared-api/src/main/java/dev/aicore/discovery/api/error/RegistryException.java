package dev.aicore.discovery.api.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request with a reason that its caller may read. Has no stack trace, because a refusal is an answer and not
 * a fault; only {@link ErrorCode#INTERNAL} has one.
 */
public final class RegistryException extends RuntimeException {
    private final ErrorCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    /**
     * Creates a refusal.
     *
     * @param detail a sentence about this occurrence for the caller, without secrets and class names
     * @param errors the invalid values; may be empty
     * @param retryAfter the time after which the same request may succeed; null if waiting does not help
     */
    public RegistryException(ErrorCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, code == ErrorCode.INTERNAL);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public RegistryException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null);
    }

    public RegistryException(ErrorCode code, String detail, FieldError error) {
        this(code, detail, List.of(error), null);
    }

    public RegistryException(ErrorCode code, String detail, Duration retryAfter) {
        this(code, detail, List.of(), retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
