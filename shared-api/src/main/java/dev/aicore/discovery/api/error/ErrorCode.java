package dev.aicore.discovery.api.error;

import java.util.Locale;

/**
 * Lists every code that a failed request can carry. The wire name of a code is stable, because clients switch on it.
 *
 * <p>{@link #status()} is the HTTP status (400 to 599). {@link #title()} is a short English sentence that is the same
 * for each occurrence.
 */
public enum ErrorCode {
    BAD_REQUEST(400, "The request is not valid"),
    VALIDATION_FAILED(400, "A value is missing or not valid"),
    UNKNOWN_FIELD(400, "The body has an unknown field"),
    UNKNOWN_PARAMETER(400, "The query has an unknown parameter"),
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    UNAUTHORIZED(401, "The caller is not authenticated"),
    FORBIDDEN(403, "The caller is not permitted to do this"),
    QUOTA_EXCEEDED(403, "The quota is exhausted"),
    NOT_FOUND(404, "The resource does not exist"),
    UNKNOWN_INSTANCE(404, "There is no instance with this id"),
    UNKNOWN_KEY(404, "There is no API key with this id"),
    UNKNOWN_CONFIGURATION(404, "The service has no configuration"),
    UNKNOWN_VERSION(404, "The configuration has no such version"),
    UNKNOWN_SCHEMA(404, "The service has declared no schema"),
    METHOD_NOT_ALLOWED(405, "The path does not support this method"),
    NOT_ACCEPTABLE(406, "No accepted media type is available"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    CONFLICT(409, "The request conflicts with the current state"),
    OWNED_BY_ANOTHER(409, "The instance belongs to another principal"),
    NO_ACTIVE_CHECK(409, "The instance has no active check"),
    NOT_YET_VISIBLE(409, "The requested position is not visible yet"),
    IDEMPOTENCY_KEY_IN_FLIGHT(409, "A request with this idempotency key is still running"),
    INSTANCE_DEREGISTERED(410, "The instance was deregistered"),
    HISTORY_COMPACTED(410, "The requested history is no longer retained"),
    OTHER_STORE(410, "The position belongs to another event store"),
    PRECONDITION_FAILED(412, "The precondition does not hold"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
    NAME_IMMUTABLE(422, "The name of an instance cannot change"),
    ANSWER_TOO_LARGE(422, "The answer would be too large"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used with another request"),
    SCHEMA_VIOLATED(422, "The configuration violates its schema"),
    SCHEMA_NOT_CHECKABLE(422, "The schema cannot be used for validation"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The request headers are too large"),
    INTERNAL(500, "Internal error"),
    NOT_READY(503, "This node is not ready"),
    OVERLOADED(503, "The registry is overloaded"),
    TIMED_OUT(503, "The request took too long to be answered"),
    STORE_UNAVAILABLE(503, "The event store cannot be reached"),
    STORE_FULL(503, "The event store has no space for writes"),
    SHARD_FAILED(503, "The shard cannot be loaded"),
    STANDBY(503, "This node is a standby"),
    NEWER_EVENT(503, "The store holds an event that this version cannot read");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the name on the wire, such as {@code validation_failed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Returns the URI that identifies this kind of problem (RFC 9457 {@code type}). The URI can't be fetched. */
    public String type() {
        return "urn:service-discovery:problem:" + code();
    }
}
