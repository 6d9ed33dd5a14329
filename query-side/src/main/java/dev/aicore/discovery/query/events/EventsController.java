package dev.aicore.discovery.query.events;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.events.FactStream.Form;
import dev.aicore.discovery.query.history.EntryFilter;
import dev.aicore.discovery.query.watching.Resumption;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> events(Query query, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        return answer(
                query,
                caller,
                EVENTS,
                true,
                Resumption.sent(request.getHeaders()),
                stream -> stream.begin()
                        .flatMap(first -> EventStream.write(response, first, stream.next(), longestWrite)));
    }

    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
    Mono<Void> lines(Query query, Caller caller, ServerHttpResponse response) {
        return answer(
                query,
                caller,
                LINES,
                false,
                null,
                stream -> stream.begin()
                        .flatMap(first -> EventStream.writeLines(response, first, stream.next(), longestWrite)));
    }

    /**
     * Reads the request, and streams.
     *
     * @param usuallyFollows whether the stream goes on behind the end, unless its caller says something else
     */
    private Mono<Void> answer(
            Query query,
            Caller caller,
            Form form,
            boolean usuallyFollows,
            @Nullable Long lastEvent,
            Function<FactStream, Mono<Void>> write) {
        var start = Start.of(query, lastEvent);
        var filter = EntryFilter.of(query)
                .within(caller.reach())
                .from(start.moment(), time.now())
                .to(query, time.now());
        boolean follow = query.boolOr("follow", usuallyFollows);
        query.orThrow();
        return Mono.using(
                streams::enter,
                seat -> reader.end()
                        .flatMap(end -> write.apply(new FactStream(
                                reader, filter, form, start.behind(end), follow, seat::isClosed, time, scheduler))),
                Streams::leave);
    }
}
