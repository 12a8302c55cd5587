package io.github.bitnetmaven.model;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proxies as Java's system properties name them ({@code https.proxyHost}), else as the environment does
 * ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, also in lower case).
 */
public final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    /** @param environment of the process */
    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        ProxySelector properties = ProxySelector.getDefault();
        if (properties != null && System.getProperty(scheme + ".proxyHost") != null) {
            return properties.select(uri);
        }
        String proxy = variable(scheme + "_proxy");
        if (proxy.isEmpty() || isExempt(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))) {
            return List.of(Proxy.NO_PROXY);
        }
        try {
            URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (address.getHost() == null) {
                return List.of(Proxy.NO_PROXY);
            }
            int port = address.getPort() >= 0 ? address.getPort() : 80;
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port)));
        } catch (IllegalArgumentException e) {
            return List.of(Proxy.NO_PROXY);
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request fails with the same exception.
    }

    private boolean isExempt(String host) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        for (String entry : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
            if (entry.equals("*") || !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain))) {
                return true;
            }
        }
        return false;
    }

    private String variable(String lowerCase) {
        String value = environment.get(lowerCase);
        return value != null ? value : environment.getOrDefault(lowerCase.toUpperCase(Locale.ROOT), "");
    }
}
