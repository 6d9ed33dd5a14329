package dev.aicore.discovery.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LiveHeapTest {

    @Test
    void parse_ofHistogram_returnsTotalBytes() {
        var said = """
                4751:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         99304        7153816  [B (java.base@25.0.3)
                5951:             1              8  a.TotalOf$$Lambda/0x0000000063d5b800
                Total        728684       35798096
                """;

        assertThat(LiveHeap.parse(said)).isEqualTo(35_798_096);
    }

    @Test
    void parse_withoutTotal_fails() {
        assertThatIllegalStateException().isThrownBy(() -> LiveHeap.parse("No such process"));
    }
}
