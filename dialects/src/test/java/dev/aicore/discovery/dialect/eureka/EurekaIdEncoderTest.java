package dev.aicore.discovery.dialect.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EurekaIdEncoderTest {

    @ParameterizedTest
    @CsvSource({
        "ORDERS, host:orders:8080, orders:host:orders:8080",
        "orders, h1, orders:h1",
        "A:B, c, a@3Ab:c",
        "SHOP, 'a b/@', shop:a@20b@2F@40"
    })
    void toId_isReadableAndValid(String app, String id, String expected) {
        assertThat(EurekaIdEncoder.toId(app, id)).isEqualTo(expected);
        assertThat(InstanceIdGenerator.isId(expected)).isTrue();
    }

    @Test
    void toId_ofLongIds_isValidAndUnique() {
        var ids = new HashSet<String>();
        for (var id : List.of("x".repeat(300), "x".repeat(300) + "y", "ü".repeat(200))) {
            var encoded = EurekaIdEncoder.toId("APP", id);
            assertThat(InstanceIdGenerator.isId(encoded)).isTrue();
            assertThat(ids.add(encoded)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SHOP-FRONT, Shop-Front, Shop-Front",
        "NODE-DESK, desk.example, node-desk",
        "MY APP_, '', my-app",
        "ORDERS, 'orders,other', orders"
    })
    void toServiceName_isAValidName(String app, String vipAddress, String expected) {
        assertThat(EurekaIdEncoder.toServiceName(app, vipAddress)).isEqualTo(expected);
    }
}
