package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;

class Murmur3HashTest {

    @Test
    void hash_ofEachLength_equalsThatOfCommonsCodec() {
        var random = new Random(20_261_201);
        for (int length = 0; length < 200; length++) {
            var data = new byte[length];
            random.nextBytes(data);

            assertThat(Murmur3Hash.first64(data)).as("%d bytes", length).isEqualTo(MurmurHash3.hash128x64(data)[0]);
        }
    }
}
