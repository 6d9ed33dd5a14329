package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.HistoryView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.instance.Planned;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers what happened to an instance, who did it and why. */
@RestController
@RequestMapping(path = "/api/v1/services/{id}/history", produces = MediaType.APPLICATION_JSON_VALUE)
final class HistoryController {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final HistoryReader history;
    private final Visibility visibility;
    private final TimeSource time;

    HistoryController(HistoryReader history, Visibility visibility, TimeSource time) {
        this.history = history;
        this.visibility = visibility;
        this.time = time;
    }

    @GetMapping
    Mono<ResponseEntity<Answer<HistoryView>>> history(@PathVariable String id, Query query) {
        Names.ID.require("service_id", id);
        int limit = query.integerOr("limit", 1, LARGEST_PAGE, USUAL_PAGE);
        long after = query.numberOr("cursor", 0, Long.MAX_VALUE, 0);
        var wanted = Wanted.of(query);
        Planned.refuse(query, "include", "from", "to");
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        return visibility
                .reflect(wanted, HistoryReader.PROJECTIONS, history.page(id, after, limit + 1))
                .map(found -> page(id, found, limit));
    }

    private ResponseEntity<Answer<HistoryView>> page(String id, Marked<HistoryReader.Page> found, int limit) {
        if (!found.rows().known()) {
            throw new RegistryException(
                    ErrorCode.UNKNOWN_INSTANCE,
                    "There has never been an instance '" + id + "'.",
                    new FieldError("service_id", "was never registered", id, "the id of an instance, present or gone"));
        }
        var entries = found.rows().entries();
        boolean more = entries.size() > limit;
        var page = more ? entries.subList(0, limit) : entries;
        String next = more ? Long.toString(page.getLast().position()) : null;
        return Answer.page(new HistoryView(page), found.position(), time.now(), next);
    }
}
