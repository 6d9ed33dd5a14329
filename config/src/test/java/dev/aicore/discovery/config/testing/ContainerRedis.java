package dev.aicore.discovery.config.testing;

import com.github.dockerjava.api.DockerClient;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Redis in a container. Its port on this machine stays the same after a restart. */
final class ContainerRedis implements RedisHost {

    static final String IMAGE = "redis:8";

    private static final int PORT = 6379;

    private final GenericContainer<?> container;

    /** @param container started by {@link ContainerRuntime} */
    ContainerRedis(GenericContainer<?> container) {
        this.container = container;
    }

    /** Creates a container for {@link ContainerRuntime} to start. */
    static GenericContainer<?> container(int port) {
        var container = new GenericContainer<>(IMAGE)
                .withCommand("redis-server", "--save", "", "--protected-mode", "no")
                .waitingFor(Wait.forListeningPort());
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + PORT));
        return container;
    }

    @Override
    public void start() {
        if (!isRunning()) {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public boolean isRunning() {
        return Boolean.TRUE.equals(docker().inspectContainerCmd(container.getContainerId())
                .exec()
                .getState()
                .getRunning());
    }

    @Override
    public void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void halt() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        var state =
                docker().inspectContainerCmd(container.getContainerId()).exec().getState();
        if (Boolean.TRUE.equals(state.getPaused())) {
            docker().unpauseContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
