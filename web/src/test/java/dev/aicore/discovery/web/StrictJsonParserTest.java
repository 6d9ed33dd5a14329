package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests which JSON is accepted, and the position that an error reports. */
class StrictJsonParserTest {

    private static final int LEVELS = 12;
    private static final int LONG_NAME = 4_000;

    /** Well below a thousand times the text, which would be 64 MB. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    @Test
    void parserMemory_withLongPaths_isProportionalToText() {
        var values = "\"\\u0001\",".repeat(1_500) + "1";
        var body = ("{\"" + "n".repeat(LONG_NAME) + "\":").repeat(LEVELS) + "[" + values + "]" + "}".repeat(LEVELS);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSizeLessThan(JsonBody.MAX_BYTES);
        read(bytes);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(bytes);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    @Test
    void violation_hasFullPath() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() ->
                        StrictJsonParser.read("{\"a\":[0,{\"b\":{\"c\":1,\"c\":2}}]}".getBytes(StandardCharsets.UTF_8)))
                .satisfies(refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.field()).isEqualTo("a[1].b.c")));
        var violationCollector = new ViolationCollector(ErrorCode.UNKNOWN_FIELD);
        var array = StrictJsonParser.read("[[{\"\":\"\\u0001\"}]]".getBytes(StandardCharsets.UTF_8));
        new JsonTextValidator(violationCollector).requireClean("any", array);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(violationCollector::validate)
                .satisfies(refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.field()).isEqualTo("any[0][0].")));
    }

    private static void read(byte[] bytes) {
        new JsonTextValidator(new ViolationCollector(ErrorCode.UNKNOWN_FIELD))
                .requireClean("", StrictJsonParser.read(bytes));
    }
}
