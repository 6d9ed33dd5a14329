package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.history.MergedEntrySource.ObservationStore;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns what happened to one instance or to all, who did it and why. */
@RestController
final class HistoryController {

    private static final Choices<String> OBSERVATIONS = Choices.ofNames("observations");

    private final HistoryEntryReader reader;
    private final ObservationStore observationStore;
    private final HistoryService historyService;
    private final AsOfResolver asOfResolver;
    private final TimeSource time;

    HistoryController(
            HistoryEntryReader reader,
            ObservationStore observationStore,
            HistoryService historyService,
            AsOfResolver asOfResolver,
            TimeSource time) {
        this.asOfResolver = asOfResolver;
        this.reader = reader;
        this.observationStore = observationStore;
        this.historyService = historyService;
        this.time = time;
    }

    @GetMapping(
            path = "/api/v1/services/{id}/history",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> history(
            @PathVariable String id,
            QueryParameters queryParameters,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        NameRules.INSTANCE.require("service_id", id);
        var historyPageRequest = HistoryPageRequest.of(queryParameters, request.getHeaders());
        var now = time.now();
        var range = TimeRange.of(queryParameters, now);
        var observationWindow = new ObservationWindow(id, caller.reach(), range.from(), range.to(), now);
        var filter = EntryFilter.ofInstance(id)
                .within(caller.reach())
                .from(observationWindow.from(), now)
                .to(observationWindow.to(), now);
        boolean observed = !queryParameters.choices("include", OBSERVATIONS).isEmpty();
        queryParameters.validate();
        var known = reader.isKnown(id, caller.reach())
                .flatMap(is -> is ? Mono.<Void>empty() : Mono.error(() -> unknown(id)));
        var entrySource = new AuditEntrySource(reader, filter);
        var pages = observed ? observationStore.mergedWith(entrySource, observationWindow) : entrySource;
        return range.requirePositions(asOfResolver)
                .then(historyService.answer(
                        caller.isGranted(Permission.CHECK_DETAIL) ? pages : new RedactedEntrySource(pages),
                        historyPageRequest,
                        known,
                        caller.admission(),
                        response));
    }

    @GetMapping(
            path = "/api/v1/audit",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> audit(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        var historyPageRequest = HistoryPageRequest.of(queryParameters, request.getHeaders());
        var now = time.now();
        var range = TimeRange.of(queryParameters, now);
        var filter = EntryFilter.of(queryParameters)
                .within(caller.reach())
                .from(range.from(), now)
                .to(range.to(), now);
        queryParameters.validate();
        return range.requirePositions(asOfResolver)
                .then(historyService.answer(
                        new AuditEntrySource(reader, filter),
                        historyPageRequest,
                        Mono.empty(),
                        caller.admission(),
                        response));
    }

    private static RegistryException unknown(String id) {
        return new RegistryException(
                ErrorCode.UNKNOWN_INSTANCE,
                "The instance '" + id + "' was never registered.",
                new FieldError("service_id", "was never registered", id, "the id of a present or removed instance"));
    }
}
