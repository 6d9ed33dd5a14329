package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstancesView;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers which instances there are, and how one of them is. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
final class InstanceController {

    private final InstanceReader instances;
    private final PastReader past;
    private final Visibility visibility;
    private final Moments moments;
    private final TimeSource time;

    InstanceController(
            InstanceReader instances, PastReader past, Visibility visibility, Moments moments, TimeSource time) {
        this.instances = instances;
        this.past = past;
        this.visibility = visibility;
        this.moments = moments;
        this.time = time;
    }

    @GetMapping
    Mono<ResponseEntity<Answer<InstancesView>>> list(Query query, Caller caller, ServerHttpRequest request) {
        return page(Selection.of(query, caller.reach()), query, request);
    }

    @GetMapping("/{service_name}/instances")
    Mono<ResponseEntity<Answer<InstancesView>>> ofService(
            @PathVariable("service_name") String service, Query query, ServerHttpRequest request) {
        return page(Selection.of(Names.SERVICE.require("service_name", service), null, query), query, request);
    }

    /**
     * The tag is of what is declared, so it is no reason to answer 304 as Spring would if the entity had it: health and lease
     * may have changed.
     */
    @GetMapping("/{id}")
    Mono<ResponseEntity<Answer<InstanceView>>> one(
            @PathVariable String id,
            Query query,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Names.ID.require("service_id", id);
        var wanted = Wanted.of(query);
        var moment = Asked.of(query, request.getHeaders());
        query.orThrow();
        var answer = moment == null
                ? visibility
                        .reflect(wanted, InstanceReader.PROJECTIONS, instances.one(id))
                        .map(found ->
                                Answer.of(Names.present(id, seen(found.rows(), caller)), found.position(), time.now()))
                : moments.find(moment, Asked.AT, wanted.patience())
                        .flatMap(then -> past.one(id, then.position())
                                .map(found -> then.answer(Names.presentAt(id, seen(found.rows(), caller), then.at()))));
        return answer.map(found -> {
            var view = found.data();
            response.getHeaders().setETag(InstanceTag.of(view.registeredAt(), view.declarationVersion()));
            return found.respond(HttpStatus.OK);
        });
    }

    private static Optional<InstanceView> seen(Optional<InstanceView> found, Caller caller) {
        return found.filter(instance -> caller.reaches(instance.name()));
    }

    private Mono<ResponseEntity<Answer<InstancesView>>> page(
            Selection selection, Query query, ServerHttpRequest request) {
        int limit = Paged.limit(query);
        var after = Place.of(query, selection.service());
        var wanted = Wanted.of(query);
        var moment = Asked.of(query, request.getHeaders());
        query.orThrow();
        return moment == null
                ? visibility
                        .reflect(wanted, InstanceReader.PROJECTIONS, instances.page(selection, after, limit))
                        .delayUntil(found -> instances.requireFolded(selection.service(), wanted.position()))
                        .map(found -> page(found.rows(), rows -> Answer.of(rows, found.position(), time.now())))
                : moments.find(moment, Asked.AT, wanted.patience())
                        .flatMap(then -> past.page(selection, after, limit, then.position())
                                .map(found -> page(found.rows(), then::answer)));
    }

    private static ResponseEntity<Answer<InstancesView>> page(
            Paged<InstanceView> page, Function<InstancesView, Answer<InstancesView>> answer) {
        return answer.apply(new InstancesView(page.rows()))
                .next(page.next(last -> Place.of(last).cursor()))
                .respond(HttpStatus.OK);
    }
}
