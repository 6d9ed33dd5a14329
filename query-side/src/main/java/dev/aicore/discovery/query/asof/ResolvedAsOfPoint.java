package dev.aicore.discovery.query.asof;

import dev.aicore.discovery.web.ApiResponse;
import java.time.Instant;

/**
 * A moment that the models reflect wholly.
 *
 * @param position of the last fact up to then, or the position that was asked about: the same answers come of both
 * @param at the instant that was asked about; for a position, when its last fact was recorded
 * @param isPast whether somebody asked about it, rather than about now
 */
public record ResolvedAsOfPoint(long position, Instant at, boolean isPast) {

    /** An answer that is true then, and says so if that is in the past. */
    public <T> ApiResponse<T> answer(T data) {
        var apiResponse = ApiResponse.of(data, position, at);
        return isPast ? apiResponse.past() : apiResponse;
    }
}
