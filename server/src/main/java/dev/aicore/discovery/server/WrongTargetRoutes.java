package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import java.util.Arrays;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Registers answers for the routes of the sides that this process doesn't run, so that a client learns which process it
 * needs. The routes are read from the controllers of these sides, which are on the class path of every process.
 */
final class WrongTargetRoutes implements SmartInitializingSingleton {

    private final ListableBeanFactory beans;
    private final RequestMappingHandlerMapping routes;
    private final ProcessTarget processTarget;

    WrongTargetRoutes(ListableBeanFactory beans, RequestMappingHandlerMapping routes, ProcessTarget processTarget) {
        this.beans = beans;
        this.routes = routes;
        this.processTarget = processTarget;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Arrays.stream(Side.values())
                .filter(side -> !processTarget.runs(side.target()))
                .forEach(this::registerRoutes);
    }

    private void registerRoutes(Side side) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        for (var found : scanner.findCandidateComponents(side.root())) {
            var controller = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            // A side may share controllers with others, such as those for the status of a node.
            if (beans.getBeanNamesForType(controller).length == 0) {
                registerRoutes(controller, new WrongTargetHandler(processTarget, side.target()));
            }
        }
    }

    private void registerRoutes(Class<?> controller, WrongTargetHandler wrongTargetHandler) {
        var ofClass = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        for (var method : controller.getDeclaredMethods()) {
            var ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (ofMethod != null) {
                var route = info(ofMethod);
                routes.registerMapping(
                        ofClass == null ? route : info(ofClass).combine(route),
                        wrongTargetHandler,
                        WrongTargetHandler.ANSWER);
            }
        }
    }

    /** Returns the mapping without the media types of requests and answers, because all of them get the same answer. */
    private static RequestMappingInfo info(RequestMapping mapping) {
        var options = new RequestMappingInfo.BuilderConfiguration();
        options.setPatternParser(PathPatternParser.defaultInstance);
        return RequestMappingInfo.paths(mapping.path())
                .methods(mapping.method())
                .options(options)
                .build();
    }
}
