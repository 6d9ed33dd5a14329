package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.UptimeView;
import dev.aicore.discovery.config.web.Accepted;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.moment.Then;
import dev.aicore.discovery.query.watermark.Wanted;
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

/** Answers how available a service was: in figures, and as a picture. */
@RestController
@RequestMapping("/api/v1/services/{service_name}")
final class UptimeController {

    private static final String SVG = "image/svg+xml";
    private static final MediaType PICTURE = MediaType.parseMediaType(SVG);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration USUAL = Duration.ofHours(24);
    private static final int MOST_SPANS = 50_000;

    private final SpansReader reader;
    private final Moments moments;

    UptimeController(SpansReader reader, Moments moments) {
        this.reader = reader;
        this.moments = moments;
    }

    /** What was found of a window. */
    private record Found(Then then, Window window, List<Span> spans) {}

    @GetMapping(path = "/uptime", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<UptimeView>>> uptime(
            @PathVariable("service_name") String service, Query query, ServerHttpRequest request) {
        return find(service, query, request.getHeaders())
                .map(found -> found.then()
                        .answer(UptimePolicy.of(service, found.window(), found.spans()))
                        .respond(HttpStatus.OK));
    }

    @GetMapping(
            path = "/timeline.svg",
            produces = {SVG, MediaType.APPLICATION_JSON_VALUE})
    Mono<ResponseEntity<?>> timeline(
            @PathVariable("service_name") String service, Query query, ServerHttpRequest request) {
        var found = find(service, query, request.getHeaders());
        // Whoever takes anything gets the picture.
        return Accepted.prefers(request.getHeaders(), MediaType.APPLICATION_JSON, PICTURE)
                ? found.<ResponseEntity<?>>map(that -> that.then()
                        .answer(TimelineView.of(service, that.window(), that.spans()))
                        .respond(HttpStatus.OK, headers -> headers.setContentType(MediaType.APPLICATION_JSON)))
                : found.<ResponseEntity<?>>map(that -> picture(service, that));
    }

    private static ResponseEntity<String> picture(String service, Found found) {
        return ResponseEntity.ok()
                .contentType(PICTURE)
                .header(Answer.POSITION, Long.toString(found.then().position()))
                .body(TimelineSvg.of(service, found.window(), found.spans()));
    }

    private Mono<Found> find(String service, Query query, HttpHeaders headers) {
        Names.SERVICE.require("service_name", service);
        var length = query.durationOr("window", SHORTEST, LONGEST, USUAL);
        var wanted = Wanted.of(query);
        var asked = Asked.of(query, headers);
        query.orThrow();
        return moments.askedOrNow(asked, wanted).flatMap(then -> {
            var window = Window.before(then.at(), length);
            return reader.spans(service, window, then.position(), MOST_SPANS + 1)
                    .map(spans -> new Found(then, window, whole(spans, length)));
        });
    }

    private static List<Span> whole(List<Span> spans, Duration length) {
        if (spans.size() > MOST_SPANS) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "The service changed more than " + MOST_SPANS + " times in that window.",
                    new FieldError("window", "is too long", length.toSeconds() + "s", "a shorter window"));
        }
        return spans;
    }
}
