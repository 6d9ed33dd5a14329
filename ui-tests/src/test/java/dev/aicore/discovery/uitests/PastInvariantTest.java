package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks for each panel that a page of a moment shows nothing of what happened later. Each panel shows the later change
 * now, so that the check can fail.
 */
@Tag("ui")
@Tag("ui-core")
class PastInvariantTest {

    /** Texts of the later changes: a reason, an instance, a weight, and a version. */
    private static final List<String> LATER = List.of("seen-only-later", "probe-late", "4321", "9.9.9-late");

    private static final SampleRegistry SAMPLES = BrowserFixture.shared().samples();

    private static long before;

    @BeforeAll
    static void change() {
        SAMPLES.register("probe", 2, "1.0.0");
        SAMPLES.configure("probe", "{\"size\":1}");
        SAMPLES.settle();
        before = SAMPLES.position();
        SAMPLES.put("probe-0", "{\"weight\":4321,\"version\":\"9.9.9-late\",\"reason\":\"seen-only-later\"}");
        SAMPLES.registerAs("probe-late", "probe");
        SAMPLES.heartbeat("probe-1", "unhealthy");
        SAMPLES.configure("probe", "{\"size\":4321,\"note\":\"seen-only-later\"}");
        SAMPLES.put("probe-1", "{\"status\":\"maintenance\",\"reason\":\"seen-only-later\"}");
        SAMPLES.settle();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/services?q=probe",
                "/ui/services/probe",
                "/ui/services/probe/timeline",
                "/ui/services/probe/configuration",
                "/ui/services/probe/discover",
                "/ui/services/probe/history",
                "/ui/instances/probe-0",
                "/ui/instances/probe-0/history",
                "/ui/instances/probe-1/explain",
                "/ui/history?service=probe"
            })
    void page_ofAMoment_showsNothingOfLaterChanges(String address) {
        try (var watched = WatchedPage.open(address)) {
            var page = watched.page();
            settled(page);
            var now = main(page).innerText();
            assertThat(LATER.stream().anyMatch(now::contains) || now.contains("maintenance"))
                    .as("%s shows a later change now: %s", address, now)
                    .isTrue();

            watched.go(address + (address.contains("?") ? "&" : "?") + "at=" + before);
            assertThat(page.getByText("Past: ")).isVisible();
            settled(page);
            assertThat(main(page).innerText())
                    .as("%s at %d", address, before)
                    .doesNotContain(LATER)
                    .doesNotContain("declared maintenance");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/services/probe/traffic", "/ui/services/probe/configuration?view=schema"})
    void panel_withoutAPast_saysSo(String address) {
        try (var watched = WatchedPage.open(address + (address.contains("?") ? "&" : "?") + "at=" + before)) {
            assertThat(watched.page().getByText("only known of now", new Page.GetByTextOptions().setExact(false)))
                    .isVisible();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/compare", "/ui/incident"})
    void comparison_thatEndsAtAMoment_showsNothingOfLaterChanges(String address) {
        try (var watched = WatchedPage.open(address + "?service=probe&from=" + (before - 2) + "&to=" + before)) {
            settled(watched.page());
            assertThat(main(watched.page())).containsText("changed");
            assertThat(main(watched.page()).innerText()).doesNotContain(LATER);
        }
    }

    @Test
    void pageOfAMoment_doesNotMove_whileTheServiceChanges() {
        try (var watched = WatchedPage.open("/ui/services/probe?at=" + before)) {
            var page = watched.page();
            assertThat(page.locator("tbody tr")).hasCount(2);
            settled(page);
            var requests = new java.util.concurrent.atomic.AtomicInteger();
            page.onRequest(request -> requests.incrementAndGet());
            SAMPLES.put("probe-0", "{\"weight\":4322,\"reason\":\"seen-only-later\"}");
            SAMPLES.settle();
            // Longer than the interval of any page.
            page.waitForTimeout(4_000);
            assertThat(requests.get()).as("requests of a page of the past").isZero();
            assertThat(main(page).innerText()).doesNotContain("4322");
        }
    }

    private static Locator main(Page page) {
        return page.locator("main");
    }

    /** Returns once no panel waits for an answer. */
    private static void settled(Page page) {
        assertThat(page.locator("main h1")).isVisible();
        assertThat(page.locator("main section.panel").first()).isVisible();
        assertThat(page.locator("main [aria-busy=true]")).hasCount(0);
    }
}
