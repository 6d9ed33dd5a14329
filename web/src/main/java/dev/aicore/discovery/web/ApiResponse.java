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
 * The envelope of every success.
 *
 * @param success always true
 * @param data what was asked for
 * @param meta what the answer reflects
 */
public record ApiResponse<T>(boolean success, T data, Meta meta) {
    /** The header that repeats {@link Meta#position()}. */
    public static final String POSITION = "X-Registry-Position";

    /** The header that repeats {@link Meta#index()}. */
    public static final String INDEX = "X-Registry-Index";

    /** The header of an answer of the past (RFC 7089), to the second; {@link Meta#at()} is exact. */
    public static final String MEMENTO = "Memento-Datetime";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * What an answer reflects.
     *
     * @param position event-store position, 0 or more; null where the answer does not come from the store
     * @param at when it was true
     * @param nextCursor where the next page begins; null on the last page and where there are no pages
     * @param index position of the last change of what was asked for, 0 if there was none; null where that isn't told
     * @param stale true if no store answers, and this is what was known last; null if it isn't so
     * @param ageMs how long ago that was last known to be so, in milliseconds; null where it isn't stale
     * @param past true if it was asked how it was at a moment, which {@code position} and {@code at} then are; null if not
     * @param recordedAt when the store recorded what was written, by its own clock: the moment {@code at=} of that instant has it;
     *     null where nothing was recorded
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

        /** Repeats it in the answer's headers. */
        void describe(HttpHeaders headers) {
            if (position != null) {
                headers.set(POSITION, Long.toString(position));
            }
            if (index != null) {
                headers.set(INDEX, Long.toString(index));
            }
            if (past != null) {
                headers.set(MEMENTO, HTTP_DATE.format(at));
                headers.set(HttpHeaders.VARY, "Accept-Datetime");
            }
        }

        private static Meta of(@Nullable Long position, Instant at) {
            return new Meta(position, at, null, null, null, null, null, null);
        }
    }

    /** An answer that reflects the store up to {@code position}. */
    public static <T> ApiResponse<T> of(T data, long position, Instant at) {
        return new ApiResponse<>(true, data, Meta.of(position, at));
    }

    /** An answer that reflects no position, such as that of a health check. */
    public static <T> ApiResponse<T> of(T data, Instant at) {
        return new ApiResponse<>(true, data, Meta.of(null, at));
    }

    /** 200. */
    public static <T> ResponseEntity<ApiResponse<T>> ok(T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.OK);
    }

    /** 200, one page of a list. */
    public static <T> ResponseEntity<ApiResponse<T>> page(
            T data, long position, Instant at, @Nullable String nextCursor) {
        return of(data, position, at).next(nextCursor).respond(HttpStatus.OK);
    }

    /** 201 with the header {@code Location}; {@code location} is a path such as {@code /api/v1/services/x}, percent-encoded. */
    public static <T> ResponseEntity<ApiResponse<T>> created(URI location, T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.CREATED, headers -> headers.setLocation(location));
    }

    /** 202. */
    public static <T> ResponseEntity<ApiResponse<T>> accepted(T data, long position, Instant at) {
        return of(data, position, at).respond(HttpStatus.ACCEPTED);
    }

    /** The same answer with the cursor of the next page. */
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

    /** The same answer with the position of the last change. */
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

    /** The same answer, marked as what was known so long ago. */
    public ApiResponse<T> stale(Duration age) {
        return new ApiResponse<>(
                success,
                data,
                new Meta(
                        meta.position(), meta.at(), meta.nextCursor(), meta.index(), true, age.toMillis(), null, null));
    }

    /** The same answer, marked as one of the past: of the moment that {@link Meta#position()} and {@link Meta#at()} are. */
    public ApiResponse<T> past() {
        return new ApiResponse<>(
                success,
                data,
                new Meta(meta.position(), meta.at(), meta.nextCursor(), meta.index(), null, null, true, null));
    }

    /** The same answer, which tells when the store recorded what was written; null where it recorded nothing. */
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

    /** This answer with a status and with further headers, such as an ETag. */
    public ResponseEntity<ApiResponse<T>> respond(HttpStatusCode status, Consumer<HttpHeaders> more) {
        return ResponseEntity.status(status)
                .headers(headers -> {
                    meta.describe(headers);
                    more.accept(headers);
                })
                .body(this);
    }
}
