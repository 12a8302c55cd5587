package io.github.bitnetmaven.mojo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.maven.settings.Settings;

/** The active proxy of Maven's {@code settings.xml}; where it has none, another choice. */
final class SettingsProxies extends ProxySelector {
    private final Settings settings;
    private final ProxySelector others;

    /**
     * @param others asked when the settings have no active proxy
     */
    SettingsProxies(Settings settings, ProxySelector others) {
        this.settings = settings;
        this.others = others;
    }

    @Override
    public List<Proxy> select(URI uri) {
        org.apache.maven.settings.Proxy proxy = settings.getActiveProxy();
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        if (proxy == null) {
            return others.select(uri);
        }
        if (isExempt(host, proxy.getNonProxyHosts())) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(new Proxy(
                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
    }

    /** Patterns such as {@code *.acme.com}, between {@code |} or commas; this machine needs no proxy. */
    private static boolean isExempt(String host, String patterns) {
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        for (String pattern : patterns == null ? new String[0] : patterns.toLowerCase(Locale.ROOT).split("[|,\\s]+")) {
            boolean any = pattern.startsWith("*");
            String rest = any ? pattern.substring(1) : pattern;
            boolean start = rest.endsWith("*");
            String fixed = start ? rest.substring(0, rest.length() - 1) : rest;
            boolean fits = any && start
                    ? host.contains(fixed)
                    : any ? host.endsWith(fixed) : start ? host.startsWith(fixed) : host.equals(fixed);
            if (!pattern.isEmpty() && fits) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request fails with the same exception.
    }
}
