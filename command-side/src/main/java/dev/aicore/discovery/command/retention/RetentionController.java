package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tells what of the observations would be dropped, and has it dropped. */
@RestController
@RequestMapping(path = "/api/v1/admin/retention", produces = MediaType.APPLICATION_JSON_VALUE)
final class RetentionController {

    private final Retention retention;
    private final TimeSource time;
    private final Scheduler blocking;

    /** @param blocking for what asks the database */
    RetentionController(Retention retention, TimeSource time, Scheduler blocking) {
        this.retention = retention;
        this.time = time;
        this.blocking = blocking;
    }

    @GetMapping
    Mono<ResponseEntity<Answer<RetentionView>>> plan(Query query) {
        query.orThrow();
        return Mono.fromCallable(retention::plan)
                .subscribeOn(blocking)
                .map(planned ->
                        Answer.ok(RetentionView.of(planned), planned.look().head(), time.now()));
    }

    @PostMapping
    Mono<ResponseEntity<Answer<RetentionView>>> run(Query query) {
        query.orThrow();
        return Mono.fromCallable(retention::run)
                .subscribeOn(blocking)
                .map(done ->
                        Answer.ok(RetentionView.of(done), done.left().look().head(), time.now()));
    }
}
