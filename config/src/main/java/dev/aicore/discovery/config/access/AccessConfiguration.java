package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.metrics.MetricsConfiguration;
import dev.aicore.discovery.config.settings.ApiKeySettings;
import dev.aicore.discovery.config.settings.InvalidSetting;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.JwtSettings;
import dev.aicore.discovery.config.settings.LoginSettings;
import dev.aicore.discovery.config.settings.MetricsSettings;
import dev.aicore.discovery.config.settings.ProxySettings;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.Secrets;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.WebFilter;

/** The web with its gate closed: whatever serves HTTP imports this one, which brings {@link WebConfiguration} and the meters. */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, MetricsConfiguration.class})
public class AccessConfiguration {
    /** The property that names the environment; without it, {@code development}. */
    public static final String ENVIRONMENT = "service-discovery.environment";

    /** As the file of settings writes it. */
    public static final String UNGUARDED_KEY = "auth.anonymous_admin_for_everyone_who_can_connect";

    static final String UNGUARDED = "service-discovery.auth.anonymous-admin-for-everyone-who-can-connect";

    @Bean
    static BindAddress bindAddress() {
        return new BindAddress();
    }

    @Bean
    TokenVerifier tokenVerifier(JwtSettings jwt, IssuerSettings issuer, Roles roles, TokenKey key, TimeSource time) {
        var claims = new TokenClaims(issuer, jwt.maxLifetime(), roles, time);
        var decoder = issuer.external() ? TokenDecoders.ofIssuer(issuer, claims) : TokenDecoders.ofSecret(key, claims);
        return new TokenVerifier(decoder, claims, new TokenCache(issuer.cachedTokens()), time);
    }

    @Bean
    Roles roles(RbacSettings settings) {
        return new Roles(settings);
    }

    /** A secret that isn't good enough protects nothing: then nobody knows the one that counts, and no token from outside is valid. */
    @Bean
    TokenKey tokenKey(JwtSettings jwt, Secrets secrets) {
        var secret = jwt.secret();
        return secret == null || jwt.weakness().isPresent()
                ? TokenKey.random(secrets.next(JwtSettings.MIN_SECRET_BYTES))
                : TokenKey.of(secret);
    }

    @Bean
    RequestGuard requestGuard(Environment environment, BindAddress bound, Authenticator authenticator) {
        return new IdentityGuard(authenticator, ofAnonymous(environment, bound));
    }

    @Bean
    Authenticator authenticator(
            TokenVerifier tokens,
            KeyRing keys,
            TlsSettings tls,
            LoginSettings login,
            Roles roles,
            FirstUses uses,
            TimeSource time) {
        return new Authenticator(
                tokens, keys, new ClientCertificates(tls, time), new LoginThrottle(login, time), roles, uses, time);
    }

    @Bean
    FirstUses firstUses(KeyRing keys) {
        return new FirstUses(keys);
    }

    @Bean
    Denials denials(MeterRegistry registry, TimeSource time) {
        return new Denials(registry, time);
    }

    /** Empty until somebody fills it. */
    @Bean
    KeyRing keyRing(ApiKeySettings settings, TimeSource time) {
        return new KeyRing(settings.staleLimit(), time);
    }

    @Bean
    Tokens tokens(TokenKey key, IssuerSettings issuer, KeyRing keys, JwtSettings jwt, TimeSource time) {
        return new Tokens(key, issuer, keys, jwt.expiration(), time);
    }

    private static RequestGuard ofAnonymous(Environment environment, BindAddress bound) {
        boolean development = "development".equals(environment.getProperty(ENVIRONMENT, "development"));
        if (!environment.getProperty(UNGUARDED, Boolean.class, false)) {
            return new LoopbackGuard(() -> development && bound.isLoopback());
        }
        if (!development) {
            throw InvalidSetting.of(UNGUARDED_KEY, true, "false, unless environment is development");
        }
        return new UnguardedGate();
    }

    @Bean
    GateNotice gateNotice(RequestGuard guard) {
        return new GateNotice(guard);
    }

    @Bean
    Authorizer authorizer(MetricsSettings metrics, ObjectProvider<RouteRule> more) {
        var rules = new ArrayList<>(AccessTable.ROUTES);
        rules.add(new RouteRule(HttpMethod.GET, metrics.path(), Permission.STATUS_READ));
        more.forEach(rules::add);
        return new Authorizer(rules);
    }

    @Bean
    Gate gate(RequestGuard guard, Authorizer authorizer, RateSettings rates, Denials denials, TimeSource time) {
        return new Gate(guard, authorizer, new RateLimits(rates, time), denials);
    }

    @Bean
    WebFilter guardFilter(Gate gate, Authorizer authorizer) {
        return new GuardFilter(gate, authorizer);
    }

    @Bean
    UnlistedRoutes unlistedRoutes(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes) {
        return new UnlistedRoutes(routes);
    }

    /** On some platforms Spring Boot believes X-Forwarded-For unasked, and anyone could then claim to be on loopback. */
    @Bean
    NettyServerCustomizer addressesOfCallers(ProxySettings settings) {
        return server -> settings.trusted().isEmpty()
                ? server.forwarded(false)
                : server.forwarded(new TrustedProxies(settings.trusted()));
    }

    @Bean
    WebFluxConfigurer callerArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgument());
            }
        };
    }
}
