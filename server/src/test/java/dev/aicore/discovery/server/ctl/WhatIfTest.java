package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.projection.bundle.BundleHeader;
import dev.aicore.discovery.projection.bundle.BundleHeader.ObservationSummary;
import dev.aicore.discovery.server.whatif.TimeSpan;
import dev.aicore.discovery.server.whatif.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decides a recorded incident again. */
class WhatIfTest {

    private static final String PANIC = "registry.discovery.panic_threshold";
    private static final String FAILURES = "registry.health_checks.failure_threshold";

    @TempDir
    static Path directory;

    private static Path bundle;

    @BeforeAll
    static void record() throws IOException {
        bundle = directory.resolve("incident.ndjson");
        Files.writeString(bundle, RecordedIncident.record().bundle());
    }

    @Test
    void ownSettings_giveWhatHappened() throws IOException {
        var result = WhatIf.run(Bundle.open(bundle), List.of(), null);

        assertThat(result.isIdentical()).isTrue();
        assertThat(result.recordedDecisions()).isEqualTo(5);
        assertThat(result.services()).extracting(service -> service.service()).containsExactly("pay", "quiet", "shop");
        var shop = result.services().get(2);
        assertThat(shop.recordedPanics()).as("one of four was healthy").containsExactly(span(40, 70));
        assertThat(shop.recordedSpans("shop-1"))
                .as("until it failed, and in panic")
                .containsExactly(span(0, 10), span(40, 70));
        assertThat(replay("--picture", directory.resolve("own.svg").toString()))
                .contains("under the recorded settings: identical to what happened, 5 decisions.");
    }

    @Test
    void twoSettings_giveTableAndPicture() throws IOException {
        var picture = directory.resolve("what-if.svg");
        var never = replay("--set", PANIC + "=0", "--picture", picture.toString(), "--service", "shop");

        assertThat(never)
                .contains("Check under the recorded settings: identical to what happened, 5 decisions.")
                .contains(PANIC + "=0 (recorded: 0.3)")
                .containsPattern("shop +4 \\(panic\\) +1 +without shop-1 shop-2 shop-3")
                .containsPattern("none any more")
                .doesNotContain("pay-1");
        assertThat(Files.readString(picture))
                .startsWith("<svg ")
                .contains("registry.discovery.panic_threshold=0 (recorded: 0.3)", "was in panic", ">shop-1</text>")
                .doesNotContain("would have been in panic")
                .endsWith("</svg>\n");

        var early = replay("--set", FAILURES + "=1");
        assertThat(early)
                .contains("5 of 5 recorded decisions at the same time, 1 others")
                .containsPattern("pay +2 +1 +without pay-1");
    }

    @Test
    void sameBundleAndSettings_giveTheSame() throws IOException {
        var settings = List.of(PANIC + "=0.6", "load_balancer.default_strategy=random", FAILURES + "=2");

        var one = WhatIf.run(Bundle.open(bundle), settings, null);
        var other = WhatIf.run(Bundle.open(bundle), settings, null);

        assertThat(one.services()).isEqualTo(other.services());
        assertThat(one.isIdentical()).isFalse();
    }

    @Test
    void strategy_changesPicksOnly() throws IOException {
        var result = WhatIf.run(Bundle.open(bundle), List.of("load_balancer.default_strategy=weighted"), null);

        var shop = result.services().get(2);
        assertThat(shop.ids()).allMatch(id -> shop.millisApart(id) == 0);
        assertThat(result.commonDecisions()).isEqualTo(5);
        assertThat(result.services().get(1).decidedPicks("quiet-1")).isPositive();
    }

    @Test
    void badSettings_areRefused() {
        assertThat(refused("--set", "registry.discovery.panic_treshold=0.5"))
                .contains("did you mean 'registry.discovery.panic_threshold'?");
        assertThat(refused("--set", PANIC + "=2"))
                .contains(PANIC + " is '2.0', expected")
                .contains("0.0 to 1.0");
        assertThat(refused("--set", PANIC + "=much")).contains(PANIC + " is 'much', expected a number");
        assertThat(refused("--set", "server.port=8081")).contains("influences no decision");
        assertThat(refused("--set", "load_balancer.default_strategy=best")).contains("round_robin");
        assertThat(refused("--set", PANIC)).contains("expected NAME=VALUE");
        assertThat(refused("--set", PANIC + "=0", "--service", "shoe")).contains("no service 'shoe'");
        assertThat(refused("--set", PANIC + "=0", "--from", "noon")).contains("is no instant");
        assertThat(refused("--set", PANIC + "=0", "--from", "2020-01-01T00:00:00Z"))
                .contains("the bundle is from");
        assertThat(refused("--service", "shop")).contains("need --set or --picture");
    }

    @Test
    void bundlesWithoutObservations_areRefused() throws IOException {
        var incident = RecordedIncident.record();
        assertThat(refusedBundle(incident.bundle(2, null)))
                .contains("format version 2, which has no observations", "Export it again");
        assertThat(refusedBundle(incident.bundle(
                        BundleHeader.VERSION, new ObservationSummary(7, 300, "retention has dropped some of them"))))
                .contains("retention has dropped some of them");
    }

    private static TimeSpan span(int from, int to) {
        long start = RecordedIncident.START.toEpochMilli();
        return new TimeSpan(start + 1_000L * from, start + 1_000L * to);
    }

    private static String refusedBundle(String text) throws IOException {
        var file = directory.resolve("other.ndjson");
        Files.writeString(file, text);
        var done = CtlServer.ctl(Map.of(), "replay", file.toString(), "--set", PANIC + "=0.5");
        assertThat(done.code()).as(done.out() + done.err()).isEqualTo(1);
        return done.err();
    }

    private static String replay(String... options) {
        return CtlServer.ctl(Map.of(), words(options)).ok().out();
    }

    private static String refused(String... options) {
        var done = CtlServer.ctl(Map.of(), words(options));
        assertThat(done.code()).as(done.out() + done.err()).isEqualTo(2);
        assertThat(done.err().lines()).hasSize(1);
        return done.err();
    }

    private static String[] words(String... options) {
        var words = new String[options.length + 2];
        words[0] = "replay";
        words[1] = bundle.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return words;
    }
}
