package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures the pages with 10,000 instances in 312 services, of which one has 5,000. Times depend on the machine: they
 * are written to {@code target/budgets.txt} beside their budgets. What the pages contain is checked.
 */
@Tag("ui")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "ui.budgets", matches = "true")
class BudgetsTest {

    private static final int SERVICES = 312;
    private static final int INSTANCES = 10_000;
    private static final int LARGEST = 5_000;
    private static final int CONCURRENT = 32;
    private static final int WORKERS = 8;
    private static final int MAX_NODES = 5_000;
    private static final int REPEATS = 20;
    private static final int ROWS = 100;
    private static final int TABS = 50;
    private static final int PICKS = 100;
    private static final int CHANGES_PER_SECOND = 200;
    private static final Duration SPAN = Duration.ofSeconds(20);

    private static final String HAS_ROWS = "document.querySelectorAll('tbody tr').length >= " + ROWS;

    private static final String HAS_CELLS =
            "document.querySelector('.matrix canvas')?.getAttribute('aria-label').startsWith('%s instances')";

    private static final String HAS_ROW = "document.querySelector('tbody tr')";

    private static final String HAS_LANES = "document.querySelectorAll('tbody tr').length >= 50";

    /** Does an action, and returns the milliseconds until a frame in which a condition holds. */
    private static final String MILLIS_UNTIL = """
            () => new Promise((shown, failed) => {
              const begin = performance.now();
              %s;
              const look = () => ((%s) ? shown(performance.now() - begin) : requestAnimationFrame(look));
              requestAnimationFrame(look);
              setTimeout(() => failed(new Error('not shown within 30 s')), 30_000);
            })
            """;

    /** Keeps the durations of tasks of more than 50 ms. */
    private static final String OBSERVE = """
            () => {
              window.longTasks = [];
              const keep = ({ duration }) => window.longTasks.push(Math.round(duration));
              new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type: 'longtask' });
            }
            """;

    private static final String HAS_ALL_CELLS = HAS_CELLS.formatted("10\u202f000");

    private static final String HAS_LARGEST_CELLS = HAS_CELLS.formatted("5\u202f000");

    /** Moves to the next cell; returns the milliseconds from the beginning to the end of the drawing. */
    private static final String DRAW = """
            () => new Promise((drawn) => {
              const { getContext } = HTMLCanvasElement.prototype;
              HTMLCanvasElement.prototype.getContext = function (kind) {
                HTMLCanvasElement.prototype.getContext = getContext;
                const begin = performance.now();
                queueMicrotask(() => drawn(performance.now() - begin));
                return getContext.call(this, kind);
              };
              const key = new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true });
              document.querySelector('.matrix canvas').dispatchEvent(key);
            })
            """;

    @TempDir
    static Path directory;

    private static final List<String> RESULTS = new ArrayList<>();

    private static ConfigurableApplicationContext server;
    private static String base;
    private static RestClient api;

    @BeforeAll
    static void fill() throws InterruptedException {
        BrowserFixture.shared();
        server = BrowserFixture.startServer(directory.resolve("data"));
        base = "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
        api = new RestClient(base, null);
        registerAll(0, LARGEST, _ -> "big");
        registerAll(LARGEST, INSTANCES, number -> "service-%03d".formatted(number % (SERVICES - 1)));
        settle();
        for (int i = 0; i < PICKS; i++) {
            api.send("GET", "/api/v1/discover?service_name=big&load_balancing_strategy=round_robin", null);
        }
    }

    private static void registerAll(int from, int to, IntFunction<String> service) throws InterruptedException {
        var permits = new Semaphore(CONCURRENT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = from; i < to; i++) {
                int number = i;
                permits.acquire();
                var _ = threads.submit(() -> {
                    try {
                        register(service.apply(number), number);
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }

    private static void settle() {
        long head = api.write("PUT", "/api/v1/services/big-0", "{\"weight\":90}");
        api.send("GET", "/api/v1/service-summaries?wait=30s&min_position=" + head, null);
    }

    private static void register(String service, int number) {
        var body = """
                {"id": "%1$s-%2$d", "name": "%1$s", "address": "10.0.%3$d.%4$d", "port": 8080,
                 "ttl": 3600, "version": "1.%5$d.0", "zone": "%5$d"}
                """.formatted(service, number, number >> 8, number & 255, number % 3);
        api.send("POST", "/api/v1/services", body);
    }

    @AfterAll
    static void write() throws IOException {
        Files.write(Path.of("target", "budgets.txt"), RESULTS);
        server.close();
    }

    @Test
    void firstPage_coldAndWarm() {
        var cold = new ArrayList<Double>();
        var warm = new ArrayList<Double>();
        for (int i = 0; i < 5; i++) {
            try (var watched = page()) {
                cold.add(load(watched, "/ui/services", HAS_ROWS));
                warm.add(load(watched, "/ui/services", HAS_ROWS));
                assertThat(watched.page().locator(".totals")).containsText("312 services, 10\u202f000 instances");
                assertThat(nodes(watched.page())).isLessThanOrEqualTo(MAX_NODES);
            }
        }
        note("cold start to 100 rows", 800, cold);
        note("warm start to 100 rows", 400, warm);
    }

    @Test
    void fromPageToPage_andThroughTime() {
        try (var watched = page()) {
            var page = watched.page();
            load(watched, "/ui/services", HAS_ROWS);
            note("page to page", 200, repeat(i -> {
                double millis = millisUntil(
                        page,
                        "document.querySelectorAll('tbody tr th a')[" + i + "].click()",
                        "document.querySelector('tbody input.select')");
                page.goBack();
                assertThat(page.locator("td.health").first()).isVisible();
                return millis;
            }));
            long head = api.send("GET", "/api/v1/service-names?limit=1", null)
                    .at("/meta/position")
                    .asLong();
            note("step in time, until 100 rows of that moment", 250, repeat(i -> {
                long position = head - 50L * (i + 1);
                return millisUntil(
                        page,
                        "history.pushState(null, '', '?at=%d'); dispatchEvent(new PopStateEvent('popstate'))"
                                .formatted(position),
                        HAS_ROWS + " && document.querySelector('.totals').textContent.replace(/\\D/g, '').endsWith('"
                                + position + "')");
            }));
        }
    }

    @Test
    void largestService_andItsTimeline() {
        for (var tab : List.of("", "/timeline", "/traffic")) {
            try (var watched = page()) {
                var times = new ArrayList<Double>();
                for (int i = 0; i < 5; i++) {
                    times.add(load(watched, "/ui/services/big" + tab, HAS_LANES));
                }
                note("service of 5,000 instances" + tab, 800, times);
                assertThat(nodes(watched.page())).as("nodes of %s", tab).isLessThanOrEqualTo(MAX_NODES);
            }
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void cells_ofTenThousandInstances() throws InterruptedException {
        registerAll(INSTANCES, INSTANCES + LARGEST, _ -> "big");
        settle();
        try (var watched = page()) {
            var page = watched.page();
            double millis = load(watched, "/ui/services/big", HAS_ALL_CELLS);
            RESULTS.add("all 10,000 cells are shown %d ms after the start of the page".formatted(Math.round(millis)));
            note("drawing 10,000 cells", 20, repeat(i -> ((Number) page.evaluate(DRAW)).doubleValue()));
            assertThat(nodes(page)).isLessThanOrEqualTo(MAX_NODES);
        }
    }

    @Test
    void write_isSeenInAnotherTab() {
        try (var watched = page()) {
            var page = watched.page();
            load(watched, "/ui/services/service-007", HAS_ROW);
            var id = page.locator("tbody tr th a").first().textContent();
            note("write's answer until another tab shows it", 500, repeat(i -> {
                // Changes that follow each other within a second are shown together.
                page.waitForTimeout(1_100);
                api.send("PUT", "/api/v1/services/" + id, "{\"weight\":" + (200 + i) + "}");
                return millisUntil(
                        page, "", "document.querySelector('tbody tr').textContent.includes('" + (200 + i) + "')");
            }));
        }
    }

    @Test
    void manyChanges_leaveThePageResponsive() throws InterruptedException {
        try (var watched = page()) {
            var page = watched.page();
            load(watched, "/ui/services/big", HAS_LARGEST_CELLS);
            page.evaluate(OBSERVE);
            double heap = heap(page);
            var ended = new AtomicBoolean();
            var sent = new AtomicInteger();
            var pace = new Semaphore(0);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int worker = 0; worker < WORKERS; worker++) {
                    var _ = threads.submit(() -> {
                        while (!ended.get()) {
                            int number = sent.incrementAndGet();
                            var path = "/api/v1/services/big-" + number % LARGEST;
                            api.send("PUT", path, "{\"weight\":" + (1 + number % 1_000) + "}");
                            pace.acquire();
                        }
                        return null;
                    });
                }
                long begin = System.nanoTime();
                for (int sum = 0; sum < 60 * CHANGES_PER_SECOND; sum++) {
                    LockSupport.parkNanos(begin + sum * 1_000_000_000L / CHANGES_PER_SECOND - System.nanoTime());
                    pace.release();
                }
                ended.set(true);
                pace.release(WORKERS);
            }
            RESULTS.add(String.format(
                    Locale.ROOT,
                    "%d changes in 60 s: tasks over 50 ms took %s ms (budget 100), heap %+.1f MB (10), %d nodes (5000)",
                    sent.get(),
                    page.evaluate("window.longTasks.sort((one, other) => other - one).join()"),
                    (heap(page) - heap) / 1e6,
                    nodes(page)));
            assertThat(sent.get()).isGreaterThan(1_000);
            assertThat(nodes(page)).isLessThanOrEqualTo(MAX_NODES);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void openTabs_costOfTheServer() throws InterruptedException {
        double before = discoveries();
        double atRest = busyShare();
        var tabs = new ArrayList<WatchedPage>();
        try {
            for (int i = 0; i < TABS; i++) {
                tabs.add(page());
                load(tabs.getLast(), i % 2 == 0 ? "/ui/services" : "/ui/services/service-007", HAS_ROW);
            }
            Thread.sleep(SPAN);
            double withTabs = busyShare();
            RESULTS.add(String.format(
                    Locale.ROOT,
                    "%d tabs: discoveries %.0f/s without, %.0f/s with them and their browser on the same processors;"
                            + " %.1f %% of the processors for their requests (budget 5)",
                    TABS,
                    before,
                    discoveries(),
                    100 * (withTabs - atRest)));
        } finally {
            tabs.forEach(WatchedPage::close);
        }
    }

    /** Returns the discoveries in a second of clients that each wait for their answer. */
    private static double discoveries() throws InterruptedException {
        var answers = new AtomicInteger();
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < WORKERS; worker++) {
                var _ = threads.submit(() -> {
                    while (System.nanoTime() - begin < SPAN.toNanos()) {
                        api.send("GET", "/api/v1/discover?service_name=service-007", null);
                        answers.incrementAndGet();
                    }
                });
            }
        }
        return answers.get() / ((System.nanoTime() - begin) / 1e9);
    }

    /** Returns the share of the machine's processors that the server's process uses. */
    private static double busyShare() throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = System.nanoTime();
        long used = system.getProcessCpuTime();
        Thread.sleep(SPAN);
        used = system.getProcessCpuTime() - used;
        return (double) used / (System.nanoTime() - begin) / system.getAvailableProcessors();
    }

    /** Measures something once. */
    private interface Measurement {
        double millis(int number);
    }

    private static List<Double> repeat(Measurement measurement) {
        return Stream.iterate(0, i -> i < REPEATS, i -> i + 1)
                .map(measurement::millis)
                .toList();
    }

    private static WatchedPage page() {
        return new WatchedPage(BrowserFixture.shared().browser(), base, WatchedPage.Screen.WIDE, ColorScheme.LIGHT);
    }

    /** Loads an address; returns the milliseconds from the start of the navigation. */
    private static double load(WatchedPage watched, String address, String condition) {
        var page = watched.go(address).page();
        page.evaluate(MILLIS_UNTIL.formatted("", condition));
        return ((Number) page.evaluate("performance.now()")).doubleValue();
    }

    private static double millisUntil(Page page, String action, String condition) {
        return ((Number) page.evaluate(MILLIS_UNTIL.formatted(action, condition))).doubleValue();
    }

    private static int nodes(Page page) {
        return ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue();
    }

    private static double heap(Page page) {
        return ((Number) page.evaluate("performance.memory.usedJSHeapSize")).doubleValue();
    }

    private static void note(String what, int budget, List<Double> millis) {
        var sorted = millis.stream().sorted().toList();
        RESULTS.add(String.format(
                Locale.ROOT,
                "%s: median %.0f ms, 95 %% %.0f ms of %d; budget %d ms",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1),
                sorted.size(),
                budget));
    }
}
