package dev.aicore.discovery.api.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request is refused, with a reason that its caller may read. It has no stack trace, since refusals are answers and not
 * faults, except {@link ErrorCode#INTERNAL}.
 */
public final class RegistryException extends RuntimeException {
    private final ErrorCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    /**
     * @param detail a sentence about this occurrence, for the caller's eyes: no secrets, no class names
     * @param errors what is wrong, value by value; may be empty
     * @param retryAfter after how long the same request may succeed; null if time changes nothing
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
