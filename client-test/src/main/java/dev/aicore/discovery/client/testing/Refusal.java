package dev.aicore.discovery.client.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refusal of a request, which becomes a problem (RFC 9457). */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient @Nullable Map<String, Object> error;

    private Refusal(int status, String code, String detail, @Nullable Map<String, Object> error) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.error = error;
    }

    static Refusal of(int status, String code, String detail) {
        return new Refusal(status, code, detail, null);
    }

    static Refusal field(String code, String field, String message, @Nullable Object rejected, String expected) {
        var error = new LinkedHashMap<String, Object>();
        error.put("field", field);
        error.put("message", message);
        if (rejected != null) {
            error.put("rejected_value", rejected);
        }
        error.put("expected", expected);
        return new Refusal(400, code, field + " " + message, error);
    }

    static Refusal unknown(String id) {
        return of(404, "unknown_instance", "No instance has the id " + id + ".");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, Object> problem(String path, String requestId) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "urn:service-discovery:problem:" + code);
        problem.put("title", code.replace('_', ' '));
        problem.put("status", status);
        problem.put("detail", String.valueOf(getMessage()));
        problem.put("instance", path);
        problem.put("code", code);
        problem.put("errors", error == null ? List.of() : List.of(error));
        problem.put("request_id", requestId);
        return problem;
    }
}
