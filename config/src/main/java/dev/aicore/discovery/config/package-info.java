@NullMarked
package dev.aicore.discovery.config;

import org.jspecify.annotations.NullMarked;
