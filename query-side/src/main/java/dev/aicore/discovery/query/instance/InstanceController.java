package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstancesView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final InstanceReader instances;
    private final Visibility visibility;
    private final TimeSource time;

    InstanceController(InstanceReader instances, Visibility visibility, TimeSource time) {
        this.instances = instances;
        this.visibility = visibility;
        this.time = time;
    }

    @GetMapping
    Mono<ResponseEntity<Answer<InstancesView>>> list(Query query) {
        return page(Selection.of(query), query);
    }

    @GetMapping("/{service_name}/instances")
    Mono<ResponseEntity<Answer<InstancesView>>> ofService(@PathVariable("service_name") String service, Query query) {
        return page(Selection.of(Names.SERVICE.require("service_name", service), query), query);
    }

    /**
     * The tag is of what is declared, so it is no reason to answer 304 as Spring would if the entity had it: health and lease
     * may have changed.
     */
    @GetMapping("/{id}")
    Mono<ResponseEntity<Answer<InstanceView>>> one(@PathVariable String id, Query query, ServerHttpResponse response) {
        Names.ID.require("service_id", id);
        var wanted = Wanted.of(query);
        Planned.refuse(query, "at");
        query.orThrow();
        return visibility
                .reflect(wanted, InstanceReader.PROJECTIONS, instances.one(id))
                .map(found -> {
                    var view = Names.present(id, found.rows());
                    response.getHeaders().setETag(InstanceTag.of(view.registeredAt(), view.declarationVersion()));
                    return Answer.ok(view, found.position(), time.now());
                });
    }

    private Mono<ResponseEntity<Answer<InstancesView>>> page(Selection selection, Query query) {
        int limit = query.integerOr("limit", 1, LARGEST_PAGE, USUAL_PAGE);
        var after = Place.of(query, selection.service());
        var wanted = Wanted.of(query);
        Planned.refuse(query, "at");
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        return visibility
                .reflect(wanted, InstanceReader.PROJECTIONS, instances.page(selection, after, limit + 1))
                .map(found -> page(found, limit));
    }

    private ResponseEntity<Answer<InstancesView>> page(Marked<List<InstanceView>> found, int limit) {
        var rows = found.rows();
        boolean more = rows.size() > limit;
        var page = more ? rows.subList(0, limit) : rows;
        String next = more ? Place.of(page.getLast()).cursor() : null;
        return Answer.page(new InstancesView(page), found.position(), time.now(), next);
    }
}
