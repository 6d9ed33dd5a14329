package dev.aicore.discovery.uitests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Page of a browser whose errors are recorded. Closing it fails if there were any. */
final class WatchedPage implements AutoCloseable {

    /** Refusal while the machine is too busy for the database. It is no fault of a page, which asks again. */
    private static final String UNAVAILABLE = "503 (Service Unavailable)";

    private static final Path PICTURES = Path.of("target", "pictures");

    /** Size of a window. */
    enum Screen {
        /** Desktop. */
        WIDE(1280, 800),
        /** Phone. */
        NARROW(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final List<String> errors = new ArrayList<>();

    WatchedPage(Browser browser, String base, Screen screen, ColorScheme scheme) {
        this.base = base;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(scheme));
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            var fault = message.type().equals("error") || message.type().equals("warning");
            if (fault && !message.text().contains(UNAVAILABLE)) {
                errors.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(errors::add);
    }

    static WatchedPage open(String path) {
        var fixture = BrowserFixture.shared();
        return new WatchedPage(fixture.browser(), fixture.address(), Screen.WIDE, ColorScheme.LIGHT).go(path);
    }

    /** Loads an address of the UI. */
    WatchedPage go(String path) {
        page.navigate(base + path);
        return this;
    }

    Page page() {
        return page;
    }

    /** Forgets the errors so far, which the test has provoked. */
    void expectErrors() {
        assertThat(errors).isNotEmpty();
        errors.clear();
    }

    /** Forgets the errors so far, of which there may be any number. */
    void forgetErrors() {
        errors.clear();
    }

    /** Writes a picture of the visible part to {@code target/pictures}. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
        assertThat(errors)
                .as("errors on the console, and violations of the policy")
                .isEmpty();
    }
}
