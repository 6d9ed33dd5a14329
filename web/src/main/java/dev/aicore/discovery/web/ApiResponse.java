package dev.aicore.discovery.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/**
 * The envelope of every successful answer.
 *
 * @param success always true
 * @param data the requested data
 * @param meta the state that the answer reflects
 */
public record ApiResponse<T>(boolean success, T data, Meta meta) {
    /** Header that repeats {@link Meta#position()}. */
    public static final String POSITION = "X-Registry-Position";

    /** Header that repeats {@link Meta#index()}. */
    public static final String INDEX = "X-Registry-Index";

    /** Header of an answer as of a point in the past (RFC 7089), with whole seconds; {@link Meta#at()} is exact. */
    public static final String MEMENTO_DATETIME = "Memento-Datetime";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * The state that an answer reflects.
     *
     * @param position position in the event store, 0 or more; null if the answer doesn't come from the store
     * @param at time of that state
     * @param nextCursor start of the next page; null on the last page, and for answers without pages
     * @param index position of the last change of the requested data, 0 if there was none; null if it isn't reported
     * @param stale true if no store answers and the data is the last known state; null otherwise
     * @param ageMs time since that state was last known to be current, in milliseconds; null unless stale
     * @param past true if the query was as of a point in the past, which {@code position} and {@code at} then name;
     *     null otherwise
     * @param recordedAt time at which the store recorded the write, by the store's clock; a query as of this instant
     *     includes the write. Null if nothing was recorded.
     */
    public record Meta(
            @Nullable Long position,
            Instant at,
            @Nullable String nextCursor,
            @Nullable Long index,
            @Nullable Boolean stale,
            @Nullable Long ageMs,
            @Nullable Boolean past,
            @Nullable Instant recordedAt) {

        /** Repeats the state in the answer's headers. */
        void describe(HttpHeaders headers) {
            if (position != null) {
                headers.set(POSITION, Long.toString(position));
            }
            if (index != null) {
                headers.set(INDEX, Long.toString(index));
            }
            if (past != null) {
                headers.set(MEMENTO_DATETIME, HTTP_DATE.format(at));
                headers.set(HttpHeaders.VARY, "Accept-Datetime");
            }
        }

        private static Meta of(@Nullable Long position, Instant at) {
            return new Meta(position, at, null, null, null, null, null, null);
        }
    }

    /** Creates an answer that reflects the store up to {@code position}. */
    public static <T> ApiResponse<T> of(T data, long position, Instant at) {
        return new ApiResponse<>(true, data, Meta.of(position, at));
    }

    /** Creates an answer that reflects no position, such as that of a health check. */
    public static <T> ApiResponse<T> of(T data, Instant at) {
        return new ApiResponse<>(true, data, Meta.of(null, at));
    }

    /** Creates an answer with status 200. */
    public static <T> ResponseEntity<ApiResponse<T>> ok(T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.OK);
    }

    /** Creates an answer with status 200 that is one page of a list. */
    public static <T> ResponseEntity<ApiResponse<T>> page(
            T data, long position, Instant at, @Nullable String nextCursor) {
        return of(data, position, at).next(nextCursor).respond(HttpStatus.OK);
    }

    /**
     * Creates an answer with status 201 and the header {@code Location}.
     *
     * @param location percent-encoded path, such as {@code /api/v1/services/x}
     */
    public static <T> ResponseEntity<ApiResponse<T>> created(URI location, T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.CREATED, headers -> headers.setLocation(location));
    }

    /** Creates an answer with status 202. */
    public static <T> ResponseEntity<ApiResponse<T>> accepted(T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.ACCEPTED);
    }

    /** Returns a copy with the cursor of the next page. */
    public ApiResponse<T> next(@Nullable String cursor) {
        return new ApiResponse<>(
                success,
                data,
                new Meta(
                        meta.position(),
                        meta.at(),
                        cursor,
                        meta.index(),
                        meta.stale(),
                        meta.ageMs(),
                        meta.past(),
                        meta.recordedAt()));
    }

    /** Returns a copy with the position of the last change. */
    public ApiResponse<T> changedAt(long index) {
        return new ApiResponse<>(
                success,
                data,
                new Meta(
                        meta.position(),
                        meta.at(),
                        meta.nextCursor(),
                        index,
                        meta.stale(),
                        meta.ageMs(),
                        meta.past(),
                        meta.recordedAt()));
    }

    /** Returns a copy that is marked as stale, with its age. */
    public ApiResponse<T> withStaleness(Duration age) {
        return new ApiResponse<>(
                success,
                data,
                new Meta(
                        meta.position(), meta.at(), meta.nextCursor(), meta.index(), true, age.toMillis(), null, null));
    }

    /**
     * Returns a copy that is marked as of a point in the past, which {@link Meta#position()} and {@link Meta#at()}
     * name.
     */
    public ApiResponse<T> withPastMark() {
        return new ApiResponse<>(
                success,
                data,
                new Meta(meta.position(), meta.at(), meta.nextCursor(), meta.index(), null, null, true, null));
    }

    /** Returns a copy with the time at which the store recorded the write; null if it recorded nothing. */
    public ApiResponse<T> recorded(@Nullable Instant recordedAt) {
        return new ApiResponse<>(
                success,
                data,
                new Meta(
                        meta.position(),
                        meta.at(),
                        meta.nextCursor(),
                        meta.index(),
                        meta.stale(),
                        meta.ageMs(),
                        meta.past(),
                        recordedAt));
    }

    public ResponseEntity<ApiResponse<T>> respond(HttpStatusCode status) {
        return respond(status, headers -> {});
    }

    /** Returns a response with this answer, a status and further headers, such as an ETag. */
    public ResponseEntity<ApiResponse<T>> respond(HttpStatusCode status, Consumer<HttpHeaders> more) {
        return ResponseEntity.status(status)
                .headers(headers -> {
                    meta.describe(headers);
                    more.accept(headers);
                })
                .body(this);
    }
}
