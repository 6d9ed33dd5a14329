package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.KeysView;
import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists keys, from memory. */
@RestController
final class KeyListController {

    private final KeyRing keys;
    private final TimeSource time;

    KeyListController(KeyRing keys, TimeSource time) {
        this.keys = keys;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/admin/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer<KeysView> list(Query query) {
        int limit = Paged.limit(query);
        var behind = KeyPlace.of(query);
        query.orThrow();
        var page = Paged.of(
                keys.all().stream().filter(behind::isBefore).limit(limit + 1L).toList(), limit);
        return Answer.of(new KeysView(page.rows()), time.now())
                .next(page.next(last -> KeyPlace.of(last).cursor()));
    }
}
