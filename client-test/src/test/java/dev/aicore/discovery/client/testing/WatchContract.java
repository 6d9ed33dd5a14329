package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract of watches, long polls, leases and configurations, as clients depend on it. */
public abstract class WatchContract extends ContractScenarios {

    private String query() {
        return "service_name=" + service();
    }

    @Test
    void watch_beginsWithASnapshot() {
        String id = registry().register(service(), 80);
        try (var watch = registry().watch(query())) {
            var event = watch.next();
            assertThat(event.type()).isEqualTo("snapshot");
            var data = JsonReader.parseObject(event.data());
            assertThat(data.text("service_name")).isEqualTo(service());
            assertThat(event.id()).isEqualTo(Long.toString(data.number("position", -1)));
            assertThat(data.objects("services")).hasSize(1);
            assertThat(data.objects("services").get(0).text("id")).isEqualTo(id);
            assertThat(data.objects("services").get(0).text("status")).isEqualTo("healthy");
        }
    }

    @Test
    void watch_ofUnknownService_beginsEmpty() {
        try (var watch = registry().watch(query())) {
            assertThat(watch.next("snapshot").objects("services")).isEmpty();
        }
    }

    @Test
    void changes_comeInOrder_withTheirStates() {
        try (var watch = registry().watch(query())) {
            watch.next("snapshot");
            String id = registry().register(service(), 80);
            registry().patch(path(id), Map.of("weight", 50));
            registry().delete(path(id), "gone");

            var registered = watch.next("change");
            var changed = watch.next("change");
            var gone = watch.next("change");
            assertThat(List.of(registered.text("type", ""), changed.text("type", ""), gone.text("type", "")))
                    .containsExactly("registered", "changed", "gone");
            assertThat(registered.text("id")).isEqualTo(id);
            assertThat(registered.object("instance").number("weight", -1)).isEqualTo(100);
            assertThat(changed.object("instance").number("weight", -1)).isEqualTo(50);
            assertThat(gone.text("reason")).isEqualTo("deregistered");
            assertThat(gone.has("instance")).isFalse();
            assertThat(registered.text("at", "")).endsWith("Z");
            assertThat(List.of(
                            registered.number("position", 0),
                            changed.number("position", 0),
                            gone.number("position", 0)))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void changesOfOtherServices_areNotSent() {
        try (var watch = registry().watch(query())) {
            watch.next("snapshot");
            registry().register(ContractCalls.newName(), 80);
            String id = registry().register(service(), 80);

            assertThat(watch.next("change").text("id")).isEqualTo(id);
        }
    }

    @Test
    void heartbeats_causeNoChanges() {
        String id = registry().register(service(), 80);
        try (var watch = registry().watch(query())) {
            watch.next("snapshot");
            registry().post(path(id) + "/heartbeat", Map.of("status", "healthy"));
            registry().post("/api/v1/heartbeats", Map.of("ids", List.of(id)));
            registry().patch(path(id), Map.of("weight", 7));

            assertThat(watch.next("change").object("instance").number("weight", -1))
                    .isEqualTo(7);
        }
    }

    @Test
    void resumedWatch_hasMissedChangesOnce_andNoSnapshot() {
        String last;
        try (var watch = registry().watch(query())) {
            last = watch.next().id();
        }
        String one = registry().register(service(), 80);
        String two = registry().register(service(), 81);
        registry().delete(path(one), "gone");

        try (var watch = registry().resume(query(), last)) {
            var seen = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                var change = watch.next("change");
                seen.add(change.text("type") + " " + change.text("id"));
            }
            assertThat(seen).containsExactly("registered " + one, "registered " + two, "gone " + one);
        }
    }

    @Test
    void watchResumedInTheMiddle_hasOnlyLaterChanges() {
        String last;
        try (var watch = registry().watch(query())) {
            watch.next("snapshot");
            registry().register(service(), 80);
            last = watch.next().id();
        }
        String two = registry().register(service(), 81);

        try (var watch = registry().resume(query(), last)) {
            assertThat(watch.next("change").text("id")).isEqualTo(two);
        }
        try (var watch = registry().watch(query() + "&last_event_id=" + last)) {
            assertThat(watch.next("change").text("id")).isEqualTo(two);
        }
    }

    @Test
    void watchResumedWithoutChanges_beginsWithABookmark() {
        registry().register(service(), 80);
        String last;
        try (var watch = registry().watch(query())) {
            last = watch.next().id();
        }
        try (var watch = registry().resume(query(), last)) {
            assertThat(watch.next("bookmark").number("position", -1)).isGreaterThanOrEqualTo(Long.parseLong(last));
        }
    }

    @Test
    void positionBeyondTheStore_isRefused() {
        var reply = registry().refusedWatch(query(), "999999999999");

        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.code()).isEqualTo("other_store");
    }

    @Test
    void malformedPosition_isRefused() {
        assertThat(registry().refusedWatch(query(), "yesterday").status()).isEqualTo(400);
    }

    @Test
    void watch_withoutAService_isRefused() {
        assertThat(registry().refusedWatch("", "1").code()).isEqualTo("validation_failed");
    }

    @Test
    void longPoll_fromZero_isAnsweredAtOnce() {
        String id = registry().register(service(), 80);
        var reply = registry().discover(service(), "&index=0&wait=10s");

        assertThat(reply.ids()).containsExactly(id);
        assertThat(reply.index()).isPositive();
        assertThat(reply.header("X-Registry-Index")).isEqualTo(Long.toString(reply.index()));
    }

    @Test
    void longPoll_withoutAChange_endsWithTheSameIndex() {
        registry().register(service(), 80);
        long index = registry().discover(service(), "&index=0").index();

        assertThat(registry()
                        .discover(service(), "&index=" + index + "&wait=200ms")
                        .index())
                .isEqualTo(index);
    }

    @Test
    void longPoll_afterAChange_isAnsweredWithIt() {
        registry().register(service(), 80);
        long index = registry().discover(service(), "&index=0").index();
        String added = registry().register(service(), 81);
        var reply = registry().discover(service(), "&index=" + index + "&wait=10s");

        assertThat(reply.index()).isGreaterThan(index);
        assertThat(reply.ids()).contains(added);
    }

    @Test
    void otherServices_doNotChangeTheIndex() {
        registry().register(service(), 80);
        long index = registry().discover(service(), "&index=0").index();
        registry().register(ContractCalls.newName(), 80);

        assertThat(registry()
                        .discover(service(), "&index=" + index + "&wait=200ms")
                        .index())
                .isEqualTo(index);
    }

    /** The only scenario that waits for a lease. */
    @Test
    void silentInstance_expires_andAHeartbeatRevivesIt() {
        String id = registry().register(service(), 80, Map.of("ttl", 5));
        try (var watch = registry().watch(query())) {
            watch.next("snapshot");
            var expired = watch.next("change");
            assertThat(expired.text("type")).isEqualTo("changed");
            assertThat(expired.object("instance").text("status")).isEqualTo("expired");
            assertThat(expired.object("instance").text("lease")).isEqualTo("expired");

            var beat = registry().post(path(id) + "/heartbeat", Map.of());
            assertThat(beat.data().flag("revived", false)).isTrue();
            assertThat(watch.next("change").object("instance").text("status")).isEqualTo("healthy");
        }
    }

    // --- configurations --------------------------------------------------------------------------------------

    private String configuration() {
        return "/api/v1/configurations/" + service();
    }

    @Test
    void configuration_isStoredInVersions() {
        var created = registry().put(configuration(), Map.of("pool", Map.of("size", 20)));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.data().text("change")).isEqualTo("created");
        var changed = registry().put(configuration(), Map.of("pool", Map.of("size", 30)));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.data().number("version", -1)).isEqualTo(2);

        var newest = registry().get(configuration() + "?min_position=" + changed.position());
        assertThat(newest.data().number("version", -1)).isEqualTo(2);
        assertThat(newest.data().object("configuration").object("pool").number("size", -1))
                .isEqualTo(30);
        assertThat(registry()
                        .get(configuration() + "/versions/1")
                        .data()
                        .object("configuration")
                        .object("pool")
                        .number("size", -1))
                .isEqualTo(20);
    }

    @Test
    void sameConfiguration_isNoNewVersion() {
        registry().put(configuration(), Map.of("a", 1));
        var again = registry().put(configuration(), Map.of("a", 1));

        assertThat(again.data().text("change")).isEqualTo("unchanged");
        assertThat(again.data().number("version", -1)).isEqualTo(1);
    }

    @Test
    void configuration_saysWhoStoredItAndWhen() {
        var stored = registry().put(configuration(), Map.of("a", 1));
        var reply = registry().get(configuration() + "?min_position=" + stored.position());

        assertThat(reply.data().text("created_by")).isEqualTo("anonymous");
        assertThat(reply.index()).isPositive();
        assertThat(reply.data().number("position", -1)).isEqualTo(reply.index());
    }

    @Test
    void unknownConfiguration_isRefused() {
        assertThat(registry().get(configuration()).code()).isEqualTo("unknown_configuration");
        var stored = registry().put(configuration(), Map.of("a", 1));
        assertThat(registry()
                        .get(configuration() + "/versions/2?min_position=" + stored.position())
                        .code())
                .isEqualTo("unknown_version");
    }

    @Test
    void deletedConfiguration_keepsItsVersions() {
        registry().put(configuration(), Map.of("a", 1));
        var deleted = registry().delete(configuration(), "unused");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(registry()
                        .get(configuration() + "?min_position=" + deleted.position())
                        .code())
                .isEqualTo("unknown_configuration");
        assertThat(registry().get(configuration() + "/versions/1").status()).isEqualTo(200);
    }
}
