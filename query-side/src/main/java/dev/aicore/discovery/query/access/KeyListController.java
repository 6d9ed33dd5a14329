package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.KeysView;
import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists keys, from memory. */
@RestController
final class KeyListController {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final KeyRing keys;
    private final TimeSource time;

    KeyListController(KeyRing keys, TimeSource time) {
        this.keys = keys;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/admin/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer<KeysView> list(Query query) {
        int limit = query.integerOr("limit", 1, LARGEST_PAGE, USUAL_PAGE);
        var behind = KeyPlace.of(query);
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        var found =
                keys.all().stream().filter(behind::isBefore).limit(limit + 1L).toList();
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return Answer.of(new KeysView(page), time.now())
                .next(more ? KeyPlace.of(page.getLast()).cursor() : null);
    }
}
