package io.github.bitnetmaven.engine;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What a connection died of, in sentences that say what to do. */
final class EngineFailure {
    private EngineFailure() {}

    static EngineException of(EngineAddress address, String request, Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        Throwable root = causes.get(causes.size() - 1);
        String reason = reason(root);
        String where = address + " (" + address.origin() + ")";
        String lower = reason.toLowerCase(Locale.ROOT);
        if (causes.stream().anyMatch(SSLException.class::isInstance)) {
            return new EngineException("TLS to the Docker engine at " + where + " failed: " + reason
                    + ". Check that DOCKER_CERT_PATH or <certPath> holds the ca.pem, cert.pem and key.pem of that"
                    + " engine, and that the host name is the one in its certificate.", thrown);
        }
        if (lower.contains("permission denied")) {
            return new EngineException("This user may not talk to the Docker engine at " + where + ": " + reason
                    + ". Add yourself to the group of the socket (for example: sudo usermod -aG docker $USER, then log"
                    + " in again), or use a rootless engine.", thrown);
        }
        if (nobodyThere(causes, lower, address)) {
            return new EngineException("No Docker engine answers at " + where + ": " + reason
                    + ". Start it (for example: sudo systemctl start docker) or set docker.host or DOCKER_HOST.",
                    thrown);
        }
        return new EngineException("The connection to the Docker engine at " + where + " broke during " + request + ": "
                + reason + ". Check the engine's log, then try again.", thrown);
    }

    private static boolean nobodyThere(List<Throwable> causes, String reason, EngineAddress address) {
        boolean unreachable = causes.stream()
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || (cause instanceof SocketTimeoutException && reason.contains("connect")));
        String path = address.uri().getPath();
        return unreachable
                || reason.contains("connection refused")
                || reason.contains("no such file")
                || (address.uri().getScheme().equals("unix") && path != null && !Files.exists(Path.of(path)));
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String reason(Throwable root) {
        String message = root.getMessage();
        if (root instanceof UnknownHostException) {
            return "unknown host " + Printable.line(String.valueOf(message));
        }
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : Printable.line(message)
                        .replaceFirst("^Connect to \\S+( \\[[^\\]]*\\])? failed: ", "")
                        .replaceFirst("\\.$", "");
    }
}
