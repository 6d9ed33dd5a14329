package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Accepted;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.events.FactStream.Form;
import dev.aicore.discovery.query.history.EntryFilter;
import dev.aicore.discovery.query.watching.Resumption;
import java.time.Duration;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Streams the facts of the store: as server-sent events, or as lines of JSON. */
@RestController
@RequestMapping("/api/v1/events")
final class EventsController {

    private static final Form EVENTS = new Form() {
        @Override
        public byte[] fact(StoredFact fact) {
            return EventStream.event("fact", fact.position(), fact);
        }

        @Override
        public List<byte[]> mark(String name, long position) {
            return List.of(EventStream.event(name, position, Form.data(position)));
        }
    };
    private static final Form LINES = new Form() {
        @Override
        public byte[] fact(StoredFact fact) {
            return EventStream.line(fact);
        }

        @Override
        public List<byte[]> mark(String name, long position) {
            return List.of();
        }
    };

    private final FactsReader reader;
    private final Streams streams;
    private final Duration longestWrite;
    private final TimeSource time;
    private final Scheduler scheduler;

    EventsController(FactsReader reader, Streams streams, Duration longestWrite, TimeSource time, Scheduler scheduler) {
        this.reader = reader;
        this.streams = streams;
        this.longestWrite = longestWrite;
        this.time = time;
        this.scheduler = scheduler;
    }

    /** One method for both forms: of two, Spring would take the one whose type comes first in the alphabet for who names none. */
    @GetMapping(produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> events(Query query, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        var headers = request.getHeaders();
        boolean lines = Accepted.prefers(headers, EventStream.LINES, MediaType.TEXT_EVENT_STREAM);
        var start = Start.of(query, Resumption.sent(headers));
        var filter = EntryFilter.of(query)
                .within(caller.reach())
                .from(start.moment(), time.now())
                .to(query, time.now());
        boolean follow = query.boolOr("follow", !lines);
        query.orThrow();
        return Mono.using(
                streams::enter,
                seat -> reader.end()
                        .flatMap(end -> write(
                                response,
                                new FactStream(
                                        behind -> reader.page(filter, behind, FactStream.PAGE),
                                        lines ? LINES : EVENTS,
                                        start.behind(end),
                                        follow,
                                        seat::isClosed,
                                        time,
                                        scheduler),
                                caller,
                                lines)),
                Streams::leave);
    }

    /** There is one look after the other, if only to say nothing. Broken off, lines don't look whole. */
    private Mono<Void> write(ServerHttpResponse response, FactStream stream, Caller caller, boolean lines) {
        var next = caller.admission().over(stream.next());
        return lines
                ? EventStream.writeLines(response, stream.begin(), next, longestWrite)
                : EventStream.write(response, stream.begin(), next, longestWrite);
    }
}
