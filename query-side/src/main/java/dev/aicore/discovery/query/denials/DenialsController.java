package dev.aicore.discovery.query.denials;

import dev.aicore.discovery.api.access.DenialsView;
import dev.aicore.discovery.api.access.DenialsView.Denied;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells admins who was not let in. */
@RestController
final class DenialsController {

    private static final Moment USUAL_FROM = new Moment.Ago(Duration.ofDays(1));
    private static final Moment USUAL_TO = new Moment.Ago(Duration.ZERO);

    private final DenialsReader reader;
    private final TimeSource time;

    DenialsController(DenialsReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/admin/denials", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<DenialsView>>> denials(Query query) {
        int limit = Paged.limit(query);
        var behind = DenialPlace.of(query);
        var from = moment(query, "from", USUAL_FROM);
        var to = moment(query, "to", USUAL_TO);
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        return reader.page(from, to, behind, limit + 1).map(found -> page(found, limit));
    }

    private ResponseEntity<Answer<DenialsView>> page(List<Denied> found, int limit) {
        var page = Paged.of(found, limit);
        return Answer.of(new DenialsView(page.rows()), time.now())
                .next(page.next(last -> DenialPlace.of(last).cursor()))
                .respond(HttpStatus.OK);
    }

    private Instant moment(Query query, String parameter, Moment usual) {
        var given = MomentText.of(query, parameter);
        return switch (given == null ? usual : given) {
            case Moment.AtInstant(var instant) -> instant;
            case Moment.Ago(var duration) -> time.now().minus(duration);
            case Moment.AtPosition _ -> {
                query.reject(
                        parameter,
                        "is a position, and denials have none",
                        "an instant such as 2026-11-23T03:12:00Z, or how long ago, such as -15m");
                yield time.now();
            }
        };
    }
}
