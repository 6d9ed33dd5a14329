package dev.aicore.discovery.spring.configdata;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Makes Spring Cloud bind changed properties again, and renew the beans of the refresh scope. */
final class CloudRefresh implements ApplicationListener<ConfigurationChanged> {
    private final ApplicationContext context;
    private final ObjectProvider<RefreshScope> refreshScope;

    CloudRefresh(ApplicationContext context, ObjectProvider<RefreshScope> refreshScope) {
        this.context = context;
        this.refreshScope = refreshScope;
    }

    @Override
    public void onApplicationEvent(ConfigurationChanged changed) {
        context.publishEvent(new EnvironmentChangeEvent(context, changed.keys()));
        refreshScope.ifAvailable(RefreshScope::refreshAll);
    }
}
