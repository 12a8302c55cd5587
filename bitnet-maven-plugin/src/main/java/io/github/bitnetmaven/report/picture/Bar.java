package io.github.bitnetmaven.report.picture;

import java.util.List;
import java.util.Locale;

/**
 * A bar of parts, as an SVG element for a page of HTML. Its colours are of middling lightness, so that they can be told
 * from a white and from a black page; what must stand out has the colour of the text.
 */
public final class Bar {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 24;
    /** What is thinner cannot be seen. */
    private static final double THINNEST = 2;
    private static final double GAP = 2;

    private Bar() {}

    /** What a colour stands for. */
    public enum Tone {
        MODEL("#5585cc"),
        BASE("#8790a0"),
        OWN("#419873"),
        OVER("#d24b43"),
        WARNED("#c98a1b");

        private final String colour;

        Tone(String colour) {
            this.colour = colour;
        }
    }

    /**
     * A part of a bar.
     *
     * @param title shown when it is pointed at
     */
    public record Part(long bytes, Tone tone, String title) {}

    /**
     * Parts beside each other.
     *
     * @param whole what the full width stands for
     * @param label what the picture says, for those who cannot see it
     */
    public static String of(List<Part> parts, long whole, String label) {
        StringBuilder svg = begin(label);
        double x = 0;
        for (Part part : parts) {
            if (part.bytes() > 0) {
                double width = Math.max(THINNEST, width(part.bytes(), whole));
                rectangle(x, Math.max(1, width - GAP), 0, HEIGHT, part.tone().colour, part.title(), svg);
                x += width;
            }
        }
        return svg.append("</svg>").toString();
    }

    /** A gauge: how much of a limit is used; what is over has a colour of its own. */
    public static String gauge(long actual, long limit, Tone over, String label) {
        StringBuilder svg = begin(label);
        double scale = Math.max(1, Math.max(limit * 1.05, (double) actual));
        double end = WIDTH * (limit / scale);
        rectangle(0, WIDTH * (Math.min(actual, limit) / scale), 5, HEIGHT - 5, Tone.OWN.colour, "", svg);
        if (actual > limit) {
            rectangle(end, WIDTH * ((actual - limit) / scale), 5, HEIGHT - 5, over.colour, "", svg);
        }
        rectangle(Math.min(end, WIDTH - 6), 6, 0, HEIGHT, "currentColor", "", svg);
        return svg.append("</svg>").toString();
    }

    private static StringBuilder begin(String label) {
        return new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" width=\"100%\" height=\"" + HEIGHT + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\""
                + escape(label) + "\">");
    }

    private static double width(long bytes, long whole) {
        return whole <= 0 ? 0 : (double) WIDTH * bytes / whole;
    }

    private static void rectangle(
            double x, double width, int top, int bottom, String colour, String title, StringBuilder svg) {
        svg.append(String.format(
                Locale.ROOT, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"", x, top, width, bottom - top, colour));
        svg.append(title.isEmpty() ? "/>" : "><title>" + escape(title) + "</title></rect>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
