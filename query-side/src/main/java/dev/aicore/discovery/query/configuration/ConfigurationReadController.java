package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationTag;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.KnownTags;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.moment.Then;
import dev.aicore.discovery.query.watching.Resumption;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers a configuration: at once, when it has changed, or as a stream. */
@RestController
@RequestMapping(path = ConfigurationReadController.PATH)
final class ConfigurationReadController {

    static final String PATH = "/api/v1/configurations/{service_name}";

    private final ConfigurationReader reader;
    private final ConfigurationWatching watching;
    private final Visibility visibility;
    private final Moments moments;
    private final TimeSource time;

    ConfigurationReadController(
            ConfigurationReader reader,
            ConfigurationWatching watching,
            Visibility visibility,
            Moments moments,
            TimeSource time) {
        this.reader = reader;
        this.watching = watching;
        this.visibility = visibility;
        this.moments = moments;
        this.time = time;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<ConfigurationView>>> present(
            @PathVariable("service_name") String service, Query query, Caller caller, ServerWebExchange exchange) {
        Names.SERVICE.require("service_name", service);
        var moment = Asked.of(query, exchange.getRequest().getHeaders());
        Long index = query.numberOrNull("index", 0, Long.MAX_VALUE);
        var wanted = Wanted.of(query);
        if (index != null && query.has("min_position")) {
            query.reject("min_position", "can't be combined with index", "one of the two");
        }
        if (index != null && moment != null) {
            query.reject("index", "can't be given together with a moment of the past", "one of the two");
        }
        query.orThrow();
        if (moment != null) {
            return moments.find(moment, Asked.AT, wanted.patience())
                    .flatMap(then -> past(service, then, wanted.patience()));
        }
        var state = index == null
                ? visibility
                        .reflect(wanted, ConfigurationReader.PROJECTIONS, reader.state(service, Long.MAX_VALUE))
                        .map(Marked::rows)
                : watching.beyond(service, index, wanted.patience(), caller);
        return state.map(found -> answer(service, found, exchange));
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(
            @PathVariable("service_name") String service, Query query, Caller caller, ServerWebExchange exchange) {
        Names.SERVICE.require("service_name", service);
        var from = Resumption.of(query, exchange.getRequest());
        query.orThrow();
        return watching.stream(service, from, caller, exchange.getResponse());
    }

    private Mono<ResponseEntity<Answer<ConfigurationView>>> past(String service, Then then, Duration patience) {
        var reached = new Wanted(then.position(), patience);
        return visibility
                .reflect(reached, ConfigurationReader.PROJECTIONS, reader.state(service, then.position()))
                .map(found -> {
                    var state = found.rows();
                    var view = state.present().orElseThrow(() -> Absences.configuration(service, state.index()));
                    return then.answer(view)
                            .changedAt(state.index())
                            .respond(
                                    HttpStatus.OK,
                                    headers -> headers.setETag(ConfigurationTag.ofVersion(view.version())));
                });
    }

    /** Where there is none, the index is told too: whoever waits for one to come needs it. */
    private ResponseEntity<Answer<ConfigurationView>> answer(String service, State state, ServerWebExchange exchange) {
        var view = state.present().orElseThrow(() -> {
            exchange.getResponse().getHeaders().set(Answer.INDEX, Long.toString(state.index()));
            return Absences.configuration(service, state.index());
        });
        var tag = ConfigurationTag.ofVersion(view.version());
        if (KnownTags.of(exchange.getRequest().getHeaders()).contain(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(tag)
                    .header(Answer.INDEX, Long.toString(state.index()))
                    .header(Answer.POSITION, Long.toString(state.position()))
                    .build();
        }
        return Answer.of(view, state.position(), time.now())
                .changedAt(state.index())
                .respond(HttpStatus.OK, headers -> headers.setETag(tag));
    }
}
