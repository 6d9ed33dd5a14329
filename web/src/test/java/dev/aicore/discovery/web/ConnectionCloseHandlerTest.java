package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionCloseHandlerTest {

    private final ConnectionCloseHandler handler = new ConnectionCloseHandler();
    private final EmbeddedChannel channel = new EmbeddedChannel(handler);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void answer_beforeStop_keepsConnection() {
        assertThat(keepsConnection(HttpResponseStatus.OK)).isTrue();
    }

    @Test
    void answer_afterStop_endsConnection() {
        handler.stop();
        assertThat(keepsConnection(HttpResponseStatus.OK)).isFalse();
    }

    @Test
    void interimAnswer_afterStop_keepsConnection() {
        handler.stop();
        assertThat(keepsConnection(HttpResponseStatus.CONTINUE)).isTrue();
    }

    private boolean keepsConnection(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
        HttpResponse written = channel.readOutbound();
        return HttpUtil.isKeepAlive(written);
    }
}
