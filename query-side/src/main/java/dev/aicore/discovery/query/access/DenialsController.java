package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.AccessDenialsView;
import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists denied requests for admins. */
@RestController
final class DenialsController {

    private static final AsOfPoint DEFAULT_FROM = new AsOfPoint.Ago(Duration.ofDays(1));
    private static final AsOfPoint DEFAULT_TO = new AsOfPoint.Ago(Duration.ZERO);

    private final DenialsReader reader;
    private final TimeSource time;

    DenialsController(DenialsReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/admin/denials", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<AccessDenialsView>>> denials(QueryParameters queryParameters) {
        int limit = Page.limit(queryParameters);
        var behind = DenialCursor.of(queryParameters);
        var from = parseInstant(queryParameters, "from", DEFAULT_FROM);
        var to = parseInstant(queryParameters, "to", DEFAULT_TO);
        queryParameters.validate();
        // One row more than the limit shows whether there is a next page.
        return reader.page(from, to, behind, limit + 1).map(found -> page(found, limit));
    }

    private ResponseEntity<ApiResponse<AccessDenialsView>> page(List<AccessDenial> found, int limit) {
        var page = Page.of(found, limit);
        return ApiResponse.of(new AccessDenialsView(page.rows()), time.now())
                .next(page.next(last -> DenialCursor.of(last).cursor()))
                .respond(HttpStatus.OK);
    }

    private Instant parseInstant(QueryParameters queryParameters, String parameter, AsOfPoint usual) {
        var given = AsOfParser.of(queryParameters, parameter);
        return switch (given == null ? usual : given) {
            case AsOfPoint.AtInstant(var instant) -> instant;
            case AsOfPoint.Ago(var duration) -> time.now().minus(duration);
            case AsOfPoint.AtPosition _ -> {
                queryParameters.reject(
                        parameter,
                        "is a position, but denials have no position",
                        "an instant such as 2026-11-23T03:12:00Z, or an age such as -15m");
                yield time.now();
            }
        };
    }
}
