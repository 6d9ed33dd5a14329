package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses the list of services, live and in the past. */
@Tag("ui")
@Tag("ui-core")
class ServicesPageTest {

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void list_beginsWithTheWorstService_andNamesItsLastChange() {
        try (var watched = WatchedPage.open("/")) {
            var page = watched.page();

            assertThat(page).hasURL(Pattern.compile(".*/ui/services$"));
            assertThat(rows(page).first()).containsText("payments");
            assertThat(row(page, "orders")).containsText("it looked like the old one");
            assertThat(row(page, "search")).containsText("draining");
            assertThat(page.locator(".totals")).containsText(Pattern.compile("\\d+ services, \\d+ instances"));
        }
    }

    @Test
    void search_narrowsTheList_andAnEmptyResultOffersAllServices() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            page.getByLabel("Search").fill("pay");
            assertThat(rows(page)).hasCount(1);
            assertThat(page).hasURL(Pattern.compile(".*q=pay.*"));

            page.getByLabel("Search").fill("nothing-like-this");
            assertThat(page.getByText("No service fits the search and the filter."))
                    .isVisible();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all services"))
                    .click();
            assertThat(row(page, "catalog")).isVisible();
        }
    }

    @Test
    void past_showsNothingOfLaterChanges() {
        samples.settle();
        long before = samples.position();
        samples.put("mail-0", "{\"status\":\"maintenance\",\"reason\":\"only later\"}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services?q=mail")) {
            var page = watched.page();
            assertThat(row(page, "mail")).containsText("only later");

            watched.go("/ui/services?q=mail&at=" + before);
            assertThat(page.getByText("Past: ")).isVisible();
            assertThat(row(page, "mail")).not().containsText("only later");
            assertThat(row(page, "mail")).not().containsText("maintenance");
            assertThat(page.locator(".frame")).hasClass("frame in-past");

            page.keyboard().press("n");
            assertThat(row(page, "mail")).containsText("only later");
        } finally {
            samples.put("mail-0", "{\"status\":\"active\"}");
        }
    }

    @Test
    void change_appearsWithoutAReload() {
        try (var watched = WatchedPage.open("/ui/services?q=images")) {
            var page = watched.page();
            assertThat(row(page, "images")).isVisible();

            samples.put("images-1", "{\"weight\":7,\"reason\":\"while you look\"}");

            assertThat(row(page, "images"))
                    .containsText(
                            "while you look",
                            new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                                    .setTimeout(15_000));
        }
    }

    @Test
    void futureMoment_isRefusedWithAWayBack() {
        try (var watched = WatchedPage.open("/ui/services?at=2999-01-01T00:00:00Z")) {
            var page = watched.page();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("is in the future");
            watched.expectErrors();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show now"))
                    .click();
            assertThat(row(page, "catalog")).isVisible();
        }
    }

    @Test
    void addressOfAnotherStore_showsNothing() {
        try (var watched = WatchedPage.open("/ui/services?at=5&store=00000000-0000-0000-0000-000000000000")) {
            assertThat(watched.page().getByRole(AriaRole.ALERT)).containsText("another store");
            assertThat(watched.page().locator("table")).hasCount(0);
        }
    }

    private static Locator rows(Page page) {
        return page.locator("tbody tr");
    }

    private static Locator row(Page page, String service) {
        return rows(page)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(service).setExact(true))));
    }
}
