package dev.aicore.discovery.server.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TimelineChartTest {

    private static final String DATA = """
            {"service_name": "web", "from": "2026-11-23T12:00:00.000Z", "to": "2026-11-23T12:10:00.000Z", "instances": [
              {"id": "web-1", "spans": [
                {"status": "healthy", "from": "2026-11-23T12:00:00.000Z", "to": "2026-11-23T12:05:01.000Z"},
                {"status": "unhealthy", "from": "2026-11-23T12:05:01.000Z", "to": "2026-11-23T12:05:02.000Z"},
                {"status": "healthy", "from": "2026-11-23T12:05:02.000Z", "to": "2026-11-23T12:08:00.000Z"}]}]}""";

    @Test
    void chart_showsShortOutageAndAbsence() {
        var row = row(false, 17);

        assertThat(row).isEqualTo("web-1  #####U##..");
    }

    @Test
    void chart_withColours_usesAnsiCodes() {
        assertThat(row(true, 17))
                .startsWith("web-1  \u001b[42m \u001b[0m")
                .contains("\u001b[41m \u001b[0m")
                .endsWith("..");
    }

    private static String row(boolean colours, int width) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new TimelineChart(new Terminal(stream, stream, colours, colours, width)).draw(new JsonMapper().readTree(DATA));
        return out.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElseThrow();
    }
}
