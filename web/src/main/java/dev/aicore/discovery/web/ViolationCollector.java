package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the violations of one request, so that its caller gets all of them in one answer. */
final class ViolationCollector {
    /**
     * Maximum number of violations in an answer: a request of a few kilobytes must not cause an answer of megabytes.
     */
    private static final int MAX_SHOWN = 32;

    private final List<FieldError> shown = new ArrayList<>();
    private int count;
    private final ErrorCode allUnknownCode;
    private boolean allUnknown = true;

    /**
     * Creates an empty collector.
     *
     * @param allUnknownCode error code if all violations are unknown names
     */
    ViolationCollector(ErrorCode allUnknownCode) {
        this.allUnknownCode = allUnknownCode;
    }

    /**
     * Adds a violation.
     *
     * @param field path of the field, or an object whose text form is the path
     */
    void add(Object field, String message, @Nullable Object rejected, @Nullable String expected) {
        allUnknown = false;
        collect(field, message, rejected, expected);
    }

    void addUnknown(String field, String message, @Nullable Object rejected, String expected) {
        collect(field, message, rejected, expected);
    }

    private void collect(Object field, String message, @Nullable Object rejected, @Nullable String expected) {
        count++;
        if (shown.size() < MAX_SHOWN) {
            shown.add(new FieldError(
                    DisplayText.abbreviate(field.toString()),
                    DisplayText.abbreviate(message),
                    rejected instanceof String text ? DisplayText.abbreviate(text) : rejected,
                    expected));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    void validate() {
        if (count > 0) {
            throw new RegistryException(
                    allUnknown ? allUnknownCode : ErrorCode.VALIDATION_FAILED, detail(), shown, null);
        }
    }

    private String detail() {
        FieldError first = shown.getFirst();
        String sentence = first.field() + " " + first.message() + ".";
        return switch (count) {
            case 1 -> sentence;
            case 2 -> sentence + " There is 1 more violation.";
            default -> sentence + " There are " + (count - 1) + " more violations.";
        };
    }
}
