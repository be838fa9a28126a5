package io.github.flux4j.cli.article;

import io.github.flux4j.internal.charts.Axis;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** What lies between two axes, drawn into a rectangle of a picture. Points that an axis can't show are left out. */
record Plot(Graphics2D graphics, Rectangle area, Axis x, Axis y) {

    static final Color TEXT = new Color(0x333333);

    private static final Color GRID = new Color(0xE6E6E6);
    private static final int GAP = 10; // between the plot and its labels
    private static final int TITLE = 46; // from the plot to an axis' title

    private double across(double value) {
        return area.x + area.width * x.scale().share(value);
    }

    private double down(double value) {
        return area.y + area.height * (1 - y.scale().share(value));
    }

    /** Grid, labels and titles. */
    void frame(String title) {
        graphics.setStroke(new BasicStroke(1));
        for (double tick : x.scale().ticks()) {
            int at = (int) Math.round(across(tick));
            grid(at, area.y, at, area.y + area.height);
            centred(x.label().apply(tick), at, area.y + area.height + 20, font(Font.PLAIN, 12));
        }
        for (double tick : y.scale().ticks()) {
            int at = (int) Math.round(down(tick));
            grid(area.x, at, area.x + area.width, at);
            beside(y.label().apply(tick), at);
        }
        int middle = area.x + area.width / 2;
        centred(title, middle, area.y - 18, font(Font.BOLD, 15));
        centred(x.title(), middle, area.y + area.height + TITLE, font(Font.PLAIN, 13));
        upright(y.title(), area.x - Math.max(TITLE, 2 * GAP + widest()));
    }

    private void upright(String text, int at) {
        AffineTransform before = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, at, area.y + area.height / 2.0);
        centred(text, at, area.y + area.height / 2, font(Font.PLAIN, 13));
        graphics.setTransform(before);
    }

    private int widest() {
        graphics.setFont(font(Font.PLAIN, 12));
        return y.scale().ticks().stream()
                .mapToInt(
                        tick -> graphics.getFontMetrics().stringWidth(y.label().apply(tick)))
                .max()
                .orElse(0);
    }

    private void grid(int x1, int y1, int x2, int y2) {
        graphics.setPaint(GRID);
        graphics.drawLine(x1, y1, x2, y2);
    }

    private void centred(String text, int at, int base, Font font) {
        graphics.setPaint(TEXT);
        graphics.setFont(font);
        graphics.drawString(text, at - graphics.getFontMetrics().stringWidth(text) / 2, base);
    }

    private void beside(String text, int at) {
        graphics.setPaint(TEXT);
        graphics.setFont(font(Font.PLAIN, 12));
        graphics.drawString(text, area.x - GAP - graphics.getFontMetrics().stringWidth(text), at + 4);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Points joined by lines. */
    void line(Color color, Stroke stroke, double[] xs, double... ys) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < xs.length; i++) {
            double right = across(xs[i]);
            double below = down(ys[i]);
            if (right >= 0 && below >= 0) {
                join(path, right, below);
            }
        }
        graphics.setPaint(color);
        graphics.setStroke(stroke);
        graphics.draw(path);
    }

    private static void join(Path2D path, double right, double below) {
        if (path.getCurrentPoint() == null) {
            path.moveTo(right, below);
        } else {
            path.lineTo(right, below);
        }
    }

    /** Points, filled or as rings. */
    void dots(Color color, double radius, boolean filled, double[] xs, double... ys) {
        graphics.setPaint(color);
        graphics.setStroke(new BasicStroke(1));
        for (int i = 0; i < xs.length; i++) {
            if (across(xs[i]) >= 0 && down(ys[i]) >= 0) {
                dot(graphics, across(xs[i]), down(ys[i]), radius, filled);
            }
        }
    }

    static void dot(Graphics2D graphics, double right, double below, double radius, boolean filled) {
        Ellipse2D dot = new Ellipse2D.Double(right - radius, below - radius, 2 * radius, 2 * radius);
        if (filled) {
            graphics.fill(dot);
        } else {
            graphics.draw(dot);
        }
    }
}
