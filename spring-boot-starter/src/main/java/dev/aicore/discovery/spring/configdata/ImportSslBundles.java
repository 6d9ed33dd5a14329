package dev.aicore.discovery.spring.configdata;

import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;

/**
 * SSL bundles during the import of configurations, before there are beans.
 *
 * @param binder binds the properties that are known so far
 */
record ImportSslBundles(Binder binder) {

    /** Returns the bundle of that name from {@code spring.ssl.bundle.pem} or {@code spring.ssl.bundle.jks}. */
    SslBundle getBundle(String name) {
        return binder.bind("spring.ssl.bundle.pem." + name, PemSslBundleProperties.class)
                .map(PropertiesSslBundle::get)
                .orElseGet(() -> binder.bind("spring.ssl.bundle.jks." + name, JksSslBundleProperties.class)
                        .map(PropertiesSslBundle::get)
                        .orElseThrow(() -> new NoSuchSslBundleException(
                                name, "There is no SSL bundle '" + name + "' among the properties read so far")));
    }
}
