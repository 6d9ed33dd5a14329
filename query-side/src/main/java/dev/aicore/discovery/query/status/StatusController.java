package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.StatusView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers how the registry is. */
@RestController
final class StatusController {

    private final Statuses statuses;
    private final TimeSource time;

    StatusController(Statuses statuses, TimeSource time) {
        this.statuses = statuses;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<StatusView>>> status(Query query) {
        query.orThrow();
        return statuses.now().map(this::answer);
    }

    private ResponseEntity<Answer<StatusView>> answer(StatusView status) {
        var store = status.store();
        return store == null
                ? Answer.of(status, time.now()).respond(HttpStatus.OK)
                : Answer.ok(status, store.position(), time.now());
    }
}
