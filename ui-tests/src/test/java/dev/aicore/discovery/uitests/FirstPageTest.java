package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Counts what a browser loads for the first page, without anything in its cache. */
@Tag("ui")
@Tag("ui-core")
class FirstPageTest {

    private static final int MAX_REQUESTS = 15;
    private static final int MAX_FILE_BYTES = 40 * 1024;

    /** Counts the requests of the page with its own, and the bytes of the files as sent. */
    private static final String LOADED = """
            (() => {
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
              const files = all.filter(({ name }) => new URL(name).pathname.match('^/ui/(services|assets/)'));
              return [all.length, files.length, files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)];
            })()
            """;

    /** Lists names of the first bundle's modules that a browser has already: a module could mean either. */
    private static final String AMBIGUOUS = """
            fetch(document.querySelector('script[type=module]').src).then((answer) => answer.text()).then((text) =>
              [...text.matchAll(/^(?:export )?(?:async )?(?:function\\*?|const|let|class) (\\w+)/gm)]
                .map(([, name]) => name).filter((name) => name in globalThis))
            """;

    @Test
    void requestsAndBytes_areWithinTheBudget() {
        try (var watched = WatchedPage.open("/ui/services")) {
            assertThat(watched.page().locator("tbody tr").first()).isVisible();
            @SuppressWarnings("unchecked")
            var loaded = (List<Integer>) watched.page().evaluate(LOADED);

            assertThat(loaded.getFirst()).as("requests").isBetween(8, MAX_REQUESTS);
            assertThat(loaded.get(1)).as("files").isGreaterThan(5);
            assertThat(loaded.getLast()).as("bytes of files").isBetween(10_000, MAX_FILE_BYTES);
        }
    }

    @Test
    void names_meanNothingElseToABrowser() {
        try (var watched = WatchedPage.open("/ui/services")) {
            assertThat(watched.page().locator("tbody tr").first()).isVisible();
            assertThat((List<?>) watched.page().evaluate(AMBIGUOUS)).isEmpty();
        }
    }
}
