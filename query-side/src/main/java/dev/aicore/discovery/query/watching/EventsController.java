package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.history.EntryFilter;
import dev.aicore.discovery.query.watching.FactPageReader.StoredFact;
import dev.aicore.discovery.query.watching.FactStreamSession.Form;
import dev.aicore.discovery.web.MediaTypePreference;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.StreamingResponseWriter;
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

/** Streams the facts of the store as server-sent events or as lines of JSON. */
@RestController
@RequestMapping("/api/v1/events")
final class EventsController {

    private static final Form EVENTS = new Form() {
        @Override
        public byte[] fact(StoredFact fact) {
            return StreamingResponseWriter.event("fact", fact.position(), fact);
        }

        @Override
        public List<byte[]> mark(String name, long position) {
            return List.of(StreamingResponseWriter.event(name, position, Form.data(position)));
        }
    };
    private static final Form LINES = new Form() {
        @Override
        public byte[] fact(StoredFact fact) {
            return StreamingResponseWriter.line(fact);
        }

        @Override
        public List<byte[]> mark(String name, long position) {
            return List.of();
        }
    };

    private final FactPageReader reader;
    private final StreamLimit streamLimit;
    private final Duration maxWrite;
    private final TimeSource time;
    private final Scheduler scheduler;

    EventsController(
            FactPageReader reader, StreamLimit streamLimit, Duration maxWrite, TimeSource time, Scheduler scheduler) {
        this.reader = reader;
        this.streamLimit = streamLimit;
        this.maxWrite = maxWrite;
        this.time = time;
        this.scheduler = scheduler;
    }

    /**
     * Serves both media types by one method: with two methods, Spring would select the alphabetically first media type
     * for a request without {@code Accept} header.
     */
    @GetMapping(produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> events(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request, ServerHttpResponse response) {
        var headers = request.getHeaders();
        boolean lines =
                MediaTypePreference.prefers(headers, StreamingResponseWriter.LINES, MediaType.TEXT_EVENT_STREAM);
        var streamStart = StreamStart.of(queryParameters, ResumePosition.sent(headers));
        var filter = EntryFilter.of(queryParameters)
                .within(caller.reach())
                .from(streamStart.moment(), time.now())
                .to(queryParameters, time.now());
        boolean follow = queryParameters.boolOr("follow", !lines);
        queryParameters.validate();
        return Mono.using(
                streamLimit::acquire,
                permit -> reader.end()
                        .flatMap(end -> write(
                                response,
                                new FactStreamSession(
                                        behind -> reader.page(filter, behind, FactStreamSession.PAGE),
                                        lines ? LINES : EVENTS,
                                        streamStart.behind(end),
                                        follow,
                                        permit::isClosed,
                                        time,
                                        scheduler),
                                caller,
                                lines)),
                StreamLimit::release);
    }

    /**
     * Writes the stream. Requests one page at a time, even if only to send a bookmark. An interrupted stream of lines
     * doesn't look complete.
     */
    private Mono<Void> write(ServerHttpResponse response, FactStreamSession stream, Caller caller, boolean lines) {
        var next = caller.admission().validating(stream.next());
        return lines
                ? StreamingResponseWriter.writeLines(response, stream.begin(), next, maxWrite)
                : StreamingResponseWriter.write(response, stream.begin(), next, maxWrite);
    }
}
