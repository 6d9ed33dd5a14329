package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses the timeline, the comparison of two moments, and the page of an incident. */
@Tag("ui")
class IncidentPageTest {

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void timeline_beginsWithTheWorstInstance_andListsItsStatuses() throws IOException {
        try (var watched = WatchedPage.open("/ui/services/payments/timeline?window=15m")) {
            var page = watched.page();
            var first = page.locator("tbody tr").first();
            assertThat(first).containsText(Pattern.compile("^payments-[0369]"));
            assertThat(first.locator("rect.unhealthy")).not().hasCount(0);
            first.getByText(Pattern.compile("\\d+ statuses")).click();
            assertThat(first.locator("details li").first()).containsText("healthy");
            assertThat(page.locator(".axis .tick")).not().hasCount(0);
            page.getByLabel("fold times without a change").check();
            assertThat(page.locator(".axis .fold")).not().hasCount(0);

            var picture = page.waitForDownload(
                    () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save as picture"))
                            .click());
            assertThat(picture.suggestedFilename()).isEqualTo("payments.svg");
            assertThat(Files.readString(picture.path())).startsWith("<svg").contains("payments-0");
        }
    }

    @Test
    void compare_marksWhatCameWentAndChanged_withWhoAndWhy() {
        try (var watched = WatchedPage.open("/ui/services/payments")) {
            var page = watched.page();
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Compare").setExact(true))
                    .click();
            page.getByLabel("From").fill(String.valueOf(samples.beforeCanary()));
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Compare").setExact(true))
                    .click();
            var changed = row(page, "payments-0");
            assertThat(changed).containsText("1.4.2");
            assertThat(changed).containsText("1.5.0");
            assertThat(row(page, "orders-4")).containsText("went");
            assertThat(row(page, "orders-4")).containsText("it looked like the old one");
            page.getByText("JSON Patch").click();
            assertThat(page.getByRole(AriaRole.REGION)).containsText("\"op\":\"remove\"");
        }
    }

    @Test
    void incident_namesItsFirstChange_andWhoWasInvolved() throws IOException {
        try (var watched = WatchedPage.open("/ui/incident?from=" + samples.beforeCanary())) {
            var page = watched.page();
            assertThat(page.locator(".facts").first()).containsText("first change");
            assertThat(page.locator(".facts").first()).containsText("onfiguration");
            assertThat(page.locator(".facts").first()).containsText("anonymous");
            assertThat(page.locator("details.group").first()).containsText("had a healthy instance");
            assertThat(row(page, "orders-4").first()).containsText("went");
            assertThat(page.getByLabel("Beginning")).isVisible();

            page.getByLabel("Notes, kept in the address only").fill("pool exhausted");
            page.getByLabel("Notes, kept in the address only").blur();
            assertThat(page).hasURL(Pattern.compile("notes=pool"));

            var bundle = page.waitForDownload(
                    () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export bundle"))
                            .click());
            assertThat(Files.readString(bundle.path())).startsWith("{\"bundle\":");
        }
    }

    @Test
    void report_isMarkdownWithPermanentLinks() {
        try (var watched = WatchedPage.open("/ui/incident?from=" + samples.beforeCanary() + "&service=orders")) {
            var page = watched.page();
            page.context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
            assertThat(row(page, "orders-4").first()).isVisible();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("copy report"))
                    .click();
            assertThat(page.getByText("copied")).isVisible();
            var report = (String) page.evaluate("navigator.clipboard.readText()");
            assertThat(report)
                    .startsWith("# Incident from ")
                    .contains("it looked like the old one")
                    .contains("/ui/instances/orders-4?at=")
                    .contains("from=" + samples.beforeCanary());
        }
    }

    private static Locator row(Page page, String id) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(id).setExact(true))));
    }
}
