package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Permission;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.moment.Moments;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers what happened, who did it and why: to one instance, or to all. */
@RestController
final class HistoryController {

    private static final Map<String, String> OBSERVATIONS = Map.of("observations", "observations");

    private final EntriesReader reader;
    private final Observations observations;
    private final Entries entries;
    private final Moments moments;
    private final TimeSource time;

    HistoryController(
            EntriesReader reader, Observations observations, Entries entries, Moments moments, TimeSource time) {
        this.moments = moments;
        this.reader = reader;
        this.observations = observations;
        this.entries = entries;
        this.time = time;
    }

    @GetMapping(
            path = "/api/v1/services/{id}/history",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> history(
            @PathVariable String id,
            Query query,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Names.ID.require("service_id", id);
        var reading = Reading.of(query, request.getHeaders());
        var now = time.now();
        var range = TimeRange.of(query, now);
        var window = new Window(id, caller.reach(), range.from(), range.to(), now);
        var filter = EntryFilter.ofInstance(id)
                .within(caller.reach())
                .from(window.from(), now)
                .to(window.to(), now);
        boolean observed = !query.choices("include", OBSERVATIONS).isEmpty();
        query.orThrow();
        var known = reader.isKnown(id, caller.reach())
                .flatMap(is -> is ? Mono.<Void>empty() : Mono.error(() -> unknown(id)));
        var facts = new AuditPages(reader, filter);
        var pages = observed ? observations.beside(facts, window) : facts;
        return range.requirePositions(moments)
                .then(entries.answer(
                        caller.isGranted(Permission.CHECK_DETAIL) ? pages : new PublicPages(pages),
                        reading,
                        known,
                        caller.admission(),
                        response));
    }

    @GetMapping(
            path = "/api/v1/audit",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> audit(Query query, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        var reading = Reading.of(query, request.getHeaders());
        var now = time.now();
        var range = TimeRange.of(query, now);
        var filter = EntryFilter.of(query)
                .within(caller.reach())
                .from(range.from(), now)
                .to(range.to(), now);
        query.orThrow();
        return range.requirePositions(moments)
                .then(entries.answer(
                        new AuditPages(reader, filter), reading, Mono.empty(), caller.admission(), response));
    }

    private static RegistryException unknown(String id) {
        return new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "There has never been an instance '" + id + "'.",
                new FieldError("service_id", "was never registered", id, "the id of an instance, present or gone"));
    }
}
