package dev.aicore.discovery.dialect.dns;

import static dev.aicore.discovery.dialect.dns.ZoneFixture.instance;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.query;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.testing.SeededTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Messages that aren't queries, and damaged ones. */
class DnsRefusalsTest {

    /** Header of a query with one question and the id 1. */
    private static final String HEADER = "000101000001000000000000";

    private final ZoneFixture zone = new ZoneFixture().with("web", instance("web", "one", "10.0.0.1", 8_080));

    @Test
    void message_shorterThanHeader_isNotAnswered() {
        assertThat(zone.send(new byte[0], true)).isNull();
        assertThat(zone.send(new byte[11], true)).isNull();
    }

    @Test
    void response_isNotAnswered() {
        var response = query("web.service.consul", Type.A);
        response.getHeader().setFlag(Flags.QR);

        assertThat(zone.send(response.toWire(), true)).isNull();
        assertThat(zone.send(new byte[] {0, 1, (byte) 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0}, true))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', a question is missing",
        "c00c00010001, a name points to itself",
        "03616263c00c00010001, a name loops",
        "c0ff00010001, a name points ahead",
        "03616263, a name is cut off",
        "036162630000, a question is cut off",
        "4061626300000100010001, a label is longer than 63",
        "8061626300000100010001, a label has an unknown type"
    })
    void damagedQuery_isFormerrWithItsId(String question, String reason) {
        var answer = refusal(HexFormat.of().parseHex(HEADER + question));

        assertThat(answer.getRcode()).as(reason).isEqualTo(Rcode.FORMERR);
        assertThat(answer.getHeader().getID()).isEqualTo(1);
        assertThat(answer.getHeader().getCount(Section.QUESTION)).isZero();
    }

    @Test
    void name_longerThan255_isFormerr() {
        var label = "3f" + "61".repeat(63);

        assertThat(refusal(HexFormat.of().parseHex(HEADER + label.repeat(5) + "0000010001"))
                        .getRcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void truncatedQuery_thatAnnouncesMoreQuestions_isFormerr() {
        var query = query("web.service.consul", Type.A);
        query.getHeader().setFlag(Flags.TC);
        var wire = query.toWire();
        wire[5] = 2;

        assertThat(refusal(wire).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void query_withoutOrWithTwoQuestions_isFormerr() {
        var none = new Message();
        var two = query("web.service.consul", Type.A);
        two.addRecord(question("web.service.consul", Type.AAAA, DClass.IN), Section.QUESTION);

        assertThat(refusal(none.toWire()).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(refusal(two.toWire()).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void query_withTwoOpts_isFormerr() {
        var query = query("web.service.consul", Type.A);
        query.addRecord(new OPTRecord(1_232, 0, 0), Section.ADDITIONAL);
        query.addRecord(new OPTRecord(4_096, 0, 0), Section.ADDITIONAL);

        assertThat(refusal(query.toWire()).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, 15})
    void opcode_otherThanQuery_isNotimp(int opcode) {
        var query = query("web.service.consul", Type.A);
        query.getHeader().setOpcode(opcode);

        var answer = refusal(query.toWire());

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answer.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {Type.AXFR, Type.IXFR})
    void transfer_isRefused(int type) {
        assertThat(refusal(query("consul", type).toWire()).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {DClass.CH, DClass.HS, DClass.ANY, DClass.NONE})
    void class_otherThanIn_isRefused(int dclass) {
        var query = Message.newQuery(question("web.service.consul", Type.A, dclass));

        assertThat(refusal(query.toWire()).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @SeededTest
    void mutatedQueries_areAnsweredInBoundsOrNotAtAll(RandomGenerator random) {
        var query = ZoneFixture.queryWithEdns("web.service.consul", Type.SRV, 1_232);
        for (int i = 0; i < 100; i++) {
            var wire = query.toWire();
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
            }
            var sent = random.nextInt(4) == 0 ? Arrays.copyOf(wire, random.nextInt(wire.length)) : wire;

            var answer = zone.send(sent, true);

            assertThat(answer == null || (answer.length <= ZoneFixture.MAX_UDP_BYTES && isResponse(sent, answer)))
                    .as(HexFormat.of().formatHex(sent))
                    .isTrue();
        }
    }

    private static boolean isResponse(byte[] query, byte[] answer) {
        ZoneFixture.parse(answer);
        return answer[0] == query[0] && answer[1] == query[1] && (answer[2] & 0x80) != 0;
    }

    private Message refusal(byte[] wire) {
        var answer = zone.send(wire, true);
        if (answer == null) {
            throw new AssertionError("No answer");
        }
        assertThat(answer).hasSizeLessThanOrEqualTo(512);
        return ZoneFixture.parse(answer);
    }
}
