package dev.aicore.discovery.access;

import dev.aicore.discovery.config.settings.AuthSettings.ApiKeySettings;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.settings.AuthSettings.SessionSettings;
import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.JwtSettings;
import dev.aicore.discovery.config.settings.MonitoringSettings.MetricsSettings;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.ServerSettings.ProxySettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.telemetry.MetricsConfiguration;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.WebConfiguration;
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

/**
 * Configures access control. Every application that serves HTTP needs it; imports {@link WebConfiguration} and the
 * metrics.
 */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, MetricsConfiguration.class})
public class AccessConfiguration {
    /** Property that names the environment; {@code development} if it isn't set. */
    public static final String ENVIRONMENT = "service-discovery.environment";

    /** Name of the setting in the settings file. */
    public static final String ANONYMOUS_ADMIN_KEY = "auth.anonymous_admin_for_everyone_who_can_connect";

    static final String ANONYMOUS_ADMIN_PROPERTY =
            "service-discovery.auth.anonymous-admin-for-everyone-who-can-connect";

    @Bean
    static BindAddressHolder bindAddressHolder() {
        return new BindAddressHolder();
    }

    @Bean
    TokenVerifier tokenVerifier(
            JwtSettings jwt, IssuerSettings issuer, RoleResolver roleResolver, TokenSigningKey key, TimeSource time) {
        var claims = new TokenClaimsValidator(issuer, jwt.maxLifetime(), roleResolver, time);
        var decoder = issuer.external()
                ? TokenDecoderFactory.ofIssuer(issuer, claims)
                : TokenDecoderFactory.ofSecret(key, claims);
        return new TokenVerifier(decoder, claims, new TokenCache(issuer.maxCachedTokens()), time);
    }

    @Bean
    RoleResolver roleResolver(RbacSettings settings) {
        return new RoleResolver(settings);
    }

    /**
     * Returns a random key if no secret is configured or the configured one is too weak. No one knows a random key, so
     * tokens that other processes signed are invalid.
     */
    @Bean
    TokenSigningKey tokenSigningKey(JwtSettings jwt, SecretGenerator secretGenerator) {
        var secret = jwt.secret();
        return secret == null || jwt.weakness().isPresent()
                ? TokenSigningKey.random(secretGenerator.next(JwtSettings.MIN_SECRET_BYTES))
                : TokenSigningKey.of(secret);
    }

    @Bean
    RequestAuthenticator requestAuthenticator(
            Environment environment, BindAddressHolder bindAddress, CredentialVerifier credentialVerifier) {
        return new CredentialAuthenticator(credentialVerifier, ofAnonymous(environment, bindAddress));
    }

    @Bean
    CredentialVerifier credentialVerifier(
            TokenVerifier tokens,
            ApiKeyRegistry keys,
            TlsSettings tls,
            LoginSettings login,
            RoleResolver roleResolver,
            FirstUseRecorder uses,
            TimeSource time) {
        return new CredentialVerifier(
                tokens,
                keys,
                new CertificatePrincipalExtractor(tls, time),
                new LoginRateLimiter(login, time),
                roleResolver,
                uses,
                time);
    }

    @Bean
    FirstUseRecorder firstUseRecorder(ApiKeyRegistry keys) {
        return new FirstUseRecorder(keys);
    }

    @Bean
    AccessDenialCounter accessDenialCounter(MeterRegistry registry, TimeSource time) {
        return new AccessDenialCounter(registry, time);
    }

    /** Creates an empty registry, which {@link ApiKeyRegistryConfiguration} fills. */
    @Bean
    ApiKeyRegistry apiKeyRegistry(ApiKeySettings settings, TimeSource time) {
        return new ApiKeyRegistry(settings.staleLimit(), time);
    }

    @Bean
    TokenIssuer tokenIssuer(
            TokenSigningKey key, IssuerSettings issuer, ApiKeyRegistry keys, JwtSettings jwt, TimeSource time) {
        return new TokenIssuer(key, issuer, keys, jwt.expiration(), time);
    }

    @Bean
    SessionService sessionService(
            CredentialVerifier credentialVerifier,
            RequestAuthenticator authenticator,
            ApiKeyRegistry keys,
            TokenIssuer tokenIssuer,
            TokenSigningKey key,
            IssuerSettings issuer,
            SessionSettings settings,
            SecretGenerator secretGenerator,
            IdGenerator idGenerator,
            TimeSource time) {
        var anonymous = authenticator instanceof CredentialAuthenticator identity
                        && identity.ofAnonymous() instanceof AnonymousAdmission admission
                ? admission
                : AnonymousAdmission.NONE;
        var cipher = new SessionCipher(key, secretGenerator);
        return new SessionService(
                credentialVerifier, keys, tokenIssuer, cipher, anonymous, issuer, settings, idGenerator, time);
    }

    private static RequestAuthenticator ofAnonymous(Environment environment, BindAddressHolder bindAddress) {
        boolean development = "development".equals(environment.getProperty(ENVIRONMENT, "development"));
        if (!environment.getProperty(ANONYMOUS_ADMIN_PROPERTY, Boolean.class, false)) {
            return new LoopbackAuthenticator(() -> development && bindAddress.isLoopback());
        }
        if (!development) {
            throw InvalidSettingException.of(ANONYMOUS_ADMIN_KEY, true, "false, unless environment is development");
        }
        return new AllowAllAuthenticator();
    }

    @Bean
    AccessModeLogger accessModeLogger(RequestAuthenticator authenticator) {
        return new AccessModeLogger(authenticator);
    }

    @Bean
    Authorizer authorizer(MetricsSettings metrics, ObjectProvider<RoutePermission> more) {
        var rules = new ArrayList<>(PermissionTable.ROUTES);
        rules.add(new RoutePermission(HttpMethod.GET, metrics.path(), Permission.STATUS_READ));
        more.forEach(rules::add);
        return new Authorizer(rules);
    }

    @Bean
    AccessControl accessControl(
            RequestAuthenticator authenticator,
            Authorizer authorizer,
            RateSettings rates,
            AccessDenialCounter accessDenialCounter,
            TimeSource time) {
        return new AccessControl(authenticator, authorizer, new RequestRateLimiter(rates, time), accessDenialCounter);
    }

    @Bean
    WebFilter accessControlFilter(AccessControl accessControl, Authorizer authorizer) {
        return new AccessControlFilter(accessControl, authorizer);
    }

    @Bean
    WebFilter ownerRelayFilter(ObjectProvider<OwnerRelay> ownerRelay) {
        return new OwnerRelayFilter(ownerRelay.getIfAvailable(() -> OwnerRelay.NONE));
    }

    @Bean
    DefaultDenyCheck defaultDenyCheck(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes) {
        return new DefaultDenyCheck(routes);
    }

    /**
     * Trusts {@code X-Forwarded-For} only from the configured proxies. On some platforms Spring Boot trusts the header
     * by default, and any caller could claim to be on loopback.
     */
    @Bean
    NettyServerCustomizer forwardedAddressCustomizer(ProxySettings settings) {
        return server -> settings.trusted().isEmpty()
                ? server.forwarded(false)
                : server.forwarded(new ForwardedAddressResolver(settings.trusted()));
    }

    @Bean
    WebFluxConfigurer callerArgumentConfigurer() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgumentResolver());
            }
        };
    }
}
