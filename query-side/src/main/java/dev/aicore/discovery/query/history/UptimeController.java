package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.UptimeView;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.MediaTypePreference;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns the availability of a service, as figures and as a picture. */
@RestController
@RequestMapping("/api/v1/services/{service_name}")
final class UptimeController {

    private static final String SVG = "image/svg+xml";
    private static final MediaType PICTURE = MediaType.parseMediaType(SVG);
    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(366);
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final int MAX_SPANS = 50_000;
    private static final int MAX_IDS = 100;

    private final StatusSpanReader reader;
    private final AsOfResolver asOfResolver;

    UptimeController(StatusSpanReader reader, AsOfResolver asOfResolver) {
        this.reader = reader;
        this.asOfResolver = asOfResolver;
    }

    /** Spans found in a window. */
    private record WindowSpans(ResolvedAsOfPoint then, TimeWindow window, List<StatusSpan> spans) {}

    @GetMapping(path = "/uptime", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<UptimeView>>> uptime(
            @PathVariable("service_name") String service, QueryParameters queryParameters, ServerHttpRequest request) {
        var page = UptimePage.of(queryParameters);
        return find(service, List.of(), queryParameters, request.getHeaders()).map(windowSpans -> {
            var all = UptimeCalculator.of(service, windowSpans.window(), windowSpans.spans());
            return windowSpans
                    .then()
                    .toResponse(page.select(all))
                    .next(page.next(all))
                    .respond(HttpStatus.OK);
        });
    }

    @GetMapping(
            path = "/timeline.svg",
            produces = {SVG, MediaType.APPLICATION_JSON_VALUE})
    Mono<ResponseEntity<?>> timeline(
            @PathVariable("service_name") String service, QueryParameters queryParameters, ServerHttpRequest request) {
        var ids = queryParameters.list("id", MAX_IDS, NameRules.INSTANCE);
        var found = find(service, ids, queryParameters, request.getHeaders());
        // A caller that accepts any media type gets the picture.
        return MediaTypePreference.prefers(request.getHeaders(), MediaType.APPLICATION_JSON, PICTURE)
                ? found.<ResponseEntity<?>>map(that -> that.then()
                        .toResponse(ServiceTimelineView.of(service, that.window(), that.spans()))
                        .respond(HttpStatus.OK, headers -> headers.setContentType(MediaType.APPLICATION_JSON)))
                : found.<ResponseEntity<?>>map(that -> svgResponse(service, that));
    }

    private static ResponseEntity<String> svgResponse(String service, WindowSpans windowSpans) {
        return ResponseEntity.ok()
                .contentType(PICTURE)
                .header(ApiResponse.POSITION, Long.toString(windowSpans.then().position()))
                .body(TimelineSvg.of(service, windowSpans.window(), windowSpans.spans()));
    }

    private Mono<WindowSpans> find(
            String service, List<String> ids, QueryParameters queryParameters, HttpHeaders headers) {
        QueryNameRules.SERVICE.require("service_name", service);
        var length = queryParameters.durationOr("window", MIN_WINDOW, MAX_WINDOW, DEFAULT_WINDOW);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, headers);
        queryParameters.validate();
        return asOfResolver.resolveOrNow(asOf, requirement).flatMap(resolvedAsOfPoint -> {
            var timeWindow = TimeWindow.before(resolvedAsOfPoint.at(), length);
            return reader.spans(service, ids, timeWindow, resolvedAsOfPoint.position(), MAX_SPANS + 1)
                    .map(spans -> new WindowSpans(resolvedAsOfPoint, timeWindow, requireWithinLimit(spans, length)));
        });
    }

    private static List<StatusSpan> requireWithinLimit(List<StatusSpan> spans, Duration length) {
        if (spans.size() > MAX_SPANS) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "The service changed more than " + MAX_SPANS + " times in the window.",
                    new FieldError("window", "is too long", length.toSeconds() + "s", "a shorter window"));
        }
        return spans;
    }
}
