package dev.aicore.discovery.query.asof;

import dev.aicore.discovery.web.ApiResponse;
import java.time.Instant;

/**
 * Point in time up to which the read models reflect all facts.
 *
 * @param position of the last fact up to then, or the requested position: both lead to the same results
 * @param at requested instant; for a position, the time at which its last fact was recorded
 * @param isPast whether the caller requested a point in time rather than now
 */
public record ResolvedAsOfPoint(long position, Instant at, boolean isPast) {

    /** Returns a response as of this point in time, marked as past if it was requested as such. */
    public <T> ApiResponse<T> toResponse(T data) {
        var apiResponse = ApiResponse.of(data, position, at);
        return isPast ? apiResponse.withPastMark() : apiResponse;
    }
}
