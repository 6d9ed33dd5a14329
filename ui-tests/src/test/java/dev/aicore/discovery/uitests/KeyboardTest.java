package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Does the main tasks by the keyboard alone. */
@Tag("ui")
@Tag("ui-core")
class KeyboardTest {

    /** Maximum number of steps from one place of a page to another. */
    private static final int MAX_TABS = 60;

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void service_andItsPast() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            assertThat(page.locator("tbody tr").first()).isVisible();
            press(page, "j", "Enter");
            assertThat(heading(page, "payments")).isFocused();
            assertThat(page.locator("tbody tr").first()).isVisible();
            tabTo(page, page.getByRole(AriaRole.SLIDER), "Shift+Tab");
            press(page, "Home");
            assertThat(page.locator("main")).containsText("history of this store begins");
            watched.expectErrors();
            press(page, "n");
            assertThat(page.locator("tbody tr").first()).isVisible();
            press(page, "t");
            page.keyboard().type(Long.toString(samples.beforeCanary()));
            press(page, "Enter");
            assertThat(page.getByText("Past: ")).isVisible();
        }
    }

    @Test
    void search_andARow() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            assertThat(page.locator("tbody tr").first()).isVisible();
            press(page, "/");
            page.keyboard().type("stock");
            assertThat(page.locator("tbody tr")).hasCount(1);
            var link = page.locator("tbody th a");
            tabTo(page, link, "Tab");
            press(page, "Enter");
            assertThat(heading(page, "stock")).isFocused();
            assertThat(page.locator("tbody tr")).hasCount(6);
            press(page, "j", "j", "k", "Enter");
            assertThat(heading(page, "stock-0")).isFocused();
        }
    }

    @Test
    void cells_ofAService() {
        try (var watched = WatchedPage.open("/ui/services/catalog")) {
            var page = watched.page();
            var cells = page.locator(".matrix canvas");
            assertThat(cells).isVisible();
            tabTo(page, cells, "Tab");
            press(page, "ArrowRight", "ArrowRight", "ArrowLeft");
            assertThat(page.locator(".matrix .cell")).containsText("catalog-1");
            press(page, "End", "Enter");
            assertThat(heading(page, "catalog-5")).isFocused();
        }
    }

    @Test
    void steps_throughChanges() {
        try (var watched = WatchedPage.open("/ui/services/payments")) {
            var page = watched.page();
            assertThat(page.locator("[data-step=previous]")).isEnabled();
            press(page, "[");
            assertThat(page.getByText("Past: ")).isVisible();
            assertThat(page.locator("[data-step=next]")).isEnabled();
            press(page, "]");
            assertThat(page.locator(".live")).isVisible();
        }
    }

    @Test
    void change_ofAnInstance() {
        try (var watched = WatchedPage.open("/ui/instances/images-4")) {
            var page = watched.page();
            var weight = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Weight…"));
            assertThat(weight).isVisible();
            tabTo(page, weight, "Tab");
            press(page, "Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
            press(page, "Escape");
            assertThat(weight).isFocused();

            press(page, "Enter");
            tabTo(page, page.getByRole(AriaRole.SPINBUTTON), "Tab");
            press(page, "ControlOrMeta+a");
            page.keyboard().type("61");
            press(page, "Enter");
            assertThat(page.locator(".outcome-place")).containsText("has the weight 61");
            assertThat(page.locator(".facts").first()).containsText("61");
        }
    }

    @Test
    void configuration_theFirstOfAService() {
        samples.register("typed", 1, "1.0.0");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/typed/configuration")) {
            var page = watched.page();
            var store = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Store a configuration…"));
            assertThat(store).isVisible();
            tabTo(page, store, "Tab");
            press(page, "Enter");
            tabTo(page, page.locator("dialog textarea"), "Tab");
            press(page, "ControlOrMeta+a");
            page.keyboard().type("{\"size\": 3}");
            tabTo(page, page.locator("dialog button.primary"), "Tab");
            press(page, "Enter");
            assertThat(page.locator(".outcome-place")).containsText("Version 1 of typed is stored");
            assertThat(page.locator(".versions")).containsText("Version 1");
            // There was no configuration to read before.
            watched.expectErrors();
        }
    }

    @Test
    void comparison_andIncident() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            assertThat(page.locator("tbody tr").first()).isVisible();
            press(page, "g", "c");
            assertThat(heading(page, "Compare")).isFocused();
            press(page, "t");
            page.keyboard().type(Long.toString(samples.beforeCanary()));
            press(page, "Enter");
            assertThat(page.locator("main")).containsText("it looked like the old one");

            tabTo(page, page.locator("main tbody th a").first(), "Tab");
            press(page, "g", "i");
            assertThat(heading(page, "Incident")).isFocused();
            // The store is younger than the hour that the page begins with.
            assertThat(page.locator("main")).containsText("history_compacted");
            watched.expectErrors();
            press(page, "t", "ControlOrMeta+a");
            page.keyboard().type(Long.toString(samples.beforeCanary()));
            press(page, "Enter");
            var beginning = page.getByLabel("Beginning");
            assertThat(beginning).isVisible();
            tabTo(page, beginning, "Tab");
            press(page, "ArrowRight");
            assertThat(page).hasURL(Pattern.compile(".*[?&]from=20\\d\\d-.*"));
        }
    }

    @Test
    void shortcuts_canBeSwitchedOff() {
        try (var watched = WatchedPage.open("/ui/settings")) {
            var page = watched.page();
            var box = page.getByRole(AriaRole.CHECKBOX);
            assertThat(box).isChecked();
            press(page, "g", "h");
            assertThat(heading(page, "History")).isFocused();
            page.goBack();
            assertThat(box).isVisible();
            tabTo(page, box, "Tab");
            press(page, "Space");
            assertThat(box).not().isChecked();
            press(page, "Tab", "g", "y");
            assertThat(heading(page, "Settings")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*/ui/settings"));
        }
    }

    private static void press(Page page, String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
    }

    /** Presses a key until an element has the focus. */
    private static void tabTo(Page page, Locator target, String key) {
        for (int i = 0; i < MAX_TABS && !isFocused(target); i++) {
            page.keyboard().press(key);
        }
        assertThat(isFocused(target)).as("focus on %s", target).isTrue();
    }

    private static boolean isFocused(Locator target) {
        return (Boolean) target.evaluate("element => element === document.activeElement");
    }

    private static Locator heading(Page page, String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setLevel(1));
    }
}
