package io.github.flux4j.cli.article;

import io.github.flux4j.cli.article.ArticleResult.Moment;
import io.github.flux4j.internal.charts.Axis;
import io.github.flux4j.internal.charts.AxisScale;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The article's picture: the data with the line before, after one pass and at the end; beside it the loss after each pass. */
final class Picture {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 400;
    private static final int SCALE = 2; // sharp on today's screens
    private static final Rectangle FIT = new Rectangle(74, 44, 400, 260);
    private static final Rectangle LOSS = new Rectangle(572, 44, 304, 260);
    private static final int LEGEND = 378;

    // Okabe and Ito's colours, told apart by colour-blind readers too
    private static final Color BEFORE = new Color(0x999999);
    private static final Color FIRST = new Color(0xE69F00);
    private static final Color LAST = new Color(0x0072B2);

    private static final Stroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);
    private static final Stroke SOLID = new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final int DOTS_AT_MOST = 60;
    private static final double LOGARITHMIC_FROM = 1000; // largest over smallest loss

    private final ArticleOptions options;
    private final ArticleResult result;

    Picture(ArticleOptions options, ArticleResult result) {
        this.options = options;
        this.result = result;
    }

    /** As PNG. */
    byte[] png() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setPaint(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        fit(graphics);
        loss(graphics);
        legend(graphics);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) { // given a stream, it would make a file
            ImageIO.write(image, "png", out);
        }
        return png.toByteArray();
    }

    private void fit(Graphics2D graphics) {
        double[] ends = ends();
        DoubleStream all = Stream.of(
                        values(options.train.values(), this::truth),
                        values(options.test.values(), this::truth),
                        values(ends, result.initial()::predict),
                        values(ends, result.first()::predict),
                        values(ends, result.last()::predict))
                .flatMapToDouble(DoubleStream::of);
        Plot plot = new Plot(
                graphics,
                FIT,
                Axis.of("x", AxisScale.linear(DoubleStream.of(ends))),
                Axis.of("y", AxisScale.linear(all)));
        plot.frame("Data and line");
        line(plot, BEFORE, DASHED, result.initial());
        line(plot, FIRST, SOLID, result.first());
        line(plot, LAST, SOLID, result.last());
        plot.dots(Plot.TEXT, 4, true, options.train.values(), values(options.train.values(), this::truth));
        plot.dots(Plot.TEXT, 4, false, options.test.values(), values(options.test.values(), this::truth));
    }

    private double truth(double x) {
        return options.slope * x + options.intercept;
    }

    private static double[] values(double[] xs, DoubleUnaryOperator f) {
        return DoubleStream.of(xs).map(f).toArray();
    }

    private void line(Plot plot, Color color, Stroke stroke, Moment moment) {
        plot.line(color, stroke, ends(), values(ends(), moment::predict));
    }

    private double[] ends() {
        var all = DoubleStream.concat(DoubleStream.of(options.train.values()), DoubleStream.of(options.test.values()))
                .summaryStatistics();
        return new double[] {all.getMin(), all.getMax()};
    }

    private void loss(Graphics2D graphics) {
        double[] losses = result.allLosses();
        double[] passes = IntStream.range(0, losses.length).asDoubleStream().toArray();
        AxisScale scale = AxisScale.fitting(LOGARITHMIC_FROM, losses);
        Plot plot = new Plot(
                graphics,
                LOSS,
                Axis.of("passes over the data", AxisScale.whole(DoubleStream.of(passes))),
                Axis.of(
                        "mean squared error",
                        scale instanceof AxisScale.Logarithmic
                                ? scale
                                : AxisScale.linear(DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(losses)))));
        plot.frame("Loss");
        plot.line(LAST, SOLID, passes, losses);
        if (losses.length <= DOTS_AT_MOST) {
            plot.dots(LAST, 3, true, passes, losses);
        }
    }

    /** Of both charts. */
    private static void legend(Graphics2D graphics) {
        graphics.setFont(Plot.font(Font.PLAIN, 13));
        int at = key(graphics, 52, "before training", BEFORE, DASHED);
        at = key(graphics, at, "after one pass", FIRST, SOLID);
        at = key(graphics, at, "at the end", LAST, SOLID);
        at = key(graphics, at, "training data", true);
        key(graphics, at, "test data", false);
    }

    private static int key(Graphics2D graphics, int at, String name, Color color, Stroke stroke) {
        graphics.setPaint(color);
        graphics.setStroke(stroke);
        graphics.drawLine(at, LEGEND, at + 15, LEGEND);
        return name(graphics, at, name);
    }

    private static int key(Graphics2D graphics, int at, String name, boolean filled) {
        graphics.setPaint(Plot.TEXT);
        graphics.setStroke(new BasicStroke(1));
        Plot.dot(graphics, at + 8, LEGEND, 4, filled);
        return name(graphics, at, name);
    }

    private static int name(Graphics2D graphics, int at, String name) {
        graphics.setPaint(Plot.TEXT);
        graphics.drawString(name, at + 21, LEGEND + 5);
        return at + 21 + graphics.getFontMetrics().stringWidth(name) + 18;
    }
}
