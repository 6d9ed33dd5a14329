package dev.aicore.discovery.query.health;

import dev.aicore.discovery.api.instance.InstanceHealthView;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Permission;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.watermark.Audited;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers how an instance is, and why. */
@RestController
final class HealthViewController {

    private final HealthReader health;
    private final Visibility visibility;
    private final TimeSource time;

    HealthViewController(HealthReader health, Visibility visibility, TimeSource time) {
        this.health = health;
        this.visibility = visibility;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/services/{id}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<InstanceHealthView>>> health(@PathVariable String id, Query query, Caller caller) {
        Names.ID.require("service_id", id);
        var wanted = Wanted.of(query);
        query.orThrow();
        return visibility
                .reflect(wanted, Audited.PROJECTIONS, health.one(id, caller.reach()))
                .map(found -> Answer.ok(seenBy(caller, Names.present(id, found.rows())), found.position(), time.now()));
    }

    private static InstanceHealthView seenBy(Caller caller, InstanceHealthView health) {
        return caller.isGranted(Permission.CHECK_DETAIL) ? health : health.forEverybody();
    }
}
