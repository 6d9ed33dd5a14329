/** A caller with Spring Cloud, the same for Eureka's client and for the registry's starter. */
package dev.aicore.discovery.bench.spring;
