package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.instance.Planned;
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

    private final EntriesReader reader;
    private final Entries entries;
    private final TimeSource time;

    HistoryController(EntriesReader reader, Entries entries, TimeSource time) {
        this.reader = reader;
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
        var filter = EntryFilter.ofInstance(id).within(caller.reach()).between(query, time.now());
        Planned.refuse(query, "include");
        query.orThrow();
        var known = reader.isKnown(id, caller.reach())
                .flatMap(is -> is ? Mono.<Void>empty() : Mono.error(() -> unknown(id)));
        return entries.answer(filter, reading, known, response);
    }

    @GetMapping(
            path = "/api/v1/audit",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> audit(Query query, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        var reading = Reading.of(query, request.getHeaders());
        var filter = EntryFilter.of(query).within(caller.reach()).between(query, time.now());
        query.orThrow();
        return entries.answer(filter, reading, Mono.empty(), response);
    }

    private static RegistryException unknown(String id) {
        return new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "There has never been an instance '" + id + "'.",
                new FieldError("service_id", "was never registered", id, "the id of an instance, present or gone"));
    }
}
