package dev.aicore.discovery.bench.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.json.JsonMapper;

class BenchReportTest {

    private static final RoundSummary ROUNDS = RoundSummary.of(List.of(
                    new Measured(new LoadRound(30_000, 1, 3, 0.5, 9, 20), 300_000_000),
                    new Measured(new LoadRound(60_000, 0, 3, 0.7, 5, 30), 300_000_000),
                    new Measured(new LoadRound(45_000, 0, 3, 0.6, 7, 40), 450_000_000)))
            .after(WarmUpDetector.NONE.and(2_000).and(3_000));

    private static final List<DiscoverReportRow> ROWS = List.of(
            row("a bare server & <more>", 1),
            row("ours", 0.5, new Threshold("≥ 0.65", false)),
            DiscoverReportRow.of("memory", "the process", "MB", 123.4, "0.1 to 0.9", new Threshold("≤ 350 MB", true)));

    private final BenchReport benchReport = new BenchReport(Map.of("Machine", "two cores"), ROWS);

    @Test
    void summary_usesMedianOfRoundsAndBestTail() {
        assertThat(ROUNDS.median()).isEqualTo(15_000);
        assertThat(ROUNDS.p50Millis()).isEqualTo(0.6);
        assertThat(ROUNDS.bestP99Millis()).isEqualTo(5);
        assertThat(ROUNDS.bestP999Millis()).isEqualTo(20);
        assertThat(ROUNDS.cpuMicros()).isEqualTo(10);
        assertThat(ROUNDS.errors()).isEqualTo(1);
        assertThat(ROUNDS.of(1_000).median()).isEqualTo(15_000_000);
        assertThat(ROUNDS.of(1_000).cpuMicros()).isEqualTo(0.01);
    }

    @Test
    void markdown_isTable() {
        var lines = benchReport.markdown().lines().toList();

        assertThat(lines).contains("Machine: two cores");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("|"))
                .hasSize(5)
                .allSatisfy(
                        line -> assertThat(line.chars().filter(c -> c == '|')).hasSize(14));
        assertThat(lines)
                .contains(
                        "| reads | ours | 15,000 (10,000 – 20,000) | answers/s | 0.50 | 0.60 | 5.00 | 20.00 | 10.00 | 1 | 2,000; not warm after 2 | ≥ 0.65: missed | 0.1 to 0.9 |")
                .contains("| memory | the process | 123 | MB |  |  |  |  |  |  |  | ≤ 350 MB: met | 0.1 to 0.9 |");
    }

    @Test
    void json_containsFactsAndRows() {
        var json = JsonMapper.shared().readTree(benchReport.json());

        assertThat(json.at("/facts/Machine").asString()).isEqualTo("two cores");
        assertThat(json.at("/rows")).hasSize(3);
        assertThat(json.at("/rows/1/median").asDouble()).isEqualTo(15_000);
        assertThat(json.at("/rows/1/figures")).hasSize(3);
        assertThat(json.at("/rows/1/best_p99_ms").asDouble()).isEqualTo(5);
        assertThat(json.at("/rows/1/targets/0/met").asBoolean()).isFalse();
        assertThat(json.at("/rows/1/warm_up/cold_per_second").asDouble()).isEqualTo(2_000);
        assertThat(json.at("/rows/1/warm_up/warm").asBoolean()).isFalse();
        assertThat(json.at("/rows/2/best_p99_ms").isMissingNode()).isTrue();
    }

    @Test
    void chart_isSvgWithBars() throws Exception {
        var picture = parse(BarChart.of(ROWS));

        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        // Beside the bars there is the rectangle of the background.
        assertThat(picture.getElementsByTagName("rect").getLength()).isEqualTo(3);
        assertThat(picture.getDocumentElement().getTextContent())
                .contains("a bare server & <more>", "15,000 (0.50)")
                .doesNotContain("the process");
    }

    @Test
    void chart_withoutRows_isSvg() throws Exception {
        assertThat(parse(BarChart.of(List.of())).getElementsByTagName("rect").getLength())
                .isEqualTo(1);
    }

    private static DiscoverReportRow row(String what, double ratio, Threshold... goals) {
        return new DiscoverReportRow(
                "reads", what, "answers/s", false, ROUNDS.perSecond(), ratio, ROUNDS, "0.1 to 0.9", List.of(goals));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
