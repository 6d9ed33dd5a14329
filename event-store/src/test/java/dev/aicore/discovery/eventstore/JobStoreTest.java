package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.JobStore.Job;
import dev.aicore.discovery.eventstore.JobStore.JobClaim;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class JobStoreTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private JobStore jobs;

    @BeforeEach
    void createNodes() {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
        new StoreMigration(postgres.pool(), EventStoreSettings.defaults()).migrate();
        jobs = new JobStore(new JdbcQueryRunner(new TimeoutDataSource(postgres.pool(), Duration.ofSeconds(30))));
        postgres.execute("INSERT INTO store.nodes (name, generation, holder, lease_until, joined_at) VALUES"
                + " ('a', 7, gen_random_uuid(), clock_timestamp() + interval '1 hour', clock_timestamp()),"
                + " ('b', 8, gen_random_uuid(), clock_timestamp() + interval '1 hour', clock_timestamp())");
        own("a", 7);
    }

    @Test
    void claim_byOwner_raisesEpochAndEndsEarlierClaim() {
        assertThat(jobs.claim("bridge/x", "a")).contains(new JobClaim(1, false));
        own("b", 8);
        assertThat(jobs.claim("bridge/x", "b")).contains(new JobClaim(2, false));

        assertThat(jobs.report("bridge/x", 1, "{\"of\": \"a\"}")).isFalse();
        jobs.release("bridge/x", 1, "{\"of\": \"a\"}");
        assertThat(jobs.report("bridge/x", 2, "{\"of\": \"b\"}")).isTrue();
        assertThat(jobs.jobs("bridge/")).containsExactly(new Job("bridge/x", "b", true, 2, false, "{\"of\": \"b\"}"));
    }

    @Test
    void claim_byAnotherNode_isRefused() {
        assertThat(jobs.claim("bridge/x", "b")).isEmpty();
        own("a", 6);
        assertThat(jobs.claim("bridge/x", "a")).isEmpty();
        assertThat(jobs.jobs("bridge/")).isEmpty();
    }

    @Test
    void claim_withoutLease_isRefusedAndCountsNoLonger() {
        assertThat(jobs.claim("bridge/x", "a")).isPresent();
        assertThat(jobs.jobs("bridge/")).extracting(Job::claimed).containsExactly(true);
        postgres.execute("UPDATE store.nodes SET lease_until = clock_timestamp() WHERE name = 'a'");

        assertThat(jobs.jobs("bridge/")).extracting(Job::claimed).containsExactly(false);
        assertThat(jobs.claim("bridge/x", "a")).isEmpty();
    }

    @Test
    void pause_beforeAndAfterClaims_isKept() {
        jobs.setPaused("bridge/x", true);
        assertThat(jobs.claim("bridge/x", "a")).contains(new JobClaim(1, true));
        jobs.setPaused("bridge/x", false);
        jobs.setPaused("bridge/y", true);

        assertThat(jobs.jobs("bridge/")).extracting(Job::paused).containsExactly(false, true);
        assertThat(jobs.jobs("bridge/y")).hasSize(1);
    }

    @Test
    void release_keepsTheLastReport() {
        assertThat(jobs.claim("bridge/x", "a")).isPresent();
        jobs.release("bridge/x", 1, "{}");
        assertThat(jobs.jobs("bridge/")).containsExactly(new Job("bridge/x", null, false, 1, false, "{}"));
    }

    private static void own(String node, int generation) {
        postgres.execute(
                "UPDATE store.claims SET node = '" + node + "', generation = " + generation + " WHERE stream = 0");
    }
}
