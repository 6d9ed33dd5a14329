package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares lists with a second moment. */
@Tag("ui")
class VersusTest {

    private static final SampleRegistry SAMPLES = BrowserFixture.shared().samples();

    private static long first;
    private static long second;

    @BeforeAll
    static void change() {
        SAMPLES.register("versus", 4, "1.0.0");
        SAMPLES.settle();
        first = SAMPLES.position();
        SAMPLES.put("versus-0", "{\"weight\":71,\"reason\":\"half the machine\"}");
        SAMPLES.delete("versus-1", "its disk failed");
        SAMPLES.registerAs("versus-late", "versus");
        SAMPLES.settle();
        second = SAMPLES.position();
        SAMPLES.put("versus-2", "{\"weight\":83,\"reason\":\"seen-only-later\"}");
        SAMPLES.settle();
    }

    @Test
    void instances_areMarkedWithFieldsAuthorsAndReasons() {
        try (var watched = WatchedPage.open("/ui/services/versus?vs=" + first)) {
            var page = watched.page();
            assertThat(row(page, "versus-0")).containsText("~ changed weight 100 → 71");
            assertThat(row(page, "versus-0")).containsText("half the machine");
            assertThat(row(page, "versus-late")).containsText("came");
            assertThat(row(page, "versus-3")).not().containsText("changed");
            assertThat(page.getByText("No longer present")).isVisible();
            assertThat(row(page, "versus-1")).containsText("− went");
            assertThat(row(page, "versus-1")).containsText("its disk failed");
            assertThat(page.locator(".versus .totals")).containsText("2 changed");
            watched.picture("versus");

            page.getByText("stop comparing").click();
            assertThat(page.locator(".versus")).hasCount(0);
            assertThat(row(page, "versus-0")).not().containsText("half the machine");
        }
    }

    @Test
    void lanes_areMarked_alsoThoseOfInstancesThatWent() {
        try (var watched = WatchedPage.open("/ui/services/versus/timeline?window=1h&vs=" + first)) {
            var page = watched.page();
            assertThat(row(page, "versus-0")).containsText("100 → 71");
            assertThat(row(page, "versus-1")).containsText("− went");
            assertThat(row(page, "versus-1")).containsText("its disk failed");
            assertThat(row(page, "versus-late")).containsText("came");
            assertThat(row(page, "versus-3").locator(".difference")).hasCount(0);
            assertThat(row(page, "versus-3").locator(".lane .second")).hasCount(1);
            assertThat(page.locator(".axis .second")).hasCount(1);
            watched.picture("versus-timeline");

            page.getByText("stop comparing").click();
            assertThat(page.locator("svg .second")).hasCount(0);
        }
    }

    @Test
    void secondMomentOfThePast_marksNothingOfLaterChanges() {
        try (var watched = WatchedPage.open("/ui/services/versus?at=%d&vs=%d".formatted(second, first))) {
            var page = watched.page();
            assertThat(page.locator(".versus .totals")).containsText("1 changed");
            assertThat(row(page, "versus-0")).containsText("100 → 71");
            assertThat(page.locator("main")).not().containsText("seen-only-later");
        }
    }

    @Test
    void services_haveTheNumberOfTheirDifferences_andTheMomentIsTyped() {
        try (var watched = WatchedPage.open("/ui/services?q=versus")) {
            var page = watched.page();
            page.getByLabel("vs").fill(Long.toString(first));
            page.getByLabel("vs").press("Enter");
            assertThat(page).hasURL(Pattern.compile(".*vs=" + first + ".*"));
            assertThat(row(page, "versus").locator(".difference"))
                    .hasText(Pattern.compile("\\+ 1 came\\s*− 1 went\\s*~ 2 changed"));

            row(page, "versus").locator("th a").click();
            assertThat(page).hasURL(Pattern.compile(".*/services/versus\\?vs=" + first));
            page.getByText("all differences").click();
            assertThat(page).hasURL(Pattern.compile(".*/compare\\?from=" + first + "&service=versus"));
        }
    }

    @Test
    void momentThatIsNoMoment_isRefusedAboveTheList() {
        try (var watched = WatchedPage.open("/ui/services/versus?vs=yesterday")) {
            assertThat(watched.page().locator(".versus [role=alert]")).isVisible();
            assertThat(row(watched.page(), "versus-0")).isVisible();
            watched.expectErrors();
        }
    }

    private static Locator row(Page page, String name) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("th[scope=row] > a")
                                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name + "$")))));
    }
}
