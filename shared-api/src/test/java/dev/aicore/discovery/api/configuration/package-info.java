@NullMarked
package dev.aicore.discovery.api.configuration;

import org.jspecify.annotations.NullMarked;
