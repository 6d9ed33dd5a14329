package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.api.history.ExplainView;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.balancing.Filters;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.instance.PastReader;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.moment.Then;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.watermark.Wanted;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers, rule by rule, why an instance is or isn't discovered, or was or wasn't. */
@RestController
final class ExplainController {

    private final KnownReader reader;
    private final PastReader past;
    private final Moments moments;
    private final Explanation explanation;

    ExplainController(KnownReader reader, PastReader past, Moments moments, Explanation explanation) {
        this.reader = reader;
        this.past = past;
        this.moments = moments;
        this.explanation = explanation;
    }

    @GetMapping(path = "/api/v1/explain", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<ExplainView>>> explain(Query query, Caller caller, ServerHttpRequest request) {
        var filters = Filters.of(query);
        var id = query.text("id", Names.ID);
        var wanted = Wanted.of(query);
        var asked = Asked.of(query, request.getHeaders());
        query.orThrow();
        return moments.askedOrNow(asked, wanted)
                .flatMap(then -> explain(filters, id, then, caller)
                        .map(view -> then.answer(view).respond(HttpStatus.OK)));
    }

    private Mono<ExplainView> explain(Filters filters, String id, Then then, Caller caller) {
        return Mono.zip(
                reader.known(id, then.position())
                        .map(known -> known.seenBy(caller))
                        .delayUntil(known -> requireFolded(id, then, known, caller)),
                past.outlineOf(filters.service(), then.position()),
                (known, service) -> explanation.of(
                        filters, id, known, ServiceSnapshot.of(service).tally()));
    }

    /** Who is bound to other services learns nothing of the instance, and not that a fact of it is parked. */
    private Mono<?> requireFolded(String id, Then then, Known known, Caller caller) {
        return caller.reach() == null || known.service() != null ? past.one(id, then.position()) : Mono.empty();
    }
}
